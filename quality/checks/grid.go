package checks

import (
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
)

// Grid claims that every due date has rows: in each segment, where the rule has group-by
// columns. What is due says the calendar or another table, never the table itself.
//
//	share = due dates that have a row / due dates
//
// Days are those of the suite, up to the last one that is over by the run's clock or,
// where there is a due time, due. A group-by column that the due dates do not have has to be one of which Rule.Expect
// lists the values: each of them is due on every date.
type Grid struct {
	// Column holds the dates: DATE, or TIMESTAMP or DATETIME by the suite's zone.
	Column string
	Every  Every // Defaults to the suite's calendar.
	// Except are dates that are not due.
	Except []DateRange
	// FirstDays of each value of a column of the other table are not due: the first
	// fortnight of a season, from its first due date there, whatever the suite's days.
	FirstDays   int64
	FirstDaysOf string
	// Bounds on the share. Defaults to AtLeast(Percent(100)).
	Bounds []quality.Bound
}

// DateRange is the days from the first to the last, both included.
type DateRange struct{ From, To civil.Date }

func (r DateRange) String() string {
	if r.From == r.To {
		return r.From.String()
	}
	return r.From.String() + " to " + r.To.String()
}

// columns are what the other table is asked for.
func (c Grid) columns() []string { return c.Every.Of.columns(c.Column) }

// Validate reports what is wrong without looking at data.
func (c Grid) Validate() error {
	switch {
	case c.Column == "":
		return fmt.Errorf("it names no column")
	case c.Every.table() && c.Every.Days != "":
		return fmt.Errorf("every is day, weekday, or another table")
	case c.Every.Days != "" && c.Every.Days != EveryDay && c.Every.Days != EveryWeekday:
		return fmt.Errorf("every is day, weekday, or another table, and not %q", c.Every.Days)
	case c.FirstDays != 0 && c.Every.Days != "":
		return fmt.Errorf("except: where a %s begins, days do not say: every has to be a table that has it", c.FirstDaysOf)
	case c.FirstDays < 0, (c.FirstDays == 0) != (c.FirstDaysOf == ""):
		return fmt.Errorf("except: first_days is a number of days, of each value of a column")
	}
	for _, m := range c.Every.Of.Map {
		if m.By.Table != "" {
			return fmt.Errorf("every: %s has a crosswalk, which due dates do not take", m.Column)
		}
	}
	for _, r := range c.Except {
		if !r.From.IsValid() || !r.To.IsValid() || r.To.Before(r.From) {
			return fmt.Errorf("except: %s is no range of dates", r)
		}
	}
	if c.Every.table() {
		if err := c.Every.Of.validateDue(c.columns()); err != nil {
			return err
		}
	}
	return quality.CheckShares(quality.OrAll(c.Bounds))
}

// In is the check by the suite's calendar, where it says nothing of what is due.
func (c Grid) In(s quality.Suite, _ quality.Rule) (quality.Check, error) {
	var err error
	c.Every, err = c.Every.in(s, c.Column)
	return c, err
}

// Describe says which dates are due.
func (c Grid) Describe() quality.Description {
	var but []string
	for _, r := range c.Except {
		but = append(but, r.String())
	}
	if c.FirstDays > 0 {
		but = append(but, fmt.Sprintf("the first %s of each %s", quality.Plural(c.FirstDays, "day", "days"), c.FirstDaysOf))
	}
	claim := fmt.Sprintf("%s has rows of %s", c.Column, c.Every)
	if len(but) > 0 {
		claim += " but " + strings.Join(but, ", ")
	}
	return quality.Description{
		Kind: "grid", Columns: []string{c.Column}, Judges: "due date",
		Claim: claim + " " + quality.Claim(quality.OrAll(c.Bounds)),
	}
}

// Others is the table that says what is due, and all of it where first days are not.
func (c Grid) Others() []quality.Other {
	if !c.Every.table() {
		return nil
	}
	out := c.Every.Of.others(c.columns(), true)
	if c.FirstDays > 0 { // where they begin is looked up in all of it, whatever the suite's days
		all := quality.Other{Table: c.Every.Of.Table, Oracle: true, NullsOK: c.Every.Of.NullsOK}
		if c.Every.calendar && !c.Every.Of.Span.IsZero() { // or of the days that a calendar knows of
			all = out[0]
		}
		out = append(out, all)
	}
	if c.Every.calendar {
		for i := range out {
			out[i].NullsOK = true // a calendar's rows without a date are told of it
		}
	}
	return out
}

// Requests counts the due dates, those that have rows, and what is beside them.
func (c Grid) Requests(s quality.Scope) ([]quality.Request, error) {
	g, err := c.over(s)
	if err != nil {
		return nil, err
	}
	out := []quality.Request{g.due(), g.beside()}
	for i := range shownRanges {
		out = append(out, g.gap(int64(i+1)))
	}
	if !c.Every.Of.Due.IsZero() {
		out = append(out, g.next())
	}
	return out, nil
}

// Judge holds the share of each segment's due dates that have rows against the bounds.
func (c Grid) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	g, err := c.over(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	beside, err := quality.Get[counts](m, g.beside(), quality.Segment{})
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	out := quality.EachSegment(m, g.due(), func(seg quality.Segment, n counts) quality.Finding {
		return c.Every.Of.Due.judge(s, m, seg, n, g.next, func(n counts) quality.Finding { return c.judge(s, m, g, seg, n) })
	})
	return slices.Concat(out, c.nulls(s, beside), offGrid(s, beside))
}

func (c Grid) judge(s quality.Scope, m quality.Measured, g gridRows, seg quality.Segment, n counts) quality.Finding {
	bounds := quality.OrAll(c.Bounds)
	text := fmt.Sprintf("%s of %s %s (%s)", quality.Grouped(n["have"]), quality.Plural(n["due"], "due date has", "due dates have"), s.Rowed(), quality.Share(n["have"], n["due"], bounds...))
	f := quality.Hold(seg, quality.ObservedShare(n["have"], n["due"]).Of("date"), bounds, text)
	f.Details = []quality.Detail{quality.CountDetail("missing_dates", n["due"]-n["have"]), quality.CountDetail("missing_ranges", n["ranges"])}
	var named []string
	for i := range min(n["ranges"], shownRanges) {
		r, err := quality.Get[gap](m, g.gap(i+1), seg)
		if err != nil {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
		}
		named = append(named, r.String())
	}
	if len(named) > 0 {
		f.Reason += "; none on " + strings.Join(named, ", ")
	}
	if more := n["ranges"] - shownRanges; more > 0 {
		f.Reason += fmt.Sprintf(" and in %s", quality.Plural(more, "further range", "further ranges"))
	}
	return f
}

// nulls are findings on rows without a date or a key, of either table: nobody knows what
// they would have said.
func (c Grid) nulls(s quality.Scope, n counts) []quality.Finding {
	var out []quality.Finding
	if rows := n["null rows"]; rows > 0 && !s.NullsOK {
		out = append(out, quality.Finding{Verdict: quality.Unknown, Subject: s.Info.Name,
			Reason: quality.Plural(rows, "row belongs", "rows belong") + " to no date or to no segment, for it is NULL: null: ok sets them aside"})
	}
	if rows := n["null due"]; rows > 0 && !c.Every.Of.NullsOK {
		out = append(out, quality.Finding{Verdict: quality.Unknown, Subject: c.Every.Of.Table,
			Reason: quality.Plural(rows, "row says", "rows say") + " nothing of what is due, for a part of it is NULL: null: ok in every sets them aside"})
	}
	return out
}

// offGrid tells of rows where nothing is due, which are nobody's fault.
func offGrid(s quality.Scope, n counts) []quality.Finding {
	rows := n["before"] + n["between"] + n["after"]
	if rows == 0 {
		return nil
	}
	return []quality.Finding{{
		Verdict: quality.Pass, Subject: s.Info.Name,
		Reason: fmt.Sprintf("%s where nothing is due: %s before the first due date, %s between, %s after the last",
			quality.Plural(rows, "row is", "rows are"), quality.Grouped(n["before"]), quality.Grouped(n["between"]), quality.Grouped(n["after"])),
		Details: []quality.Detail{quality.CountDetail("rows_before", n["before"]), quality.CountDetail("rows_between", n["between"]), quality.CountDetail("rows_after", n["after"])},
	}}
}
