package enginetest

import (
	"context"
	"fmt"
	"iter"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/rows"
)

const memoryDataset = "memory"

// Memory loads tables for the engine of package rows: it is the Load of its test
// and the answer that cases drawn at random are held against.
func Memory(_ context.Context, tables []Table) (quality.Engine, string, error) {
	sources := map[string]quality.Source{}
	for _, t := range tables {
		sources[memoryDataset+"."+t.Name] = source{t}
	}
	return rows.NewEngine(sources), memoryDataset, nil
}

// source gives out a table in small batches, so that a case of a few rows has
// several of them.
type source struct{ table Table }

const batchRows = 3

func (s source) Schema(context.Context) (quality.Schema, error) { return s.table.Schema, nil }

func (s source) Scan(_ context.Context, columns []string) iter.Seq2[*quality.Batch, error] {
	return func(yield func(*quality.Batch, error) bool) {
		batch := &quality.Batch{Columns: make([]quality.Vector, len(columns))}
		for low := 0; low < len(s.table.Rows); low += batchRows {
			part := s.table.Rows[low:min(low+batchRows, len(s.table.Rows))]
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

func (s source) fill(v *quality.Vector, name string, part [][]quality.Value) error {
	for at, f := range s.table.Schema {
		if f.Name != name {
			continue
		}
		v.Reset(f.Type, len(part))
		for i, row := range part {
			if err := v.SetValue(i, row[at]); err != nil {
				return err
			}
		}
		return nil
	}
	return fmt.Errorf("there is no column %q", name)
}
