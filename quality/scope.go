package quality

import (
	"fmt"
	"math"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// tableScope is a suite's table, without what the suite says of its rows.
func tableScope(s Suite, info TableInfo, now time.Time) (Scope, error) {
	zone, err := expr.LoadZone(s.zone())
	return Scope{Relation: Read(s.Table), Info: info, Schema: info.Schema, From: s.From, To: s.To, Now: now, Zone: zone, maxSegments: s.limit()}, err
}

// scopeOf resolves what a suite looks at: its date bounds and its filter.
func scopeOf(s Suite, info TableInfo, now time.Time) (Scope, error) {
	schema := info.Schema
	var parts []expr.Expr
	scope, err := tableScope(s, info, now)
	if err != nil {
		return Scope{}, err
	}
	if s.Date != "" {
		f, err := schema.Field(s.Date)
		if err != nil {
			return Scope{}, fmt.Errorf("date: %w", err)
		}
		scope.Date = f.Name
		parts = append(parts, expr.Col(f.Name).IsNotNull())
		bounds, err := dateBounds(s, f)
		if err != nil {
			return Scope{}, err
		}
		parts = append(parts, bounds...)
	}
	if len(parts) > 0 {
		if scope.days, err = expr.AllOf(parts...).BindPredicate(schema); err != nil {
			return Scope{}, err
		}
	}
	if !s.Where.IsZero() {
		if scope.filter, err = s.Where.At(now, scope.Zone).BindPredicate(schema); err != nil {
			return Scope{}, fmt.Errorf("the suite's where: %w", err)
		}
	}
	scope.Rows = expr.AllOf(scope.days, scope.filter)
	return scope, nil
}

// On limits the suite's table to days, both ends included and zero unbounded, and by
// the suite's filter: the Rows of a request about another time.
func (s Scope) On(from, to civil.Date) (expr.Expr, error) {
	if s.Date == "" {
		return expr.Expr{}, fmt.Errorf("the suite has no date column by which days could be told: write date")
	}
	f, err := s.Schema.Field(s.Date)
	if err != nil {
		return expr.Expr{}, err
	}
	bounds, err := dateBounds(Suite{From: from, To: to, Zone: s.Zone.String()}, f)
	if err != nil {
		return expr.Expr{}, err
	}
	days, err := expr.AllOf(append([]expr.Expr{expr.Col(f.Name).IsNotNull()}, bounds...)...).BindPredicate(s.Schema)
	return expr.AllOf(days, s.filter), err
}

func (s Suite) zone() string {
	if s.Zone == "" {
		return "UTC"
	}
	return s.Zone
}

// dateBounds are the suite's first and last day as comparisons of the bare date
// column, so that partitions can be pruned by them.
func dateBounds(s Suite, f expr.Field) ([]expr.Expr, error) {
	if f.Name == ShardColumn {
		return shardBounds(s), nil
	}
	var start func(civil.Date) any
	switch f.Type {
	case expr.Date, expr.Null:
		start = func(day civil.Date) any { return day }
	case expr.DateTime:
		start = func(day civil.Date) any { return civil.DateTime{Date: day} }
	case expr.Timestamp:
		zone, err := expr.LoadZone(s.zone())
		if err != nil {
			return nil, err
		}
		start = func(day civil.Date) any { return startOfDay(day, zone) }
	default:
		return nil, fmt.Errorf("date: %w", notADate(f))
	}
	var out []expr.Expr
	if s.From != (civil.Date{}) {
		out = append(out, expr.Col(f.Name).Ge(start(s.From)))
	}
	if after := s.To.AddDays(1); s.To != (civil.Date{}) && expr.InCalendar(after.Year) { // no row is later than 9999
		out = append(out, expr.Col(f.Name).Lt(start(after)))
	}
	return out, nil
}

// segmentMend is the tail of an error text for texts where numbers are, and the
// other way round.
func segmentMend(v expr.Value, f expr.Field) string {
	switch {
	case v.Type() == expr.String && f.Type.IsNumber():
		return fmt.Sprintf(" (write it without quotes, or declare %s STRING)", f.Name)
	case v.Type().IsNumber() && f.Type == expr.String:
		return " (write it in quotes)"
	}
	return ""
}

// inSegment types a value that is listed for a column. NaN and the infinities are
// texts where they are written, for want of literals.
func inSegment(v expr.Value, t expr.Type) (expr.Value, error) {
	if text, ok := v.Go().(string); ok && t == expr.Float64 {
		if f, ok := expr.ParseFloat(text); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
			return expr.ValueOf(f)
		}
	}
	return v.Coerce(t)
}

// segmentsOf types the values that a rule lists for its group-by columns.
func segmentsOf(listed [][]any, by []Column) ([]Segment, error) {
	var out []Segment
	for _, row := range listed {
		values := make([]expr.Value, len(row))
		for i, x := range row {
			f := expr.Field{Name: by[i].Name, Type: by[i].Of.Type()}
			v, err := expr.ValueOf(x)
			if err == nil {
				values[i], err = inSegment(v, f.Type)
			}
			if err != nil {
				return nil, fmt.Errorf("a segment of %s cannot be %v: %w%s", f.Name, x, err, segmentMend(v, f))
			}
		}
		out = append(out, NewSegment(columnNames(by), values))
	}
	return out, nil
}
