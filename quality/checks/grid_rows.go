package checks

import (
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// shownRanges is how many ranges of missing dates are named in each segment.
const shownRanges = 3

// gridRows is a row for each date, in each of what the table tells apart: how often it
// is due, and how many rows it has.
type gridRows struct {
	relation quality.Relation
	of       Against
	day      string
	key      []string // what the table tells apart, the day first
	today    civil.Date
	whole    expr.Expr // TRUE where no part of the key is NULL
}

// The columns of a row beside the key and what the rule groups by.
const (
	dueRows  = "due()"  // NULL: not due
	rowsOn   = "rows()" // NULL: none
	dueUpTo  = "due up to()"
	dueFrom  = "due from()"
	reversed = "reversed()"
	kept     = "kept()"      // dates so far that are not missing
	nth      = "nth()"       // which of those that have the same number kept
	rangeNo  = "range()"     // of missing dates, from 1 in each segment
	rowsFrom = "rows from()" // dates from this one on that have rows, up to today
)

var (
	isDue, notDue  = expr.Col(dueRows).IsNotNull(), expr.Col(dueRows).IsNull()
	hasRows, empty = expr.Col(rowsOn).IsNotNull(), expr.Col(rowsOn).IsNull()
)

// over is the rows for a scope.
func (c Grid) over(s quality.Scope) (gridRows, error) {
	var err error
	if c.Every.Of, err = c.Every.Of.dueIn(s); err != nil {
		return gridRows{}, err
	}
	if c.Every, err = c.Every.bound(s, c.Column); err != nil {
		return gridRows{}, err
	}
	shared, theirs, listed := c.parts(s)
	due, err := c.dates(s, append(slices.Clone(shared), theirs...))
	if err != nil {
		return gridRows{}, err
	}
	if len(listed) > 0 {
		if due, err = c.each(s, due, listed); err != nil {
			return gridRows{}, err
		}
	}
	day, err := s.DayOf(c.Column)
	if err != nil {
		return gridRows{}, err
	}
	key := slices.Concat([]string{c.Column}, shared, listed)
	there := due.Aggregate(quality.Columns(slices.Concat(key, theirs)...), append(c.Every.Of.terms(), quality.CountRows().Named(dueRows))...)
	here := s.Judged().Project(quality.As(c.Column, day)).Aggregate(quality.Columns(key...), quality.CountRows().Named(rowsOn))
	var parts []expr.Expr
	for _, name := range key {
		parts = append(parts, expr.Col(name).IsNotNull())
	}
	g := gridRows{of: c.Every.Of, day: c.Column, key: slices.Concat(key, theirs), today: s.Today(), whole: expr.AllOf(parts...)}
	g.relation = g.ranged(there.Join(quality.FullJoin, here, quality.Equal(key...)...), s.Groups(), slices.Concat(key[1:], theirs))
	return g, nil
}

// parts are the columns, other than the date, that the rule groups by or makes its
// groups of: those that both tables have, those of what is due alone, and those of the
// table alone, whose values the rule lists.
func (c Grid) parts(s quality.Scope) (shared, theirs, listed []string) {
	for _, name := range s.ByColumns() {
		if expr.SameColumn(name, c.Column) {
			continue
		}
		_, err := s.Schema.Field(name)
		own := err == nil
		there := c.Every.table() && (expr.Named(c.columns(), name) || expr.Named(s.Others[0].Info.Schema.Names(), name))
		switch {
		case own && there:
			shared = append(shared, name)
		case own:
			listed = append(listed, name)
		default: // or of neither, which is told where it is bound
			theirs = append(theirs, name)
		}
	}
	return shared, theirs, listed
}

// dates are the due dates, within the suite's and up to the last day that is over or due.
func (c Grid) dates(s quality.Scope, columns []string) (quality.Relation, error) {
	day := expr.Col(c.Column)
	last := s.LastDay()
	var out quality.Relation
	switch {
	case c.Every.table():
		inside := []expr.Expr{day.Le(last)}
		if !c.Every.Of.Due.IsZero() { // or what is due before its day is over
			inside[0] = inside[0].Or(expr.Col(isLate).IsNotTrue())
		}
		if s.From.IsValid() && strings.EqualFold(s.Date, c.Column) {
			inside = append(inside, day.Ge(s.From))
		}
		out = c.theirs(s.Others[0].Relation, columns).Filter(expr.AnyOf(day.IsNull(), expr.AllOf(inside...)))
	case last.Before(s.From):
		return out, fmt.Errorf("no %s from %s is over", c.Every.Days, s.From)
	default:
		out = quality.Days(c.Column, s.From, last)
	}
	if c.Every.Days == EveryWeekday {
		out = out.Filter(day.Extract(expr.DayOfWeek).Between(2, 6)) // 1 is Sunday
	}
	for _, r := range c.Except {
		out = out.Filter(day.Between(r.From, r.To).IsNotTrue())
	}
	if c.FirstDays > 0 {
		out = c.afterFirstDays(s, out)
	}
	return out, nil
}

// theirs are rows of the other table by the names of the suite's: the date, what of it
// is grouped by, and what has first days.
func (c Grid) theirs(of quality.Relation, columns []string) quality.Relation {
	names := slices.Concat([]string{c.Column}, columns)
	if c.FirstDays > 0 && !expr.Named(names, c.FirstDaysOf) {
		names = append(names, c.FirstDaysOf)
	}
	return c.Every.Of.named(of, names)
}

// afterFirstDays leaves out the first days of each value of a column.
func (c Grid) afterFirstDays(s quality.Scope, due quality.Relation) quality.Relation {
	const of, first = "first days of()", "first day()"
	begins := c.theirs(s.Others[1].Relation, nil).
		Aggregate([]quality.Column{quality.As(of, expr.Col(c.FirstDaysOf))}, quality.MinOf(expr.Col(c.Column)).Named(first))
	day := expr.Col(c.Column)
	return due.Join(quality.LeftJoin, begins, quality.On{Left: c.FirstDaysOf, Right: of}).
		Filter(day.DateDiff(expr.Col(first), expr.Day).Lt(c.FirstDays).IsNotTrue())
}

// each makes a due date of each of the segments that the rule expects.
func (c Grid) each(s quality.Scope, due quality.Relation, listed []string) (quality.Relation, error) {
	if len(s.Expect) == 0 {
		return due, fmt.Errorf("by: what is due has no %s: list with expect for which of them every date is due", strings.Join(listed, ", "))
	}
	var lists [][]quality.Column
	seen := map[string]bool{}
	for _, segment := range s.Expect {
		var list []quality.Column
		key := ""
		for _, name := range listed {
			at := slices.IndexFunc(s.By, func(by string) bool { return expr.SameColumn(by, name) })
			if at < 0 {
				return due, fmt.Errorf("by: what is due has no %s, which it is made of: group by %s itself", name, name)
			}
			f, err := s.Schema.Field(name)
			if err != nil {
				return due, err
			}
			v, err := expr.ValueOf(segment[at])
			if err == nil {
				v, err = v.Coerce(f.Type)
			}
			if err != nil {
				return due, fmt.Errorf("expect: %s cannot be %v: %w", name, segment[at], err)
			}
			list = append(list, quality.As(name, expr.Lit(v)))
			key += fmt.Sprintf("%q ", v.SQL())
		}
		if !seen[key] {
			seen[key] = true
			lists = append(lists, list)
		}
	}
	return due.Expand(lists...), nil
}

// ranged numbers the ranges of missing dates: dates one after the other, in what the
// table tells apart, of which none has rows.
func (g gridRows) ranged(rows quality.Relation, groups []quality.Column, key []string) quality.Relation {
	day := g.day
	var within []string // of which dates follow each other
	for _, c := range groups {
		within = append(within, c.Name)
	}
	for _, name := range key {
		if !expr.Named(within, name) {
			within = append(within, name)
		}
	}
	one := func(where expr.Expr) quality.Term { return quality.SumOf(expr.If(where, 1, 0)) }
	starts := expr.AllOf(g.missing(), expr.Col(nth).Eq(expr.If(expr.Col(kept).Eq(0), 1, 2)))
	by := within[:len(groups)]
	order := []string{day}
	for _, name := range within[len(groups):] {
		order = append([]string{name}, order...)
	}
	// The emulator knows no DATE_DIFF of more than 292 years: the year is a near one.
	back := expr.Lit(civil.Date{Year: 2000, Month: 1, Day: 1}).DateDiff(expr.Col(day), expr.Day)
	return rows.Project(append(groups, quality.As(reversed, back))...).
		Running(nil, []string{day}, one(isDue.And(g.whole)).Named(dueUpTo)).
		Running(nil, []string{reversed}, one(isDue.And(g.whole)).Named(dueFrom)).
		Running(within, []string{reversed}, one(hasRows.And(expr.Col(day).Le(g.today))).Named(rowsFrom)).
		Running(within, []string{day}, one(g.missing().Not()).Named(kept)).
		Running(append(slices.Clone(within), kept), []string{day}, quality.CountRows().Named(nth)).
		Running(by, order, one(starts).Named(rangeNo)).
		Project(quality.As(rangeNo, expr.Col(rangeNo).Cast(expr.Int64)), quality.As(nth, expr.If(starts, 1, 0)))
}

// missing is TRUE of a date that is due by now and has no rows, and waits of one that is
// due later.
func (g gridRows) missing() expr.Expr {
	return expr.AllOf(isDue, empty, g.whole, g.of.overdue(dueRows))
}
func (g gridRows) waits() expr.Expr { return g.of.waits(dueRows) }

// next asks when the first date that has no rows and is not due yet is.
func (g gridRows) next() quality.Request {
	return quality.Request{Of: g.relation, Rows: expr.AllOf(isDue, empty, g.whole, g.waits()), Metric: earliest{expr.Col(nextDue)}}
}

// due counts the due dates of each segment.
func (g gridRows) due() quality.Request {
	return quality.Request{Of: g.relation, Rows: isDue.And(g.whole), Metric: g.of.dated(figures{
		quality.CountRows().Named("due"),
		quality.CountWhere(hasRows).Named("have"),
		quality.CountWhere(expr.Col(nth).Eq(1)).Named("ranges"),
	}, g.waits(), isDue, hasRows)}
}

// beside counts what is in no segment.
func (g gridRows) beside() quality.Request {
	sum := func(name string, of string, where ...expr.Expr) quality.NamedTerm {
		return quality.SumOf(expr.If(expr.AllOf(where...), expr.Col(of), 0)).Named(name)
	}
	before, after := expr.Col(dueUpTo).Eq(0), expr.Col(dueFrom).Eq(0)
	off := notDue.And(g.whole)
	return quality.Request{Of: g.relation, Rows: expr.Lit(true), By: []string{}, Metric: figures{
		sum("null rows", rowsOn, hasRows, g.whole.Not()),
		sum("null due", dueRows, isDue, g.whole.Not()),
		sum("before", rowsOn, off, before),
		sum("between", rowsOn, off, before.Not(), after.Not()),
		sum("after", rowsOn, off, before.Not(), after),
	}}
}
