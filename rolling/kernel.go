package rolling

import "math"

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
// thirteen decades of magnitudes two plain sums make an exact one; a run that
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
// The two sums are added without error to s + t, and q = s·(1/n) is corrected by
// the exact remainder s − q·n. What is left undecided are values at the middle
// between two floats, or within 2^-41 of it relative to the last place: nearest
// settles them by an exact comparison. There is no case that it gives up on.

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
	lengthOfN := exponent(float64(n)) + 1 // n < 2^lengthOfN
	k := high + 2 + lengthOfN             // 2·n·most < 2^k
	if low < -safe || high > safe || lengthOfN+k-low > 54 {
		return grid{}
	}
	return grid{c: 1.5 * math.Float64frombits(uint64(k+1023)<<52), ok: true}
}

// exponent returns e with 2^e ≤ x < 2^(e+1), for a normal x > 0.
func exponent(x float64) int {
	return int(math.Float64bits(x)>>52&0x7ff) - 1023
}

// slide sets dst[w] to the sum of x over the places from[w] up to to[w], counted
// from base, divided by their number if average is set, correctly rounded. c is
// that of a grid fit for x and the windows.
// The windows may come in any order, and are quick when they ascend. high and
// low are scratch, as long as x and one more.
func slide(dst, x []float64, from, to []int32, base int32, c float64, average bool, high, low []float64) {
	var (
		pivot, end = int32(0), int32(0) // low sums cover [·, pivot), the growing one [pivot, end)
		floor      = int32(0)           // from where the kept sums are good
		backH      = 0.0
		backL      = 0.0
		n, inverse = 1.0, 1.0
		places     = int32(-1)
	)
	high[0], low[0] = 0, 0
	from, to = from[:len(dst)], to[:len(dst)]
	for w := range dst {
		a, b := from[w]-base, to[w]-base
		if a > pivot || a < floor || b < end {
			h, l := 0.0, 0.0
			high[b], low[b] = 0, 0
			for i := b - 1; i >= a; i-- {
				v := x[i]
				q := (v + c) - c
				h += q
				l += v - q
				high[i], low[i] = h, l
			}
			pivot, end, floor, backH, backL = b, b, a, 0, 0
		}
		for ; end < b; end++ {
			v := x[end]
			q := (v + c) - c
			backH += q
			backL += v - q
		}
		s, t := twoSum(high[a]+backH, low[a]+backL)
		if b-a != places {
			if places = b - a; average && places > 0 {
				n, inverse = float64(places), 1/float64(places)
			}
		}

		q := s * inverse
		// The conversions keep the compiler from fusing what must round twice.
		e := float64((math.FMA(-q, n, s) + t) * inverse)
		y := q + e
		if d := float64((q - y) + e); y+float64(d*undecided) != y {
			y = nearest(s, t, n, y)
		}
		dst[w] = y
	}
}

// undecided is how much the error of a quotient is stretched before asking
// whether it could still round another way: 2^-40, when it is known to 2^-49 of
// the last place.
const undecided = 1 + 1.0/(1<<40)

// nearest returns (s+t)/n rounded to nearest even, given a float64 next to it;
// s+t is s rounded. The residual s+t − y·n is exact in two parts, and half the
// step to the neighbour times n is exact in one, so that they compare exactly.
func nearest(s, t, n, y float64) float64 {
	for {
		d := math.FMA(-y, n, s)
		r, rest := twoSum(d, t)
		if r == 0 {
			return y
		}
		z := math.Nextafter(y, math.Copysign(math.Inf(1), r))
		half := (z - y) / 2 * n
		if r < 0 {
			r, rest, half = -r, -rest, -half
		}
		switch {
		case r < half || r == half && rest < 0:
			return y
		case r == half && rest == 0:
			if math.Float64bits(y)&1 == 0 {
				return y
			}
			return z
		}
		y = z
	}
}

// twoSum returns a + b rounded, and the exact rest.
func twoSum(a, b float64) (s, rest float64) {
	s = a + b
	u := s - a
	return s, (a - (s - u)) + (b - u)
}
