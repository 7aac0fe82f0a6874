package quality

import (
	"fmt"
	"math"
	"time"

	"cloud.google.com/go/civil"
)

// scopeOf resolves what a suite looks at: its date bounds and its filter.
func scopeOf(s Suite, rel Relation, schema Schema) (Scope, error) {
	scope := Scope{Relation: rel, Schema: schema}
	var parts []Expr
	var err error
	if s.Date != "" {
		f, err := schema.Field(s.Date)
		if err != nil {
			return Scope{}, fmt.Errorf("date: %w", err)
		}
		scope.Date = f.Name
		parts = append(parts, Col(f.Name).IsNotNull())
		bounds, err := dateBounds(s, f)
		if err != nil {
			return Scope{}, err
		}
		parts = append(parts, bounds...)
	}
	if len(parts) > 0 {
		if scope.days, err = AllOf(parts...).BindPredicate(schema); err != nil {
			return Scope{}, err
		}
	}
	if !s.Where.IsZero() {
		if scope.filter, err = s.Where.BindPredicate(schema); err != nil {
			return Scope{}, fmt.Errorf("the suite's where: %w", err)
		}
	}
	scope.Rows = AllOf(scope.days, scope.filter)
	return scope, nil
}

func (s Suite) zone() string {
	if s.Zone == "" {
		return "UTC"
	}
	return s.Zone
}

// dateBounds are the suite's first and last day as comparisons of the bare date
// column, so that partitions can be pruned by them.
func dateBounds(s Suite, f Field) ([]Expr, error) {
	var start func(civil.Date) any
	switch f.Type {
	case Date, Null:
		start = func(day civil.Date) any { return day }
	case DateTime:
		start = func(day civil.Date) any { return civil.DateTime{Date: day} }
	case Timestamp:
		zone, err := LoadZone(s.zone())
		if err != nil {
			return nil, err
		}
		start = func(day civil.Date) any { return startOfDay(day, zone) }
	default:
		return nil, fmt.Errorf("date: column %q is %s; it must be DATE, TIMESTAMP or DATETIME%s", f.Name, f.Type, dateMend(f.Type))
	}
	var out []Expr
	if s.From != (civil.Date{}) {
		out = append(out, Col(f.Name).Ge(start(s.From)))
	}
	if after := s.To.AddDays(1); s.To != (civil.Date{}) && InCalendar(after.Year) { // no row is later than 9999
		out = append(out, Col(f.Name).Lt(start(after)))
	}
	return out, nil
}

// startOfDay is the first instant of a calendar day, which is not midnight where
// the clocks go forward at midnight. Where midnight comes twice it is the first.
func startOfDay(day civil.Date, zone *time.Location) time.Time {
	midnight := day.In(time.UTC).Unix()
	instant := func(near time.Time) time.Time { // midnight, by the clock in use near then
		_, offset := near.In(zone).Zone()
		return time.Unix(midnight-int64(offset), 0).In(zone)
	}
	before, after := instant(day.AddDays(-1).In(time.UTC)), instant(day.AddDays(2).In(time.UTC))
	for _, t := range []time.Time{before, after} {
		if civil.DateTimeOf(t) == (civil.DateTime{Date: day}) {
			return t
		}
	}
	_, change := after.ZoneBounds()
	return change
}

func dateMend(t Type) string {
	if t == String {
		return " (if its texts are dates, declare the column's type: the first that is none will be named)"
	}
	return ""
}

// segmentMend is the tail of an error text for texts where numbers are, and the
// other way round.
func segmentMend(v Value, f Field) string {
	switch {
	case v.Type() == String && f.Type.IsNumber():
		return fmt.Sprintf(" (write it without quotes, or declare %s STRING)", f.Name)
	case v.Type().IsNumber() && f.Type == String:
		return " (write it in quotes)"
	}
	return ""
}

// inSegment types a value that is listed for a column. NaN and the infinities are
// texts where they are written, for want of literals.
func inSegment(v Value, t Type) (Value, error) {
	if text, ok := v.Go().(string); ok && t == Float64 {
		if f, ok := ParseFloat(text); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
			return ValueOf(f)
		}
	}
	return v.Coerce(t)
}

// segmentsOf types the values that a rule lists for its group-by columns.
func segmentsOf(listed [][]any, by []string, schema Schema) ([]Segment, error) {
	var out []Segment
	for _, row := range listed {
		values := make([]Value, len(row))
		for i, x := range row {
			f, err := schema.Field(by[i])
			if err != nil {
				return nil, err
			}
			v, err := ValueOf(x)
			if err == nil {
				values[i], err = inSegment(v, f.Type)
			}
			if err != nil {
				return nil, fmt.Errorf("a segment of %s cannot be %v: %w%s", f.Name, x, err, segmentMend(v, f))
			}
		}
		out = append(out, NewSegment(by, values))
	}
	return out, nil
}
