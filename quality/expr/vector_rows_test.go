package expr_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/intactdata/intact/quality/expr"
)

// Rows of an array in another order, some twice and some of none, keep their own items.
func TestGatherKeepsItems(t *testing.T) {
	var of, got expr.Vector
	of.Reset(expr.ArrayOf(expr.Int64), 3)
	for i, items := range [][]int64{{1, 2}, {}, {3}} {
		of.Valid.Set(i)
		for k, at := 0, of.SetItems(i, len(items)); k < len(items); k++ {
			of.Items.Valid.Set(at + k)
			of.Items.Ints[at+k] = items[k]
		}
	}
	got.Gather(&of, []int32{2, -1, 0, 1, 2})
	assert.Equal(t, []int32{0, 1, 1, 3, 3, 4}, got.Offsets)
	assert.Equal(t, []int64{3, 1, 2, 3}, got.Items.Ints)
	assert.False(t, got.Valid.Get(1))
	assert.True(t, got.Valid.Get(3))
}
