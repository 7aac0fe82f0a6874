package rows

import (
	"math"
	"math/big"
)

// exactFloat is a sum of FLOAT64 values that is exact until it is rounded: parts
// that do not overlap, the least first (J. Shewchuk, Adaptive Precision
// Floating-Point Arithmetic, 1997). What is not finite is kept apart.
type exactFloat struct {
	parts []float64
	other float64 // the sum of what is not finite
	huge  *big.Float
}

// large is where values leave the parts, which must not overflow.
const large = 0x1p1000

func (e *exactFloat) add(x float64) {
	switch {
	case math.IsInf(x, 0) || math.IsNaN(x):
		e.other += x
		return
	case math.Abs(x) > large:
		e.setApart(x)
		return
	}
	kept := 0
	for _, p := range e.parts {
		if math.Abs(x) < math.Abs(p) {
			x, p = p, x
		}
		high := x + p
		if low := p - (high - x); low != 0 {
			e.parts[kept] = low
			kept++
		}
		x = high
	}
	e.parts = append(e.parts[:kept], x)
	if math.Abs(x) > large {
		e.setApart(e.parts...)
		e.parts = e.parts[:0]
	}
}

// setApart adds in a number of any size.
func (e *exactFloat) setApart(values ...float64) {
	if e.huge == nil {
		e.huge = newHuge()
	}
	for _, v := range values {
		e.huge.Add(e.huge, big.NewFloat(v))
	}
}

// newHuge holds any sum of FLOAT64 values without rounding.
func newHuge() *big.Float { return new(big.Float).SetPrec(2200) }

// round is the sum to the nearest even.
func (e *exactFloat) round() float64 {
	if e.other != 0 {
		return e.other
	}
	out, _ := e.exact().Float64()
	return out
}

// exact is the sum of what is finite.
func (e *exactFloat) exact() *big.Rat {
	sum := newHuge()
	if e.huge != nil {
		sum.Add(sum, e.huge)
	}
	for _, p := range e.parts {
		sum.Add(sum, big.NewFloat(p))
	}
	out, _ := sum.Rat(nil)
	return out
}

// floatSum is an exact sum of few FLOAT64 values in two numbers that do not overlap,
// as long as those hold it: most sums of a group never need more.
type floatSum struct {
	high, low float64
	more      *exactFloat
}

// add reports whether two numbers no longer hold the sum.
func (s *floatSum) add(x float64) (apart bool) {
	if s.more == nil {
		high := s.high + x
		rest := twoSumRest(s.high, x, high)
		low := s.low + rest
		if twoSumRest(s.low, rest, low) == 0 && math.Abs(high) <= large {
			sum := high + low
			s.high, s.low = sum, twoSumRest(high, low, sum)
			return false
		}
		s.more = &exactFloat{}
		s.more.add(s.high)
		s.more.add(s.low)
		apart = true
	}
	s.more.add(x)
	return apart
}

// twoSumRest is what a+b lost by being rounded to sum (D. Knuth, TAOCP 4.2.2).
func twoSumRest(a, b, sum float64) float64 {
	bb := sum - a
	return (a - (sum - bb)) + (b - bb)
}

func (s *floatSum) round() float64 {
	if s.more == nil {
		return s.high
	}
	return s.more.round()
}

// exact is the sum, where it is finite.
func (s *floatSum) exact() *big.Rat {
	if s.more != nil {
		return s.more.exact()
	}
	high, low := new(big.Rat).SetFloat64(s.high), new(big.Rat).SetFloat64(s.low)
	return high.Add(high, low)
}

// finite reports whether no value was NaN or infinite.
func (s *floatSum) finite() bool { return s.more == nil || s.more.other == 0 }
