package enginetest

import (
	"context"
	"iter"

	"github.com/intactdata/intact/quality/expr"
)

// Source gives out a table in small batches, the first of them empty, so that a
// case of a few rows has several. It is for engines in memory.
func Source(t Table) expr.Source { return source{t} }

type source struct{ table Table }

const batchRows = 3

func (s source) Schema(context.Context) (expr.Schema, error) { return s.table.Schema, nil }

func (s source) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		batch := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		for low := -batchRows; low < len(s.table.Rows); low += batchRows {
			part := s.table.Rows[max(low, 0):max(0, min(low+batchRows, len(s.table.Rows)))]
			batch.Rows = len(part)
			for i, name := range columns {
				if err := s.fill(&batch.Columns[i], name, part); err != nil {
					yield(nil, err)
					return
				}
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

func (s source) fill(v *expr.Vector, name string, part [][]expr.Value) error {
	f, err := s.table.Schema.Field(name)
	if err != nil {
		return err
	}
	at := s.table.Schema.Position(f.Steps()[0])
	cells := make([]expr.Value, len(part))
	for i, row := range part {
		cells[i] = row[at]
	}
	if whole := s.table.Schema[at]; !whole.Type.Computable() {
		return fillPart(v, whole, f, cells)
	}
	v.Reset(f.Type, len(part))
	for i, x := range cells {
		if err := v.SetValue(i, x); err != nil {
			return err
		}
	}
	return nil
}
