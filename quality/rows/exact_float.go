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
