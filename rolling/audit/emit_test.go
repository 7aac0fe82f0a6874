package audit

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality/expr"
)

// Rows that are no points have none, and the others stand in runs, whatever the batches.
func TestRowsThatAreNoPointsSplitRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		is := rapid.SliceOfN(rapid.Bool(), 0, 300).Draw(t, "is a point")
		next := numbering{}
		var want []int // by row, its point or -1
		for row, point := range is {
			if !point {
				next.others, want = append(next.others, row), append(want, -1)
			} else {
				want = append(want, row-len(next.others))
			}
		}
		var got []int
		for len(got) < len(is) {
			n := min(rapid.IntRange(1, 100).Draw(t, "rows"), len(is)-len(got))
			batch := make([]int, n)
			for i := range batch {
				batch[i] = -1
			}
			for _, r := range next.of(n) {
				for i := range r.n {
					batch[r.row+i] = r.point + i
				}
			}
			got = append(got, batch...)
		}
		require.Equal(t, want, got)
	})
}

// Bits are copied to wherever a run stands, and no others are touched.
func TestBitsOfARun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := run{rapid.IntRange(0, 200).Draw(t, "row"), rapid.IntRange(0, 200).Draw(t, "point"), rapid.IntRange(0, 200).Draw(t, "n")}
		var of, to expr.Bitmap
		of, to = of.Reset(400), to.Reset(400)
		for i := range 400 {
			if rapid.Bool().Draw(t, "bit") {
				of.Set(i)
			}
		}
		copyBits(to, r, of)
		for i := range 400 {
			want := i >= r.row && i < r.row+r.n && of.Get(r.point+i-r.row)
			require.Equal(t, want, to.Get(i), i)
		}
	})
}
