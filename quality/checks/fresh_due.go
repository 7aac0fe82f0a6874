package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// FreshByDates claims that the newest row is not too old, counted in due dates: a week
// without games makes nothing old. What is due is said as for a [Grid], and rows after
// the day of the clock are set aside as by [Fresh].
//
//	age = due dates that are over, after that of the newest row
type FreshByDates struct {
	Column string
	Every  Every // Defaults to the suite's calendar.
	Within int64 // due dates
}

func (c FreshByDates) grid() Grid { return Grid{Column: c.Column, Every: c.Every} }

func (c FreshByDates) bounds() []quality.Bound {
	return []quality.Bound{quality.AtMost(quality.Count(c.Within))}
}

// Validate reports what is wrong without looking at data.
func (c FreshByDates) Validate() error {
	if c.Within < 0 {
		return fmt.Errorf("within: what is due is counted in dates: write 1 date, or 0 dates")
	}
	return c.grid().Validate()
}

// In is the check by the suite's calendar, where it says nothing of what is due.
func (c FreshByDates) In(s quality.Suite, _ quality.Rule) (quality.Check, error) {
	var err error
	c.Every, err = c.Every.in(s, c.Column)
	return c, err
}

// Describe says how many due dates may have gone by.
func (c FreshByDates) Describe() quality.Description {
	return quality.Description{
		Kind: "fresh", Columns: []string{c.Column}, Judges: "due date",
		Claim: fmt.Sprintf("due dates since the newest %s, %s, are %s", c.Column, c.Every, quality.Claim(c.bounds())),
	}
}

// Others is the table that says what is due.
func (c FreshByDates) Others() []quality.Other { return c.grid().Others() }

// Requests counts the due dates since the newest row.
func (c FreshByDates) Requests(s quality.Scope) ([]quality.Request, error) {
	g, err := c.grid().over(s)
	if err != nil {
		return nil, err
	}
	return []quality.Request{g.due(), g.since(), g.beside()}, nil
}

// Judge holds the number of each segment's due dates since its newest row against the
// limit.
func (c FreshByDates) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	g, err := c.grid().over(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	beside, err := quality.Get[counts](m, g.beside(), quality.Segment{})
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	out := quality.EachSegment(m, g.since(), func(seg quality.Segment, since gap) quality.Finding {
		text := quality.Plural(since.dates, "due date", "due dates") + " since the newest row"
		f := quality.Hold(seg, quality.ObservedCount(since.dates), c.bounds(), text)
		if since.dates > 0 {
			f.Reason += "; none on " + since.String()
		}
		return f
	})
	return append(out, c.grid().nulls(s, beside)...)
}

// since asks for the due dates after the newest row: none from them on has rows.
func (g gridRows) since() quality.Request {
	return quality.Request{Of: g.relation, Rows: expr.AllOf(isDue, g.whole, g.of.overdue(dueRows), expr.Col(rowsFrom).Eq(0)), Metric: gap{day: g.day}}
}
