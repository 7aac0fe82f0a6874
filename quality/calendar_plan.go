package quality

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// plannedCalendar is what a rule asks of its suite's calendar.
type plannedCalendar struct {
	Calendar
	suite Suite
	scope Scope
	zone  *time.Location // of its dates
	late  *late
	// by is what the rule groups by, of these types, and has which of that the
	// calendar has.
	by    []Column
	types []expr.Type
	has   []bool
	// due is what was due in the suite's dates, in the segments of what it has; span
	// is the first and the last date of all, by what of that is not made of the date
	// and, last, by the season.
	due, span *asked
}

// theSeason is the column that rows of a calendar are grouped by besides.
const theSeason = "season of the calendar"

// calendar resolves a suite's calendar for a rule.
func (p *planner) calendar(ctx context.Context, s Suite, r *plannedRule) (*plannedCalendar, error) {
	if s.Calendar == nil {
		return nil, nil
	}
	info := p.tables[s.Calendar.Table]
	if err := apart(s, p.tables[s.Table], info); err != nil {
		return nil, err
	}
	c := &plannedCalendar{Calendar: *s.Calendar, suite: s, scope: r.scope, by: r.scope.Groups(), late: r.late}
	for _, by := range r.population.by {
		c.types = append(c.types, by.Of.Type())
	}
	c.Where = c.Where.At(r.scope.Now, r.scope.Zone)
	if part := info.Partitioning; part != nil && part.Required && !c.covered() {
		return nil, fmt.Errorf("%s is read only with a filter on its partitions: say covers, the first and the last day that it knows of", c.Table)
	}
	if err := c.resolve(info.Schema); err != nil {
		return nil, fmt.Errorf("%s: %w", c.Table, err)
	}
	return c, c.request(ctx, p, info.Schema)
}

// resolve finds the columns in the calendar's schema.
func (c *plannedCalendar) resolve(schema expr.Schema) error {
	columns := []string{c.Date}
	if c.Season != "" {
		columns = append(columns, c.Season)
	}
	for _, m := range c.Map {
		columns = append(columns, m.With...)
	}
	for _, name := range columns {
		if _, err := schema.Field(name); err != nil {
			return err
		}
	}
	c.has = make([]bool, len(c.by))
	for i, by := range c.by {
		c.has[i] = true
		for _, own := range by.Of.Columns() {
			for _, name := range c.named(own, c.scope.Date) {
				if _, err := schema.Field(name); err != nil {
					c.has[i] = false
				}
			}
		}
	}
	var err error
	c.zone, err = c.suite.zoneOf(c.Table)
	return err
}

// request asks for what is needed of the calendar.
func (c *plannedCalendar) request(ctx context.Context, p *planner, schema expr.Schema) error {
	date, err := schema.Field(c.Date)
	if err != nil {
		return err
	}
	bounds := func(d days, name string) []expr.Expr {
		f := expr.Field{Name: name, Type: date.Type}
		out, e := dateBounds(Suite{From: d.first, To: d.last, Zone: c.zone.String()}, f)
		if e != nil {
			err = fmt.Errorf("%s: %w", c.Table, e)
		}
		return out
	}
	own := expr.Col(c.scope.Date)
	rel := c.relation(c.scope, bounds(days{c.From, c.To}, date.Name))
	counts := dueCounts{date: own}
	if c.late != nil {
		counts.late = expr.AllOf(bounds(days{last: c.late.last}, c.scope.Date)...).Not()
	}
	dated := append(bounds(days{c.suite.From, c.suite.To}, c.scope.Date), own.IsNotNull())
	if err != nil {
		return err
	}
	all, still := c.all()
	c.due, err = c.ask(ctx, p, Request{Of: rel, Metric: counts, Rows: expr.AllOf(dated...)}, all)
	if err != nil {
		return err
	}
	var season []Column
	if c.Season != "" {
		season = []Column{As(theSeason, expr.Col(c.Season))}
	}
	c.span, err = c.ask(ctx, p, Request{Of: rel, Metric: spanned{own}}, still, season...)
	return err
}

// all are the places of the columns that the calendar has, and still those of them
// that are not made of the date.
func (c *plannedCalendar) all() (all, still []int) {
	for i, by := range c.by {
		if !c.has[i] {
			continue
		}
		if all = append(all, i); !ofDate(by, c.scope.Date) {
			still = append(still, i)
		}
	}
	return all, still
}

// ask has a request measured in segments of the rule's columns at some places, which
// have to be of the same types in both tables; and by more columns.
func (c *plannedCalendar) ask(ctx context.Context, p *planner, q Request, at []int, more ...Column) (*asked, error) {
	scope := Scope{Relation: c.scope.Relation, Now: c.scope.Now, Zone: c.scope.Zone, maxSegments: c.scope.maxSegments}
	for _, i := range at {
		scope.computed = append(scope.computed, c.by[i])
	}
	scope.computed = append(scope.computed, more...)
	scope.By = columnNames(scope.computed)
	out, err := p.request(ctx, scope, q)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", c.Table, err)
	}
	for n, i := range at {
		if own, theirs := c.types[i], out.by[n].Of.Type(); own != theirs && own != expr.Null {
			return nil, fmt.Errorf("%s is %s in %s and %s in %s, and values of two types are not compared", c.by[i].Name, own, c.suite.Table, theirs, c.Table)
		}
	}
	return out, nil
}

// lacks names the columns of the rule that the calendar has not.
func (c *plannedCalendar) lacks() string {
	var out []string
	for i, by := range c.by {
		if !c.has[i] {
			out = append(out, by.Name)
		}
	}
	return strings.Join(out, ", ")
}

// seasoned is the place of the season among the columns of the rule; false where it
// is none of them.
func (c *plannedCalendar) seasoned() (int, bool) {
	at := slices.IndexFunc(c.by, func(by Column) bool {
		column, ok := by.Of.Node().(expr.ColumnExpr)
		if !ok || c.Season == "" {
			return false
		}
		names := c.named(column.Name, c.scope.Date)
		return len(names) == 1 && strings.EqualFold(names[0], c.Season)
	})
	return at, at >= 0
}
