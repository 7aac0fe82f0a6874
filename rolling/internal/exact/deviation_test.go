package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDeviationOfConstantsIsZero(t *testing.T) {
	for _, v := range []float64{0.1, 1e300, math.SmallestNonzeroFloat64, -7.3} {
		x := []float64{v, v, v, v, v, v, v}
		require.Zero(t, Deviation(x, 7))
	}
	require.Zero(t, DeviationOfIntegers(2, 2, 1, func(int) *big.Int { return big.NewInt(math.MaxInt64) }))
}

func TestDeviationIsWithinFourUlp(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	worst := uint64(0)
	for range 5_000 {
		x := series(r, 2+r.IntN(30))
		scale := math.Ldexp(1, []int{0, 0, -1040, 960, 300}[r.IntN(5)])
		for i := range x {
			x[i] *= scale
		}
		got := Deviation(x, len(x)-1)
		want := rationalDeviation(x, len(x)-1)
		if want == 0 || math.IsInf(want, 0) {
			require.Equal(t, want, got)
			continue
		}
		d := math.Float64bits(got) - math.Float64bits(want)
		if int64(d) < 0 {
			d = -d
		}
		require.LessOrEqual(t, d, uint64(4), "%v: %g, exactly %g", x, got, want)
		worst = max(worst, d)
	}
	t.Logf("at most %d ulp", worst)
}

func rationalDeviation(x []float64, divisor int) float64 {
	n := big.NewRat(int64(len(x)), 1)
	mean, squares := rationalSum(x), new(big.Rat)
	mean.Quo(mean, n)
	for _, v := range x {
		d := new(big.Rat).SetFloat64(v)
		d.Sub(d, mean)
		squares.Add(squares, d.Mul(d, d))
	}
	squares.Quo(squares, big.NewRat(int64(divisor), 1))
	f := new(big.Float).SetPrec(400).SetRat(squares)
	root, _ := f.Sqrt(f).Float64()
	return root
}
