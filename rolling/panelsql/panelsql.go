// Package panelsql makes the windows of a panel's spec a query over tables of a warehouse.
package panelsql

import (
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling/panel"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// Table is one of the tables: [project.]dataset.table. Without a name there is none.
type Table struct {
	Name   string
	Schema expr.Schema
}

// Tables are what windows are computed from, as those of a panel are.
type Tables struct{ Rows, Expected, Points Table }

// Query is the windows over the tables. Now is when expected keys are due against; zero
// is when the statement runs.
func Query(spec panel.Spec, from Tables, now time.Time) *rollingsql.Query {
	asRows := func(column string) string { return column }
	q := &rollingsql.Query{
		Rows: source(spec, from.Rows, asRows), Counted: spec.Counted, Specs: spec.Windows,
		Zone: spec.Zone, HistoryFrom: spec.HistoryFrom, Now: now,
	}
	if from.Points.Name != "" {
		points := source(spec, from.Points, asRows)
		points.Order = nil
		q.Points = &points
	}
	if from.Expected.Name != "" {
		q.Expected = expected(spec, source(spec, from.Expected, func(column string) string { return spec.InExpected(column)[0] }))
	}
	return q
}

func source(spec panel.Spec, of Table, named func(column string) string) rollingsql.Source {
	out := rollingsql.Source{Table: of.Name, Schema: of.Schema}
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

// expected is what was due, of a table whose columns are named by the spec.
func expected(spec panel.Spec, list rollingsql.Source) *rollingsql.Expected {
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
