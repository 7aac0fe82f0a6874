package exact

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling/internal/bitset"
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
	var g grid
	for range 3_000 {
		x := series(r, 1+r.IntN(200))
		m := magnitudesOf(x)
		if !g.fits(m, len(x)) { // else that of another series must do
			var ok bool
			if g, ok = newGrid(m, len(x)); !ok {
				continue
			}
		}
		var s sums
		s.resize(len(x), len(x))
		require.True(t, s.cut(x, g))
		width, end := 1+r.IntN(len(x)), r.IntN(len(x))
		wanted, out := randomSlots(r, len(x)+1-end)
		for k := range min(max(0, width-end), len(out)) {
			wanted[k>>6] &^= 1 << (k & 63)
		}
		s.Slide(out, wanted, end, width, newDivisor(width))
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
		var by Divisors
		by.Reach(len(x))
		s.SlideNarrow(out, wanted, end, widths, (*[64]Divisor)(by.Means))
		for k, got := range out {
			if !wanted.Has(k) {
				require.Equal(t, unwanted, got)
				continue
			}
			requireExact(t, x[k+end-int(widths[k]):k+end], got)
			compared++
		}
		from, to := randomWindows(r, len(x), len(x))
		for _, by := range [][]Divisor{by.Means, by.Sums} {
			wanted, out = randomSlots(r, len(from))
			s.SlideAnyhow(out, wanted, from, to, 100, by)
			for k, got := range out {
				if !wanted.Has(k) {
					require.Equal(t, unwanted, got)
					continue
				}
				requireQuotient(t, x[from[k]-100:to[k]-100], by[to[k]-from[k]].n, got)
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
	if want := accumulated(x, uint32(n)); math.Float64bits(got) != math.Float64bits(want) {
		require.Equal(t, want, got, "%v over %g", x, n)
	}
}
