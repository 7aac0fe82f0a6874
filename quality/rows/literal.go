package rows

import (
	"context"
	"iter"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// literal is literal rows as a source.
type literal struct{ quality.ValuesNode }

func (l literal) Schema(context.Context) (expr.Schema, error) { return l.ValuesNode.Schema, nil }

func (l literal) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	at, err := positions(l.ValuesNode.Schema, columns)
	return batches(len(l.Rows), at, err, func(v *expr.Vector, column, low, high int) {
		v.Reset(l.ValuesNode.Schema[column].Type, high-low)
		for i, row := range l.Rows[low:high] {
			v.Err = v.SetValue(i, row[column])
		}
	})
}
