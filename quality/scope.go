package quality

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"
)

// scopeOf resolves what a suite looks at: its date bounds and its filter.
func scopeOf(s Suite, rel Relation, schema Schema) (Scope, error) {
	scope := Scope{Relation: rel, Schema: schema}
	var parts []Expr
	if s.Date != "" {
		f, err := schema.Field(s.Date)
		if err != nil {
			return Scope{}, fmt.Errorf("date: %w", err)
		}
		scope.Date = f.Name
		parts = append(parts, Col(f.Name).IsNotNull())
		for _, d := range []struct {
			day civil.Date
			op  CompareOp
		}{{s.From, GreaterEqual}, {s.To, Less}} {
			if !d.day.IsValid() {
				continue
			}
			if d.op == Less {
				d.day = d.day.AddDays(1) // to is the last day of the scope
			}
			start, err := dayStart(f, d.day, s.zone())
			if err != nil {
				return Scope{}, err
			}
			parts = append(parts, Col(f.Name).compare(d.op, start))
		}
	}
	if !s.Where.IsZero() {
		if _, err := s.Where.BindPredicate(schema); err != nil {
			return Scope{}, fmt.Errorf("the suite's where: %w", err)
		}
		parts = append(parts, s.Where)
	}
	if len(parts) == 0 {
		return scope, nil
	}
	var err error
	scope.Rows, err = logic(And, parts).BindPredicate(schema)
	return scope, err
}

func (s Suite) zone() string {
	if s.Zone == "" {
		return "UTC"
	}
	return s.Zone
}

// dayStart is the first instant of a day in the type of the date column, so that
// the bound is on the bare column and partitions can be pruned by it.
func dayStart(f Field, day civil.Date, zone string) (Value, error) {
	switch f.Type {
	case Date, Null:
		return ValueOf(day)
	case DateTime:
		return ValueOf(civil.DateTime{Date: day})
	case Timestamp:
		loc, err := LoadZone(zone)
		if err != nil {
			return Value{}, err
		}
		return ValueOf(time.Date(day.Year, day.Month, day.Day, 0, 0, 0, 0, loc))
	}
	return Value{}, fmt.Errorf("date: column %q is %s; it must be DATE, TIMESTAMP or DATETIME%s", f.Name, f.Type, dateMend(f.Type))
}

func dateMend(t Type) string {
	if t == String {
		return " (if its texts are dates, declare the column's type: the first that is none will be named)"
	}
	return ""
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
			if err == nil && f.Type != Null {
				v, err = v.coerce(f.Type)
			}
			if err != nil {
				return nil, fmt.Errorf("a segment of %s cannot be %v: %w", f.Name, x, err)
			}
			values[i] = v
		}
		out = append(out, NewSegment(by, values))
	}
	return out, nil
}
