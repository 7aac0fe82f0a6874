package rows

import (
	"fmt"
	"iter"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// batchRows is how many rows are looked at together: few enough for the columns
// of a batch to stay in the processor's cache, and a multiple of 64.
const batchRows = 4096

// batches scans rows that lie in memory: fill sets a vector to the rows from low
// up to high of a column. The error is of the columns that were asked for.
func batches[C any](rows int, columns []C, err error, fill func(v *expr.Vector, column C, low, high int)) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		if err != nil {
			yield(nil, err)
			return
		}
		batch := &expr.Batch{Columns: make([]expr.Vector, len(columns))}
		for low := 0; low < rows; low += batchRows {
			high := min(low+batchRows, rows)
			batch.Rows = high - low
			for i, c := range columns {
				fill(&batch.Columns[i], c, low, high)
			}
			if !yield(batch, nil) {
				return
			}
		}
	}
}

// positions finds columns by the schema's own names.
func positions(s expr.Schema, columns []string) ([]int, error) {
	out := make([]int, len(columns))
	for i, name := range columns {
		out[i] = slices.IndexFunc(s, func(f expr.Field) bool { return f.Name == name })
		if out[i] < 0 {
			return nil, fmt.Errorf("there is no column %q", name)
		}
	}
	return out, nil
}
