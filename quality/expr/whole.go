package expr

import (
	"context"
	"iter"
)

// ScanWhole is Scan of a source for whoever needs all of the columns: one that cannot be
// read ends the rows with its error.
func ScanWhole(ctx context.Context, s Source, columns []string) iter.Seq2[*Batch, error] {
	return func(yield func(*Batch, error) bool) {
		for b, err := range Scan(ctx, s, columns) {
			for i := range columns {
				if err == nil {
					err = b.Columns[i].Err
				}
			}
			if err != nil {
				yield(nil, err)
				return
			}
			if !yield(b, nil) {
				return
			}
		}
	}
}
