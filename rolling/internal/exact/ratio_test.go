package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// Sums whose pair is not had easily, and those whose quotient is not certain, are
// divided as rationals; either way the result is the nearest float64.
func TestRatioIsCorrectlyRounded(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	divided := 0
	for range 5_000 {
		x, y := series(r, 1+r.IntN(12)), series(r, 1+r.IntN(12))
		num, den := rationalSum(x), rationalSum(y)
		want := math.NaN()
		if den.Sign() != 0 {
			want, _ = new(big.Rat).Quo(num, den).Float64()
		} else if num.Sign() != 0 {
			want = math.Inf(num.Sign())
		}
		if got := Quotient(Rational(x), Rational(y)); got != want && !(math.IsNaN(got) && math.IsNaN(want)) {
			require.Equal(t, want, got, "%v / %v", x, y)
		}
		p, easily := PairOf(x)
		q, both := PairOf(y)
		if !easily || !both {
			continue
		}
		if got, sure := p.Over(q); sure {
			divided++
			if got != want {
				require.Equal(t, want, got, "%v / %v", x, y)
			}
		}
	}
	require.Greater(t, divided, 1_000)
}

func TestPairOfIntegersIsTheirSumOrNone(t *testing.T) {
	for _, c := range []struct {
		ints []int64
		sum  float64
		none bool
	}{
		{ints: []int64{3, 0, -7}, sum: -4},
		{ints: []int64{exactInt, -exactInt, 1}, sum: 1},
		{ints: []int64{exactInt, 1}, none: true},
		{ints: []int64{exactInt, 1, -1}, none: true}, // what was on the way is none
		{ints: []int64{math.MaxInt64}, none: true},
		{ints: []int64{math.MinInt64, math.MaxInt64}, none: true},
	} {
		p, ok := PairOfInts(c.ints)
		require.Equal(t, !c.none, ok, "%d", c.ints)
		if ok {
			require.Equal(t, Pair{s: c.sum}, p, "%d", c.ints)
		}
	}
}

// rationalSum is the sum by rational arithmetic, which only [Quotient] computes with.
func rationalSum(x []float64) *big.Rat {
	sum := new(big.Rat)
	for _, v := range x {
		sum.Add(sum, new(big.Rat).SetFloat64(v))
	}
	return sum
}
