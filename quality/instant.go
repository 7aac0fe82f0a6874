package quality

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Age is how long before the run's clock a DATE, TIMESTAMP or DATETIME was: a DATE at
// the end of its day and a DATETIME by the suite's zone. It is below 0 for what is yet
// to come.
func (s Scope) Age(v expr.Value) (time.Duration, error) {
	switch at := v.Go().(type) {
	case time.Time:
		return s.Now.Sub(at), nil
	case civil.DateTime:
		return s.Now.Sub(instantOf(at, s.Zone)), nil
	case civil.Date:
		return s.Now.Sub(startOfDay(at.AddDays(1), s.Zone)), nil
	}
	return 0, fmt.Errorf("%s is no time", v.SQL())
}

// startOfDay is the first instant of a calendar day, which is not midnight where
// the clocks go forward at midnight.
func startOfDay(day civil.Date, zone *time.Location) time.Time {
	return instantOf(civil.DateTime{Date: day}, zone)
}

// instantOf is when the clocks of a zone show a time: the first instant where they do
// so twice, and the change where they go forward over it.
func instantOf(at civil.DateTime, zone *time.Location) time.Time {
	wall := at.In(time.UTC)
	by := func(near time.Time) time.Time { // by the clock in use near then
		_, offset := near.In(zone).Zone()
		return wall.Add(-time.Duration(offset) * time.Second).In(zone)
	}
	before, after := by(wall.AddDate(0, 0, -1)), by(wall.AddDate(0, 0, 2))
	for _, t := range []time.Time{before, after} {
		if civil.DateTimeOf(t) == at {
			return t
		}
	}
	_, change := after.ZoneBounds()
	return change
}

// Today is the day of the run's clock in the suite's zone.
func (s Scope) Today() civil.Date { return civil.DateOf(s.Now.In(s.Zone)) }

// LastDay is the last of the suite's days that is over or, by its due time, due.
func (s Scope) LastDay() civil.Date {
	last := s.Today().AddDays(-1)
	if s.dueUntil.After(last) {
		last = s.dueUntil
	}
	if s.To.IsValid() && s.To.Before(last) {
		last = s.To
	}
	return last
}

// DayOf is the calendar day of a DATE, TIMESTAMP or DATETIME column, in the suite's
// zone.
func (s Scope) DayOf(column string) (expr.Expr, error) {
	return dayOfColumn(s.Schema, column, s.Zone)
}

func dayOfColumn(schema expr.Schema, column string, zone *time.Location) (expr.Expr, error) {
	f, err := schema.Field(column)
	if err != nil {
		return expr.Expr{}, err
	}
	c := expr.Col(f.Name)
	switch f.Type {
	case expr.Date:
		return c, nil
	case expr.Timestamp:
		return c.DateOf(zone.String()), nil
	case expr.DateTime:
		return c.Date(), nil
	case expr.Null:
		return c.Cast(expr.Date), nil
	}
	return expr.Expr{}, notADate(f)
}

// NowAs is the run's clock as a value of a DATE, TIMESTAMP or DATETIME column, by the
// suite's zone.
func (s Scope) NowAs(column string) (expr.Value, error) {
	f, err := s.Schema.Field(column)
	if err != nil {
		return expr.Value{}, err
	}
	now := s.Now.In(s.Zone)
	switch f.Type {
	case expr.Timestamp, expr.Null:
		return expr.ValueOf(now.UTC())
	case expr.DateTime:
		return expr.ValueOf(civil.DateTimeOf(now))
	case expr.Date:
		return expr.ValueOf(s.Today())
	}
	return expr.Value{}, notADate(f)
}

// notADate says that a column holds no dates.
func notADate(f expr.Field) error {
	return fmt.Errorf("column %q is %s; it must be DATE, TIMESTAMP or DATETIME%s", f.Name, f.Type, dateMend(f.Type))
}

func dateMend(t expr.Type) string {
	if t == expr.String {
		return " (if its texts are dates, declare the column's type: the first that is none will be named)"
	}
	return ""
}
