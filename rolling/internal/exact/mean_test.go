package exact

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// rationalMean is the mean by rational arithmetic, which nothing here computes with.
func rationalMean(x []float64, n int64) float64 {
	sum := rationalSum(x)
	f, _ := sum.Quo(sum, big.NewRat(n, 1)).Float64()
	return f + 0
}

// The accumulator is right for all finite values: subnormals, 600 decades, sums
// that overflow while the mean does not.
func TestAccumulatorIsCorrectlyRounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bits := rapid.SliceOfN(rapid.Uint64(), 1, 40).Draw(t, "bits")
		var x []float64
		for _, b := range bits {
			if v := math.Float64frombits(b); Finite(v) {
				x = append(x, v)
			}
		}
		if len(x) == 0 {
			return
		}
		for _, n := range []int64{1, int64(len(x)), 7} {
			if got, want := accumulated(x, uint32(n)), rationalMean(x, n); got != want {
				t.Fatalf("%v over %d: %g, exactly %g", x, n, got, want)
			}
		}
	})
}

func TestHardMeans(t *testing.T) {
	const tiny = math.SmallestNonzeroFloat64
	for name, c := range map[string]struct {
		x    []float64
		mean float64
	}{
		"overflow of the sum":       {[]float64{math.MaxFloat64, math.MaxFloat64, math.MaxFloat64}, math.MaxFloat64},
		"cancellation":              {[]float64{1, 1e17, 1, -1e17}, 0.5},
		"eighteen decades":          {[]float64{1e18, 1, -1e18}, 1.0 / 3},
		"all cancels":               {[]float64{1e300, -1e300}, 0},
		"minus zero":                {[]float64{math.Copysign(0, -1), math.Copysign(0, -1)}, 0},
		"subnormals":                {[]float64{tiny, tiny, 0, tiny}, tiny},
		"half a subnormal, to even": {[]float64{tiny, 0}, 0},
		"three halves, to even":     {[]float64{tiny, 2 * tiny}, 2 * tiny},
		"a huge value and a crumb":  {[]float64{0x1p1000, 0x1p-1000}, 0x1p999},
		"the middle and a crumb":    {[]float64{1, 1 + 0x1p-52, 0, 0x1p-1074}, math.Nextafter(0.5, 1)},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, rationalMean(c.x, int64(len(c.x))), c.mean, "the case contradicts itself")
			got := Mean(c.x)
			require.Equal(t, c.mean, got)
			require.False(t, got == 0 && math.Signbit(got), "−0")
		})
	}
}

// One window and the same window among many are the same bits, by whatever path.
func TestOneWindowEqualsMany(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2_000 {
		x := series(r, 5+r.IntN(30))
		if got, want := Mean(x), rationalMean(x, int64(len(x))); got != want {
			require.Equal(t, want, got, "%v", x)
		}
	}
}
