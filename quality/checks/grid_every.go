package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Every says which dates are due: EveryDay, EveryWeekday, or those of another table
// where Of names one. Of.Map says which column of it is the date. The zero Every is the
// suite's calendar.
type Every struct {
	Days Days
	Of   Against

	calendar bool   // Of is the suite's calendar
	date     string // whose column of dates this is
}

// Days are dates that a calendar on the wall knows.
type Days string

// The days.
const (
	EveryDay     Days = "day"
	EveryWeekday Days = "weekday" // Monday to Friday
)

func (e Every) table() bool { return e.Of.Table != "" }

// in is what is due by a suite, whose calendar says it where nothing else does.
func (e Every) in(s quality.Suite, column string) (Every, error) {
	bounded := strings.EqualFold(s.Date, column) && (s.From.IsValid() || s.FromToday != nil)
	switch {
	case e.table():
		return e, nil
	case e.Days != "" && !bounded:
		return e, fmt.Errorf("which %s is the first? Say date: %s and from of the suite, or the table that knows what is due", e.Days, column)
	case e.Days != "":
		return e, nil
	case s.Calendar == nil:
		return e, fmt.Errorf("every is day, weekday, or another table: the suite has no calendar that says what is due")
	case !strings.EqualFold(s.Date, column):
		return e, fmt.Errorf("the calendar says what is due on the suite's dates, %s, and not of %s: say every", s.Date, column)
	}
	c := s.Calendar
	e.calendar, e.date = true, c.Date
	e.Of = Against{
		Table: c.Table, Where: c.Where, NullsOK: c.NullsOK,
		Map:  []Mapping{{Column: column, To: []expr.Expr{expr.Col(c.Date)}}},
		Span: quality.Span{From: c.From, To: c.To},
	}
	for _, m := range c.Map {
		to := Mapping{Column: m.Column}
		for _, name := range m.With {
			to.To = append(to.To, expr.Col(name))
		}
		e.Of.Map = append(e.Of.Map, to)
	}
	return e, nil
}

// String says in words which dates are due.
func (e Every) String() string {
	switch {
	case e.Days != "":
		return "every " + string(e.Days)
	case !e.table():
		return "every date of the calendar"
	}
	due := "every date of " + e.Of.Table
	if w := e.Of.Where; !w.IsZero() {
		due += " where " + w.String()
	}
	return due
}

// bound has the dates of the other table as a DATE: a calendar's days of whatever it
// has; else they are one already.
func (e Every) bound(s quality.Scope, column string) (Every, error) {
	if !e.table() {
		return e, nil
	}
	if e.calendar {
		day, err := s.Others[0].DayOf(e.date)
		e.Of.Map = append([]Mapping{{Column: column, To: []expr.Expr{day}}}, e.Of.Map[1:]...)
		return e, err
	}
	for _, to := range e.Of.mapping(column).to() {
		of, err := to.At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
		if err != nil {
			return e, fmt.Errorf("%s: %w", e.Of.Table, err)
		}
		if t := of.Type(); t != expr.Date && t != expr.Null {
			return e, fmt.Errorf("%s of %s is %s, and due dates are of type DATE: write %s", to, e.Of.Table, t, converted(to, t, expr.Date))
		}
	}
	return e, nil
}
