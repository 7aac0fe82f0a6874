package exact

import (
	"math"
	"math/bits"
)

// A grid is fit to cut a run of values.
type grid struct {
	k int
	c float64 // 1.5·2^k; 0 is no grid
}

// newGrid returns the grid for so many values of these magnitudes, if there is
// one. It lies in the middle of those that would do, so that it is likely to do
// for the values that follow.
func newGrid(m magnitudes, n int) (grid, bool) {
	least, most := m.grids(n)
	if least > most {
		return grid{}, false
	}
	k := (least + most) >> 1
	return grid{k, 1.5 * math.Float64frombits(uint64(k+1023)<<52)}, true
}

// fits reports whether the grid does for so many values of these magnitudes.
func (g grid) fits(m magnitudes, n int) bool {
	least, most := m.grids(n)
	return g.c != 0 && least <= g.k && g.k <= most
}

// within returns between which limits the magnitudes of n values must be, as their
// bits doubled; the least one less one. 0 is always fit.
func (g grid) within(n int) (least, most uint64) {
	if g.c == 0 {
		return math.MaxUint64, 0
	}
	lengthOfN := bits.Len(uint(n))
	low, high := max(-safe, g.k+lengthOfN-52), min(safe, g.k-2-lengthOfN)
	return uint64(low+1023)<<53 - 1, uint64(high+1024)<<53 - 1
}

// safe is how many binary orders of magnitude up or down nothing under- or overflows.
const safe = 800

// grids returns the least and the greatest k that do for n values.
func (m magnitudes) grids(n int) (least, most int) {
	if m.most == 0 {
		return -safe, safe // all are 0
	}
	low, high := exponent(m.leastLess1+1), exponent(m.most)
	if low < -safe || high > safe {
		return 1, 0
	}
	lengthOfN := bits.Len(uint(n)) // n < 2^lengthOfN
	return high + 2 + lengthOfN, low + 52 - lengthOfN
}

// exponent returns e with 2^e ≤ x < 2^(e+1), for the bits of a normal x > 0.
func exponent(x uint64) int { return int(x>>52) - 1023 }

// Infinite is the least magnitude, as bits, that is no finite number.
const Infinite = 0x7ff << 52

// Magnitude returns the bits of a float's magnitude, whose order is that of the
// magnitudes, given its own.
func Magnitude(bits uint64) uint64 { return bits &^ (1 << 63) }

// magnitudes are the least nonzero and the greatest magnitude of what was seen,
// as bits. The least is kept less one: that wraps 0 around to beyond all others.
type magnitudes struct{ leastLess1, most uint64 }

var noMagnitudes = magnitudes{leastLess1: math.MaxUint64}

// magnitudesOf returns those of x.
func magnitudesOf(x []float64) magnitudes {
	m := noMagnitudes
	for _, v := range x {
		b := Magnitude(math.Float64bits(v))
		m.leastLess1, m.most = min(m.leastLess1, b-1), max(m.most, b)
	}
	return m
}

// finite is false if there was a NaN or an infinity.
func (m magnitudes) finite() bool { return m.most < Infinite }

// cutSum returns the sum of x as s + t, s being it rounded, for a grid that fits.
func (g grid) cutSum(x []float64) (s, t float64) {
	high, low := 0.0, 0.0
	for _, v := range x {
		q := (v + g.c) - g.c
		high += q
		low += v - q
	}
	return sumOf(high, low)
}
