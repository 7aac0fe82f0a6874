package cli

import (
	"context"
	"fmt"
	"iter"

	"github.com/intactdata/intact/quality/expr"
)

// redacted is a source of which some columns are not to be printed: an error that one
// of them has, which may show a cell, is told without it.
type redacted struct {
	expr.Source
	columns []string
}

// Identity is that of the source.
func (r redacted) Identity() ([]string, error) {
	if s, ok := r.Source.(expr.Identified); ok {
		return s.Identity()
	}
	return nil, nil
}

// Scan reads the rows.
func (r redacted) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for b, err := range r.Source.Scan(ctx, columns) {
			for i := range columns {
				if err == nil && b.Columns[i].Err != nil && expr.Named(r.columns, columns[i]) {
					b.Columns[i].Err = fmt.Errorf("column %q: a cell is not as it should be, and is not shown, for the column is redacted", columns[i])
				}
			}
			if !yield(b, err) {
				return
			}
		}
	}
}
