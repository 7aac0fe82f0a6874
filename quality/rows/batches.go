package rows

import (
	"fmt"
	"iter"
	"slices"

	"github.com/intactdata/intact/quality"
)

// batchRows is how many rows are looked at together: few enough for the columns
// of a batch to stay in the processor's cache, and a multiple of 64.
const batchRows = 4096

// batches cuts a table of n rows that lies in memory. Fill makes one vector: the
// rows from low to high of a column of the schema.
func batches(s quality.Schema, n int, columns []string, fill func(v *quality.Vector, column, low, high int)) iter.Seq2[*quality.Batch, error] {
	return func(yield func(*quality.Batch, error) bool) {
		at, err := positions(s, columns)
		if err != nil {
			yield(nil, err)
			return
		}
		batch := &quality.Batch{Columns: make([]quality.Vector, len(columns))}
		for low := 0; low < n; low += batchRows {
			high := min(low+batchRows, n)
			batch.Rows = high - low
			for i, column := range at {
				fill(&batch.Columns[i], column, low, high)
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// positions finds columns by the schema's own names.
func positions(s quality.Schema, columns []string) ([]int, error) {
	out := make([]int, len(columns))
	for i, name := range columns {
		out[i] = slices.IndexFunc(s, func(f quality.Field) bool { return f.Name == name })
		if out[i] < 0 {
			return nil, fmt.Errorf("there is no column %q", name)
		}
	}
	return out, nil
}
