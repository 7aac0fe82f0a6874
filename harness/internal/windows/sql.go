package windows

import (
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// OfTables says that the settings are about tables of a warehouse: what Expected and
// Points name are tables as well, and their types are their own.
func (s *Settings) OfTables() { s.tables = true }

// TableNames are the tables that the windows over one of rows are made from.
func (s *Settings) TableNames(rows string) []string {
	out := []string{rows}
	for _, name := range []string{s.Expected, s.Points} {
		if name != "" {
			out = append(out, name)
		}
	}
	return out
}

// Query is the windows over tables, in the order of TableNames, whose schemas are known.
// Now is when expected keys are due against; zero is when the statement runs. The error
// is a panel.Mistake.
func (s *Settings) Query(rows string, schemas map[string]expr.Schema, now time.Time) (*rollingsql.Query, error) {
	spec, err := s.spec()
	if err != nil {
		return nil, err
	}
	source := func(table string, named func(column string) string) rollingsql.Source {
		out := rollingsql.Source{Table: table, Schema: schemas[table]}
		for _, c := range spec.Entity {
			out.Entity = append(out.Entity, named(c))
		}
		for _, c := range spec.Order {
			out.Order = append(out.Order, named(c))
		}
		if out.At = named(spec.At); spec.Reset != "" {
			out.Reset = named(spec.Reset)
		}
		return out
	}
	asRows := func(column string) string { return column }
	q := &rollingsql.Query{
		Rows: source(rows, asRows), Counted: spec.Counted, Specs: spec.Windows,
		Zone: spec.Zone, HistoryFrom: spec.HistoryFrom, Now: now,
	}
	if s.Points != "" {
		points := source(s.Points, asRows)
		points.Order = nil
		q.Points = &points
	}
	if s.Expected != "" {
		q.Expected = expected(&spec, source(s.Expected, func(column string) string { return spec.InExpected(column)[0] }))
	}
	return q, nil
}

// expected is what was due, of a table whose columns are named by the spec.
func expected(spec *panel.Spec, list rollingsql.Source) *rollingsql.Expected {
	x := spec.Expected
	out := &rollingsql.Expected{Source: list, Where: x.Where, Due: x.Due, Team: x.By}
	owner := spec.Entity
	if x.By != "" {
		owner = []string{x.By}
	}
	several := 1
	for _, column := range owner {
		several = max(several, len(spec.InExpected(column)))
	}
	for i := range several {
		var entity []string
		for _, column := range owner {
			names := spec.InExpected(column)
			entity = append(entity, names[min(i, len(names)-1)])
		}
		if i == 0 {
			out.Entity = entity
			continue
		}
		out.Also = append(out.Also, entity)
	}
	if !spec.OrderExpected(list.Schema) {
		out.Order = nil
	}
	return out
}
