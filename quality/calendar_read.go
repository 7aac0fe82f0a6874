package quality

import (
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// calendarReading is what was measured of a calendar.
type calendarReading struct {
	*plannedCalendar
	counts map[string]Due // by the values of what the calendar has
	owing  []Segment      // where something was due by now
	// known are the values of what the rule groups by that are not of the date, and
	// seasons the first and the last day of each season.
	known   map[string]bool
	seasons map[string]days
	// rows and undated are those of all of it.
	rows, undated int64
}

// valuesKey is a text that equal values, and only those, have in common.
func valuesKey(values []expr.Value) string {
	return NewSegment(make([]string, len(values)), values).Key()
}

// read reads what was measured of the calendar.
func (c *plannedCalendar) read(ms *Measurements) (*calendarReading, error) {
	out := &calendarReading{plannedCalendar: c, counts: map[string]Due{}, known: map[string]bool{}, seasons: map[string]days{}}
	due, err := c.due.read(ms)
	if err != nil {
		return nil, fmt.Errorf("the calendar %s: %w", c.Table, err)
	}
	for _, s := range due.segments {
		got, err := due.as(c.due.metric, s)
		if err != nil {
			return nil, err
		}
		r := got.(dueReading)
		d := Due{Rows: r.rows - r.late, Waiting: r.late}
		if first, ok := dayOf(r.next, c.zone); ok {
			d.Next = c.late.due.Of(first, c.late.zone)
		}
		if out.counts[valuesKey(s.values)] = d; d.Rows > 0 {
			out.owing = append(out.owing, s)
		}
	}
	span, err := c.span.read(ms)
	if err != nil {
		return nil, fmt.Errorf("the calendar %s: %w", c.Table, err)
	}
	for _, s := range span.segments {
		got, err := span.as(c.span.metric, s)
		if err != nil {
			return nil, err
		}
		out.add(s.values, got.(spanReading))
	}
	if c.covered() {
		out.seasons = map[string]days{"": {c.From, c.To}}
	}
	return out, nil
}

func (c *calendarReading) add(values []expr.Value, r spanReading) {
	c.rows += r.rows
	c.undated += r.undated
	season := ""
	if c.Season != "" {
		last := len(values) - 1
		if values[last].IsNull() {
			return // of no season
		}
		values, season = values[:last], valuesKey(values[last:])
	}
	first, ok1 := dayOf(r.first, c.zone)
	last, ok2 := dayOf(r.last, c.zone)
	if !ok1 || !ok2 {
		return
	}
	c.known[valuesKey(values)] = true
	all, ok := c.seasons[season]
	if !ok || first.Before(all.first) {
		all.first = first
	}
	if !ok || last.After(all.last) {
		all.last = last
	}
	c.seasons[season] = all
}

// dead says why nothing can be said of what was due, nil where something can.
func (c *calendarReading) dead() *Finding {
	switch {
	case c == nil:
		return nil
	case c.rows == 0, c.rows == c.undated && c.NullsOK:
		return &Finding{Verdict: Unknown, Reason: fmt.Sprintf("the calendar %s has no row%s, so that nobody knows what was due", c.Table, whereText(c.Where))}
	case c.undated > 0 && !c.NullsOK:
		return &Finding{
			Segment: NewSegment([]string{c.Table + "." + c.Date}, []expr.Value{{}}),
			Verdict: Unknown,
			Reason: fmt.Sprintf("%s, so that nobody knows what was due when: give them one, or set them aside with null: ok beside the calendar",
				Plural(c.undated, "row of "+c.Table+" has a NULL "+c.Date, "rows of "+c.Table+" have a NULL "+c.Date)),
		}
	}
	return nil
}

// of is what was due in a segment of the rule. The error says why that is not known.
func (c *calendarReading) of(s Segment) (Due, error) {
	all, still := c.all()
	values := func(at []int) []expr.Value {
		out := make([]expr.Value, len(at))
		for n, i := range at {
			out[n] = s.values[i]
		}
		return out
	}
	if f := c.dead(); f != nil {
		return Due{}, fmt.Errorf("%s", f.Reason)
	}
	if !c.known[valuesKey(values(still))] {
		return Due{}, fmt.Errorf("the calendar %s has no row of %s", c.Table, NewSegment(columnNames(c.at(still)), values(still)))
	}
	due := c.counts[valuesKey(values(all))]
	if due.Rows > 0 {
		return due, nil
	}
	return due, c.inside(s)
}

// at are the columns of the rule at some places.
func (c *plannedCalendar) at(places []int) []Column {
	var out []Column
	for _, i := range places {
		out = append(out, c.by[i])
	}
	return out
}

// days are those that a segment is of, in the suite's dates: up to the last that is
// due, or today, where neither says when it ends.
func (c *calendarReading) days(s Segment) days {
	out := days{c.suite.From, c.suite.To}
	for i, by := range c.by {
		if d, ok := daysOf(by, s.values[i], c.scope.Date, c.scope.Zone); ok {
			out = out.meet(d)
		}
	}
	if !out.last.IsValid() {
		out.last = civil.DateOf(c.scope.Now.In(c.scope.Zone))
		if c.late != nil {
			out.last = c.late.last
		}
		if out.last.Before(out.first) {
			out.last = out.first
		}
	}
	return out
}

// inside says why the calendar does not know of the days of a segment, nil where it
// does. A season is known of from its first to its last day, and on either side if
// there is another one beyond.
func (c *calendarReading) inside(s Segment) error {
	of := c.days(s)
	if of.first.IsValid() && of.last.Before(of.first) {
		return fmt.Errorf("none of its days is among those of the suite")
	}
	seasons := c.seasons
	if at, ok := c.seasoned(); ok {
		own := seasons[valuesKey(s.values[at:at+1])]
		for _, other := range seasons {
			if other.last.Before(own.first) && of.first.Before(own.first) {
				of.first = own.first
			}
			if other.first.After(own.last) && of.last.After(own.last) {
				of.last = own.last
			}
		}
		if of.first.IsValid() && of.last.Before(of.first) {
			return nil // all days are of other seasons
		}
		seasons = map[string]days{"": own}
	}
	for _, span := range seasons {
		if of.within(span) {
			return nil
		}
	}
	return fmt.Errorf("the calendar %s knows of %s, and not of %s", c.Table, c.knows(), of)
}

// knows is all days that the calendar knows of, in words.
func (c *calendarReading) knows() string {
	var all []string
	for _, d := range c.seasons {
		all = append(all, d.String())
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
