package rolling

import (
	"math"
	"math/big"

	"github.com/intactdata/intact/rolling/internal/exact"
)

// ratio returns the exact sum of v divided by the exact sum of per, rounded once.
func (j *judge) ratio(v, per values) (number, Reason) {
	s, t, ok := v.pairSum()
	d, e, fits := per.pairSum()
	if ok && fits && d != 0 && s != 0 {
		if y, sure := divide(s, t, d, e); sure {
			return number{f: y}, Whole
		}
	}
	num, den := v.rat(), per.rat()
	if den.Sign() == 0 {
		if num.Sign() == 0 {
			return number{}, Undefined
		}
		return number{}, NonFinite
	}
	y, _ := num.Quo(num, den).Float64()
	if math.IsInf(y, 0) {
		return number{}, NonFinite
	}
	return number{f: y + 0}, Whole
}

// pairSum returns the exact sum as s + t, s being it rounded, where that is
// easily had.
func (v *values) pairSum() (s, t float64, ok bool) {
	switch v.kind {
	case numericKind:
		return 0, 0, false
	case int64Kind:
		n := int64(0)
		for _, i := range v.i {
			if i < -exactInt || i > exactInt || n < -exactInt || n > exactInt {
				return 0, 0, false
			}
			n += i
		}
		return float64(n), 0, -exactInt <= n && n <= exactInt
	}
	g, ok := exact.NewGrid(exact.MagnitudesOf(v.x), len(v.x))
	if ok {
		s, t = g.CutSum(v.x)
	}
	return s, t, ok
}

// divide returns (s+t)/(d+e) rounded, and whether that is certain: the quotient
// is known to 2^-45 of its last place, and what lies nearer to the middle
// between two floats than 2^-40 is left to exact arithmetic.
func divide(s, t, d, e float64) (y float64, sure bool) {
	const safe = 1e-200
	if m := math.Abs(s); m < safe || m > 1/safe {
		return 0, false
	}
	if m := math.Abs(d); m < safe || m > 1/safe {
		return 0, false
	}
	q := s / d
	if m := math.Abs(q); m < safe || m > 1/safe {
		return 0, false
	}
	r := math.FMA(-q, d, s) + float64(t-float64(q*e))
	c := r / d
	y = q + c
	low := (q - y) + c
	return y, y+float64(low*undecided) == y
}

// undecided is how much the error of a quotient is stretched before asking
// whether it could still round another way.
const undecided = 1 + 1.0/(1<<40)

// rat returns the exact sum.
func (v *values) rat() *big.Rat {
	switch v.kind {
	case float64Kind:
		var a exact.Accumulator
		for _, x := range v.x {
			a.Add(x)
		}
		return new(big.Rat).SetFrac(a.Int(), new(big.Int).Lsh(big.NewInt(1), 1074))
	case int64Kind:
		var w wide
		for _, i := range v.i {
			w.add(widen(i))
		}
		return new(big.Rat).SetInt(w.big())
	}
	var w wide
	for _, n := range v.n {
		w.add(n)
	}
	return new(big.Rat).SetFrac(w.big(), big.NewInt(1e9))
}
