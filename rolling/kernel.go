package rolling

import (
	"math"
	"math/bits"
)

// The kernel: many exact window sums over one run of values, each divided by
// its count and rounded once.
//
// # How a sum is exact
//
// A grid is a power of two g = 2^(k−52) with 2^k ≥ 2·N·max|x|, N the most
// values in a window. Adding and subtracting 1.5·2^k cuts each value in two,
//
//	q = (1.5·2^k + x) − 1.5·2^k    x rounded to the grid
//	r = x − q                      the rest, at most g/2, exact
//
// The q are multiples of g, and any N of them stay within 2^53·g: their sum is
// exact in plain float64 whatever the order. The r are multiples of
// u = 2^(e−52), e the exponent of the smallest nonzero |x|, and any N of them stay
// within N·g/2: their sum is exact too if N·2^(k−e) ≤ 2^54. So over some
// twelve decades of magnitudes two plain sums make an exact one; a run that
// is wider goes to the accumulator, window by window.
//
// # How it slides
//
// A window [from, to) is split at a pivot: sums from every place down from the
// pivot are kept, and one sum grows behind it. When from passes the pivot, the
// pivot moves to the newest place. So a place costs three additions whatever the
// width of the windows, and nothing that leaves is ever subtracted.
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

// A grid is fit to cut a run of values for windows of so many.
type grid struct {
	c  float64 // 1.5·2^k
	ok bool
}

// newGrid returns the grid for values whose nonzero magnitudes lie in
// [least, most], in windows of at most n. Both 0 means that all are 0.
func newGrid(least, most float64, n int) grid {
	if most == 0 {
		return grid{c: 1.5, ok: true}
	}
	const safe = 800 // binary orders of magnitude within which nothing under- or overflows
	low, high := exponent(least), exponent(most)
	lengthOfN := bits.Len(uint(n))        // n < 2^lengthOfN
	k := high + 2 + lengthOfN             // 2·n·most < 2^k
	if low < -safe || high > safe || lengthOfN+k-low > 52 {
		return grid{}
	}
	return grid{c: 1.5 * math.Float64frombits(uint64(k+1023)<<52), ok: true}
}

// exponent returns e with 2^e ≤ x < 2^(e+1), for a normal x > 0.
func exponent(x float64) int {
	return int(math.Float64bits(x)>>52&0x7ff) - 1023
}

// lanes are the two cuts of a run of values, and what is kept of them.
type lanes struct {
	high, low       []float64 // the cuts of each place
	highSum, lowSum []float64 // from some places up to the pivot
	sum, rest       []float64 // the answer: the exact sums, and them rounded
}

// cut cuts x in two.
func (l *lanes) cut(x []float64, c float64) {
	n := len(x)
	l.high, l.low = resized(l.high, n), resized(l.low, n)
	high, low := l.high[:n], l.low[:n]
	for i, v := range x {
		q := (v + c) - c
		high[i], low[i] = q, v-q
	}
}

// last sets sum[i] + rest[i] to the exact sum over the n places before place i,
// for all i up to one after the last. Where there are fewer than n, it is what
// there is. The pivots are every n places, so that no window is told apart from
// the next.
func (l *lanes) last(n int) {
	places := len(l.high)
	n = min(n, places)
	l.sum, l.rest = resized(l.sum, places+1), resized(l.rest, places+1)
	l.highSum, l.lowSum = zeroed(l.highSum, n+1), zeroed(l.lowSum, n+1)
	l.sum[0], l.rest[0] = 0, 0
	for pivot := 0; pivot < places; pivot += n {
		block := min(n, places-pivot)
		high, low := l.high[pivot:][:block], l.low[pivot:][:block]
		sum, rest := l.sum[pivot+1:][:block], l.rest[pivot+1:][:block]
		keptH, keptL := l.highSum[1:][:block], l.lowSum[1:][:block]
		backH, backL := 0.0, 0.0
		for i := range sum {
			backH += high[i]
			backL += low[i]
			sum[i], rest[i] = sumOf(keptH[i]+backH, keptL[i]+backL)
		}
		if block < n {
			return
		}
		keptH, keptL = l.highSum[:block], l.lowSum[:block]
		backH, backL = 0, 0
		for i := block - 1; i >= 0; i-- {
			backH += high[i]
			backL += low[i]
			keptH[i], keptL[i] = backH, backL
		}
	}
}

// ranges sets sum[w] + rest[w] to the exact sum over the places from[w] up to
// to[w], counted from base. The windows may come in any order, and are quick
// when they ascend.
func (l *lanes) ranges(from, to []int32, base int32) {
	var (
		high, low = l.high, l.low

		pivot, end   = 0, 0 // kept sums reach up to pivot, the growing one from pivot to end
		floor        = 0    // the first place with a kept sum
		backH, backL = 0.0, 0.0
	)
	l.highSum, l.lowSum = resized(l.highSum, len(high)+1), resized(l.lowSum, len(high)+1)
	highSum, lowSum := l.highSum, l.lowSum
	highSum[0], lowSum[0] = 0, 0
	l.sum, l.rest = resized(l.sum, len(from)), resized(l.rest, len(from))
	sum, rest, to := l.sum[:len(from)], l.rest[:len(from)], to[:len(from)]
	for w := range from {
		a, b := int(from[w]-base), int(to[w]-base)
		if a > pivot || a < floor || b < end {
			backH, backL = 0, 0
			highSum[b], lowSum[b] = 0, 0
			for i := b - 1; i >= a; i-- {
				backH += high[i]
				backL += low[i]
				highSum[i], lowSum[i] = backH, backL
			}
			pivot, end, floor, backH, backL = b, b, a, 0, 0
		}
		for ; end < b; end++ {
			backH += high[end]
			backL += low[end]
		}
		sum[w], rest[w] = sumOf(highSum[a]+backH, lowSum[a]+backL)
	}
}

// sumOf returns the sum of both cuts as s + t, s being it rounded.
func sumOf(high, low float64) (s, t float64) {
	s = high + low
	return s, low - (s - high)
}

// quotient returns (s+t)/n correctly rounded, for s and t of a grid.
func quotient(s, t, n, inverse float64) float64 {
	q := float64(s * inverse) // the conversion forbids to fuse it
	return q + (math.FMA(-q, n, s)+t)/n
}

// twoSum returns a + b rounded, and the exact rest.
func twoSum(a, b float64) (s, rest float64) {
	s = a + b
	u := s - a
	return s, (a - (s - u)) + (b - u)
}
