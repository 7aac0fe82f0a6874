package rolling

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
)

// series makes values that are hard to sum: many magnitudes, cancellation,
// values a hair from the middle between two floats.
func series(r *rand.Rand, n int) []float64 {
	x := make([]float64, n)
	style := r.IntN(8)
	spread := 30 + r.IntN(25)
	for i := range x {
		switch style {
		case 0: // whole numbers: means that lie in the middle between floats
			x[i] = float64(r.Int64N(1 << 53))
		case 1: // twelve decades
			x[i] = r.NormFloat64() * math.Pow(10, float64(r.IntN(12)))
		case 2: // what was added is taken away again
			x[i] = r.NormFloat64() * 1e10
			if i > 0 && r.IntN(2) == 0 {
				x[i] = -x[i-1]
			}
		case 3: // a last place and its neighbours
			x[i] = 1 + float64(r.IntN(3))*0x1p-52
		case 4: // one huge value
			if x[i] = r.Float64(); r.IntN(10) == 0 {
				x[i] = 1e9
			}
		case 5: // signed halves of the last place
			x[i] = float64(r.IntN(5)-2)*0x1p-53 + float64(r.IntN(2))
		case 6: // as wide as a grid goes, and wider
			x[i] = math.Ldexp(1+r.Float64(), -spread*r.IntN(2)) * float64(1-2*r.IntN(2))
		default:
			x[i] = r.Float64()
		}
	}
	return x
}

// The kernel is equal to the exact path bit for bit: any replacement of it must
// pass this.
func TestKernelEqualsExactSums(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	compared := 0
	var g exact.Grid
	for range 3_000 {
		x := series(r, 1+r.IntN(200))
		m := exact.MagnitudesOf(x)
		if !g.Fits(m, len(x)) { // else that of another series must do
			var ok bool
			if g, ok = exact.NewGrid(m, len(x)); !ok {
				continue
			}
		}
		var w workspace
		s := &w.half
		s.Resize(len(x), len(x))
		require.True(t, s.Cut(x, g))
		width, end := 1+r.IntN(len(x)), r.IntN(len(x))
		wanted, out := randomSlots(r, len(x)+1-end)
		for k := range min(max(0, width-end), len(out)) {
			wanted[k>>6] &^= 1 << (k & 63)
		}
		s.Slide(out, wanted, end, width, exact.NewDivisor(width))
		for k, got := range out {
			if !wanted.Has(k) {
				require.Equal(t, unwanted, got)
				continue
			}
			requireExact(t, x[k+end-width:k+end], got)
			compared++
		}
		// Of any width below 64, each ending one place after the one before.
		wanted, out = randomSlots(r, len(x)+1-end)
		widths := make([]uint8, len(wanted)*64)
		for k := range out {
			widths[k] = uint8(r.IntN(min(end+k, 63) + 1))
		}
		w.makeDivisors(int32(len(x)))
		s.SlideNarrow(out, wanted, end, widths, (*[64]exact.Divisor)(w.counts))
		for k, got := range out {
			if !wanted.Has(k) {
				require.Equal(t, unwanted, got)
				continue
			}
			requireExact(t, x[k+end-int(widths[k]):k+end], got)
			compared++
		}
		from, to := randomWindows(r, len(x), len(x))
		for _, kind := range []kind{mean, sum} {
			wanted, out = randomSlots(r, len(from))
			w.makeDivisors(int32(len(x)))
			by := w.divisors(kind)
			s.SlideAnyhow(out, wanted, from, to, 100, by)
			for k, got := range out {
				if !wanted.Has(k) {
					require.Equal(t, unwanted, got)
					continue
				}
				requireQuotient(t, x[from[k]-100:to[k]-100], by[to[k]-from[k]].N, got)
				compared++
			}
		}
	}
	require.Greater(t, compared, 50_000)
}

// unwanted stands where no window is wanted.
const unwanted = -12345.0

// randomSlots are some wanted slots of n, and room for their values.
func randomSlots(r *rand.Rand, n int) (bitset.Set, []float64) {
	wanted, out := make(bitset.Set, bitset.Words(n)), make([]float64, n)
	for k := range out {
		if out[k] = unwanted; r.IntN(4) > 0 {
			wanted.Add(k)
		}
	}
	return wanted, out
}

// randomWindows are windows of at most so many places from base 100 on, most of
// them ascending.
func randomWindows(r *rand.Rand, places, most int) (from, to []int32) {
	a := 0
	for range 30 {
		if a = min(a+r.IntN(3), places); r.IntN(20) == 0 {
			a = r.IntN(places)
		}
		b := min(a+r.IntN(most+1), places)
		from, to = append(from, int32(100+a)), append(to, int32(100+b))
	}
	return from, to
}

func requireExact(t *testing.T, x []float64, got float64) {
	t.Helper()
	requireQuotient(t, x, float64(max(1, len(x))), got)
}

func requireQuotient(t *testing.T, x []float64, n, got float64) {
	t.Helper()
	if want := exact.SumOver(x, uint32(n)); math.Float64bits(got) != math.Float64bits(want) {
		require.Equal(t, want, got, "%v over %g", x, n)
	}
}

// rationalMean is the mean by rational arithmetic, which nothing here computes with.
func rationalMean(x []float64, n int64) float64 {
	sum := new(big.Rat)
	for _, v := range x {
		sum.Add(sum, new(big.Rat).SetFloat64(v))
	}
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
			if v := math.Float64frombits(b); finite(v) {
				x = append(x, v)
			}
		}
		if len(x) == 0 {
			return
		}
		for _, n := range []int64{1, int64(len(x)), 7} {
			if got, want := exact.SumOver(x, uint32(n)), rationalMean(x, n); got != want {
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
			got := divided(c.x, float64(len(c.x)))
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
		if got, want := divided(x, float64(len(x))), rationalMean(x, int64(len(x))); got != want {
			require.Equal(t, want, got, "%v", x)
		}
	}
}

func TestDeviationOfConstantsIsZero(t *testing.T) {
	var j judge
	for _, v := range []float64{0.1, 1e300, math.SmallestNonzeroFloat64, -7.3} {
		x := []float64{v, v, v, v, v, v, v}
		require.Zero(t, j.deviation(values{kind: float64Kind, x: x}, 7))
	}
	require.Zero(t, j.deviation(values{kind: int64Kind, i: []int64{math.MaxInt64, math.MaxInt64}}, 2))
}

func TestDeviationIsWithinFourUlp(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	worst := uint64(0)
	var j judge
	for range 5_000 {
		x := series(r, 2+r.IntN(30))
		scale := math.Ldexp(1, []int{0, 0, -1040, 960, 300}[r.IntN(5)])
		for i := range x {
			x[i] *= scale
		}
		got := j.deviation(values{kind: float64Kind, x: x}, len(x)-1)
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
	mean, squares := new(big.Rat), new(big.Rat)
	for _, v := range x {
		mean.Add(mean, new(big.Rat).SetFloat64(v))
	}
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

func TestRatioIsCorrectlyRounded(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	var j judge
	for range 5_000 {
		x, y := series(r, 1+r.IntN(12)), series(r, 1+r.IntN(12))
		num, den := new(big.Rat), new(big.Rat)
		for _, v := range x {
			num.Add(num, new(big.Rat).SetFloat64(v))
		}
		for _, v := range y {
			den.Add(den, new(big.Rat).SetFloat64(v))
		}
		got, reason := j.ratio(values{kind: float64Kind, x: x}, values{kind: float64Kind, x: y})
		switch {
		case den.Sign() != 0:
			want, _ := num.Quo(num, den).Float64()
			require.Equal(t, Whole, reason)
			if got.f != want {
				require.Equal(t, want, got.f, "%v / %v", x, y)
			}
		case num.Sign() == 0:
			require.Equal(t, Undefined, reason)
		default:
			require.Equal(t, NonFinite, reason)
		}
	}
}

func TestNumericRoundsHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct {
		values []string
		mean   string
	}{
		{[]string{"0.000000001", "0"}, "0.000000001"},
		{[]string{"-0.000000001", "0"}, "-0.000000001"},
		{[]string{"0.000000001", "0", "0"}, "0"},
		{[]string{"1", "0", "0"}, "0.333333333"},
		{[]string{"2", "0", "0"}, "0.666666667"},
		{[]string{"99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999"}, "99999999999999999999999999999.999999999"},
		{[]string{"-99999999999999999999999999999.999999999", "99999999999999999999999999999.999999999"}, "0"},
	} {
		var n []Numeric
		for _, s := range c.values {
			v, err := ParseNumeric(s)
			require.NoError(t, err)
			require.Equal(t, s, v.String())
			n = append(n, v)
		}
		z, reason := ofNumerics(mean, n)
		require.Equal(t, Whole, reason)
		require.Equal(t, c.mean, z.n.String(), "%v", c.values)
	}
	most, err := ParseNumeric("99999999999999999999999999999.999999999")
	require.NoError(t, err)
	_, reason := ofNumerics(sum, []Numeric{most, most})
	require.Equal(t, NonFinite, reason)
	for _, s := range []string{"", "-", ".", "1e3", "1.0000000001", "100000000000000000000000000000", "--1", "+1", "1.2.3"} {
		_, err := ParseNumeric(s)
		require.Error(t, err, s)
	}
}
