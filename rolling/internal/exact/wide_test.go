package exact

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// Sums of integers are those of big.Int, and 64 bits hold them or do not.
func TestSumsOfIntegers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ints := rapid.SliceOfN(rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, -1, 0, 1})), 1, 8).Draw(t, "ints")
		want := new(big.Int)
		for _, i := range ints {
			want.Add(want, big.NewInt(i))
		}
		w := SumOfInts(ints)
		require.Equal(t, want.String(), w.Big().String())
		i, fits := w.Int64()
		require.Equal(t, want.IsInt64(), fits)
		if fits {
			require.Equal(t, want.Int64(), i)
		}
	})
}

func TestQuotientsOfIntegersRoundHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		ints []int64
		n    uint64
		want int64
	}{
		{[]int64{1}, 2, 1},
		{[]int64{-1}, 2, -1},
		{[]int64{1}, 3, 0},
		{[]int64{2}, 3, 1},
		{[]int64{-2}, 3, -1},
		{[]int64{math.MaxInt64, 1}, 2, 1 << 62},
	} {
		q, fits := SumOfInts(c.ints).Over(c.n)
		require.True(t, fits)
		require.Equal(t, Widen(c.want), q, "%d over %d", c.ints, c.n)
	}
}

func TestQuotientBeyond128BitsIsNone(t *testing.T) {
	var w Wide
	w.Add(Int128{Hi: math.MaxInt64})
	w.Add(Int128{Hi: math.MaxInt64})
	_, fits := w.Over(1)
	require.False(t, fits)
	_, fits = w.Over(2)
	require.True(t, fits)
}
