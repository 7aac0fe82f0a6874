package exact

import (
	"math"
	"math/bits"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// The kernel: many exact window sums over one run of values, each divided by
// its count and rounded once.
//
// # How a sum is exact
//
// A grid is a power of two g = 2^(k−52) with 2^k ≥ 2·N·max|x|, N the number of
// values in the run. Adding and subtracting 1.5·2^k cuts each value in two,
//
//	q = (1.5·2^k + x) − 1.5·2^k    x rounded to the grid
//	r = x − q                      the rest, at most g/2, exact
//
// The q are multiples of g, and any N of them stay within 2^53·g: their sum is
// exact in plain float64 whatever the order. The r are multiples of
// u = 2^(e−52), e the exponent of the smallest nonzero |x|, and any N of them stay
// within N·g/2: their sum is exact too if N·2^(k−e) ≤ 2^54. So over nine
// decades of magnitudes in a thousand values, twelve in ten, two plain sums make
// an exact one. A run that is wider is halved, down to windows by themselves; what
// is too wide even so goes to the accumulator.
//
// # How it slides
//
// Both cuts are summed from the beginning of the run on, and the sum over a window
// [from, to) is the running sum at to less the one at from. That loses nothing, as
// it would elsewhere: each running sum is exact, whatever has passed by, and so is
// the difference of two, being a sum of no more than N cuts itself. A place costs
// two additions whatever the width and the number of the windows. What stands at
// null places is summed with the rest; the windows that have one are not wanted, and
// those that are wanted are the bits of a word, found one after the other.
//
// # How it is rounded
//
// The two sums are added without error to s + t: that takes three operations,
// since the first is a multiple of the last place of the second. Then
//
//	q = s·(1/n)    e = ((s − q·n) + t) / n    result q + e
//
// where s − q·n is exact in a fused multiplication, and so is adding t: both are
// multiples of u and small. The result is the right one for every input of the
// grid. It could be wrong only if a middle m between two neighbouring floats had
// m − q equal to e and not to the quotient that e was rounded from. But n·(m−q)
// and that quotient times n are both multiples of u, or of a quarter of the
// result's last place where that is less: if they differ at all, they differ by
// more than the rounding of e can hide, for that is 2^-53 of it, and the grid
// keeps N·2^(k−e) at 2^52 or less.

// sums are the running sums of both cuts of some values: that of the first i at
// before+i. What is before is room for windows that would begin there.
type sums struct {
	high, low []float64
	before    int
}

// resize makes room for the sums of n values, and for words of windows that are up
// to so many values wide.
func (s *sums) resize(n, width int) {
	s.before = width
	s.high, s.low = memory.Resized(s.high, width+n+1+64), memory.Resized(s.low, width+n+1+64)
}

// cut sets the sums to those of x and reports true, or false if the grid does not
// fit x.
func (s sums) cut(x []float64, g grid) bool {
	s.high[s.before], s.low[s.before] = 0, 0
	highs, lows := s.high[s.before+1:][:len(x)], s.low[s.before+1:][:len(x)]
	high, low := 0.0, 0.0
	least, most := g.within(len(x))
	for i, v := range x {
		// Twice the bits are those of the magnitude. 0 less one is beyond any least.
		if b := math.Float64bits(v) << 1; b-1 < least || b > most {
			return false
		}
		q := (v + g.c) - g.c
		high += q
		low += v - q
		highs[i], lows[i] = high, low
	}
	return true
}

// sumOf returns the sum of both cuts as s + t, s being it rounded.
func sumOf(high, low float64) (s, t float64) {
	s = high + low
	return s, low - (s - high)
}

// quotient returns (s+t)/n correctly rounded, for s and t of a grid, −n and the
// reciprocal of n.
func quotient(s, t, n, minusN, inverse float64) float64 {
	q := float64(s * inverse) // the conversion forbids to fuse it
	return q + (math.FMA(q, minusN, s)+t)/n
}

// Slide sets each wanted out[k] to the sum over a window divided by n. Window k
// ends with the value before end+k and is so many values wide.
func (s sums) Slide(out []float64, wanted bitset.Set, end, width int, by Divisor) {
	var rest [64]float64
	for i, word := range wanted {
		o, at := sixtyFour(out, i<<6, &rest), end+i<<6
		fromHigh, fromLow := s.at(at - width)
		toHigh, toLow := s.at(at)
		slide64(o, word, fromHigh, fromLow, toHigh, toLow, by)
		if o == &rest {
			copy(out[i<<6:], rest[:])
		}
	}
}

// slide64 is Slide for as many windows as a word has bits.
func slide64(out *[64]float64, wanted uint64, fromHigh, fromLow, toHigh, toLow *[64]float64, by Divisor) {
	// As slices none of them is looked at for nil in each turn.
	o, fh, fl, th, tl := out[:], fromHigh[:], fromLow[:], toHigh[:], toLow[:]
	n, minusN, inverse := by.n, by.minusN, by.inverse
	for ; wanted != 0; wanted &= wanted - 1 {
		k := bits.TrailingZeros64(wanted) & 63
		sum, rest := sumOf(th[k]-fh[k], tl[k]-fl[k])
		o[k] = quotient(sum, rest, n, minusN, inverse)
	}
}

// SlideNarrow is Slide for windows of any width below 64, each divided by what
// belongs to its width. There is room for words of widths.
func (s sums) SlideNarrow(out []float64, wanted bitset.Set, end int, width []uint8, by *[64]Divisor) {
	var rest [64]float64
	high, low := s.high[s.before:], s.low[s.before:]
	for i, word := range wanted {
		o, at := sixtyFour(out, i<<6, &rest), end+i<<6
		toHigh, toLow := s.at(at)
		slideNarrow64(o, word, high, low, at, toHigh, toLow, (*[64]uint8)(width[i<<6:]), by)
		if o == &rest {
			copy(out[i<<6:], rest[:])
		}
	}
}

// slideNarrow64 is SlideNarrow for as many windows as a word has bits.
func slideNarrow64(out *[64]float64, wanted uint64, high, low []float64, end int, toHigh, toLow *[64]float64, width *[64]uint8, by *[64]Divisor) {
	o, th, tl, w, d := out[:], toHigh[:], toLow[:], width[:], by[:]
	low = low[:len(high)]
	for ; wanted != 0; wanted &= wanted - 1 {
		k := bits.TrailingZeros64(wanted) & 63
		wide := w[k]
		from, div := end+k-int(wide), &d[wide&63]
		sum, rest := sumOf(th[k]-high[from], tl[k]-low[from])
		o[k] = quotient(sum, rest, div.n, div.minusN, div.inverse)
	}
}

// at returns 64 sums from the one of the first i values on.
func (s sums) at(i int) (high, low *[64]float64) {
	i += s.before
	return (*[64]float64)(s.high[i:]), (*[64]float64)(s.low[i:])
}

// sixtyFour returns 64 of out from the given one on, or rest with those that there are.
func sixtyFour(out []float64, from int, rest *[64]float64) *[64]float64 {
	if from+64 <= len(out) {
		return (*[64]float64)(out[from:])
	}
	copy(rest[:], out[from:])
	return rest
}

// SlideAnyhow is Slide for windows that begin and end anywhere, counted from base,
// each divided by what belongs to its width.
func (s sums) SlideAnyhow(out []float64, wanted bitset.Set, from, to []int32, base int32, by []Divisor) {
	high, low := s.high[s.before:], s.low[s.before:]
	for i, word := range wanted {
		for ; word != 0; word &= word - 1 {
			k := i<<6 + bits.TrailingZeros64(word)
			if k >= len(out) {
				break
			}
			begin, end, d := from[k]-base, to[k]-base, &by[to[k]-from[k]]
			sum, rest := sumOf(high[end]-high[begin], low[end]-low[begin])
			out[k] = quotient(sum, rest, d.n, d.minusN, d.inverse)
		}
	}
}
