package quality

import (
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Due is what a calendar says of a segment, in the suite's dates.
type Due struct {
	// Rows is how many were due by now, and Waiting how many are due later.
	Rows, Waiting int64
	// Next is when the first of those is due; zero where there is none.
	Next time.Time
}

// Nothing reports whether nothing was due, nor will be.
func (d Due) Nothing() bool { return d.Rows == 0 && d.Waiting == 0 }

// dueCounts counts rows, and those that are late; it reads as a dueReading.
type dueCounts struct {
	date expr.Expr
	late expr.Expr // of a row that is not due yet; zero where all are
}

type dueReading struct {
	rows, late int64
	next       expr.Value // the first date of those
}

func (c dueCounts) Terms() []Term {
	if c.late.IsZero() {
		return []Term{CountRows()}
	}
	return []Term{CountRows(), CountWhere(c.late), MinOf(expr.If(c.late, c.date, expr.Lit(nil)))}
}

func (c dueCounts) Read(_ int64, values []expr.Value) (any, error) {
	n, err := integers(values[:min(2, len(values))])
	if err != nil {
		return nil, err
	}
	out := dueReading{rows: n[0]}
	if len(n) > 1 {
		out.late, out.next = n[1], values[2]
	}
	return out, nil
}

// spanned is the first and the last date of rows; it reads as a spanReading.
type spanned struct{ date expr.Expr }

type spanReading struct {
	rows, undated int64
	first, last   expr.Value
}

func (s spanned) Terms() []Term {
	return []Term{CountWhere(s.date.IsNull()), MinOf(s.date), MaxOf(s.date)}
}

func (s spanned) Read(rows int64, values []expr.Value) (any, error) {
	n, err := integers(values[:1])
	if err != nil {
		return nil, err
	}
	return spanReading{rows, n[0], values[1], values[2]}, nil
}

// days is a range of them, both ends included; a zero end is open.
type days struct{ first, last civil.Date }

func (d days) within(other days) bool {
	return d.first.IsValid() && d.last.IsValid() && !d.first.Before(other.first) && !d.last.After(other.last)
}

// meet is what both ranges have in common.
func (d days) meet(other days) days {
	if !d.first.IsValid() || other.first.After(d.first) {
		d.first = other.first
	}
	if !d.last.IsValid() || other.last.IsValid() && other.last.Before(d.last) {
		d.last = other.last
	}
	return d
}

func (d days) String() string {
	switch {
	case d.first == d.last && d.first.IsValid():
		return d.first.String()
	case !d.first.IsValid() && !d.last.IsValid():
		return "all days"
	case !d.first.IsValid():
		return "all days to " + d.last.String()
	case !d.last.IsValid():
		return "all days from " + d.first.String()
	}
	return d.first.String() + " to " + d.last.String()
}

// dayOf is the calendar day of a value of a date column.
func dayOf(v expr.Value, zone *time.Location) (civil.Date, bool) {
	switch t := v.Go().(type) {
	case civil.Date:
		return t, true
	case civil.DateTime:
		return t.Date, true
	case time.Time:
		return civil.DateOf(t.In(zone)), true
	}
	return civil.Date{}, false
}

// daysOf are those that a column of a segment says the segment's rows are of: false
// where it says nothing of that.
func daysOf(c Column, v expr.Value, date string, zone *time.Location) (days, bool) {
	day, ok := dayOf(v, zone)
	if !ok {
		return days{}, false
	}
	switch n := c.Of.Node().(type) {
	case expr.ColumnExpr:
		if strings.EqualFold(n.Name, date) {
			return days{day, day}, true
		}
	case expr.CallExpr:
		if last, ok := truncated(n, date, day); ok {
			return days{day, last}, true
		}
	}
	return days{}, false
}

// truncated is the last day of those that are cut down to a day.
func truncated(n expr.CallExpr, date string, day civil.Date) (civil.Date, bool) {
	if n.Name != "DATE_TRUNC" || len(n.Args) != 1 {
		return day, false
	}
	if c, ok := n.Args[0].Node().(expr.ColumnExpr); !ok || !strings.EqualFold(c.Name, date) {
		return day, false
	}
	start := day.In(time.UTC)
	switch expr.DatePart(n.Word) {
	case expr.Day:
		return day, true
	case expr.Week, expr.ISOWeek:
		return day.AddDays(6), true
	case expr.Month:
		return civil.DateOf(start.AddDate(0, 1, -1)), true
	case expr.Quarter:
		return civil.DateOf(start.AddDate(0, 3, -1)), true
	case expr.Year:
		return civil.DateOf(start.AddDate(1, 0, -1)), true
	}
	return day, false
}

// ofDate reports whether a column that rows are grouped by is made of their date.
func ofDate(c Column, date string) bool { return expr.Named(c.Of.Columns(), date) }

// late is which rows of a rule's scope are not due yet.
type late struct {
	due  DueTime
	zone *time.Location
	last civil.Date // the last day whose rows are due
}

// lateOf is nil where the rule has no due time.
func lateOf(s Suite, r Rule, now time.Time) (*late, error) {
	due := r.Due
	if due == nil && s.Calendar != nil {
		due = s.Calendar.Due
	}
	if due == nil {
		return nil, nil
	}
	zone, err := expr.LoadZone(s.zone())
	if err != nil {
		return nil, err
	}
	if zone, err = due.in(zone); err != nil {
		return nil, err
	}
	return &late{*due, zone, due.Last(now, zone)}, nil
}

// all reports whether all of a suite's dates are due, and none whether no one is.
func (l *late) all(s Suite) bool  { return l == nil || s.To.IsValid() && !s.To.After(l.last) }
func (l *late) none(s Suite) bool { return l != nil && s.From.IsValid() && s.From.After(l.last) }

// next is when the first of a suite's dates that is not due yet is.
func (l *late) next(s Suite) time.Time {
	day := l.last.AddDays(1)
	if s.From.After(day) {
		day = s.From
	}
	return l.due.Of(day, l.zone)
}

// dueText is an instant as reports write it.
func (l *late) dueText(t time.Time) string { return t.In(l.zone).Format("2006-01-02 15:04 MST") }

// wait makes of a finding that is not good what it is before its rows are due.
func (l *late) wait(f Finding, next time.Time) Finding {
	if f.Verdict == Fail || f.Verdict == Unknown {
		f.Verdict = Waiting
		f.Reason = fmt.Sprintf("due %s: %s", l.dueText(next), f.Reason)
	}
	return f
}
