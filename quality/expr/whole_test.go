package expr_test

import (
	"context"
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
)

// batches are those of a source, each with the error of its second column.
type batches []error

func (batches) Schema(context.Context) (expr.Schema, error) { return nil, nil }

func (b batches) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) {
		for _, err := range b {
			if !yield(&expr.Batch{Columns: []expr.Vector{{}, {Err: err}}}, nil) {
				return
			}
		}
	}
}

func TestAColumnThatCannotBeReadEndsTheRowsOfWhoNeedsIt(t *testing.T) {
	odd := errors.New("an odd cell")
	var found []error
	for b, err := range expr.ScanWhole(t.Context(), batches{nil, odd, nil}, []string{"a", "b"}) {
		require.Equal(t, err != nil, b == nil)
		found = append(found, err)
	}
	require.Equal(t, []error{nil, odd}, found)
}
