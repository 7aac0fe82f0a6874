package exact

import (
	"math"
	"math/big"
)

// A Pair is an exact sum as two floats, the first of them being it rounded.
type Pair struct{ s, t float64 }

// PairOf returns the sum of x, where a pair of it is easily had.
func PairOf(x []float64) (Pair, bool) {
	g, ok := newGrid(magnitudesOf(x), len(x))
	if !ok {
		return Pair{}, false
	}
	s, t := g.cutSum(x)
	return Pair{s, t}, true
}

// PairOfInts is PairOf for integers.
func PairOfInts(ints []int64) (Pair, bool) {
	n := int64(0)
	for _, i := range ints {
		if i < -exactInt || i > exactInt || n < -exactInt || n > exactInt {
			return Pair{}, false
		}
		n += i
	}
	return Pair{s: float64(n)}, -exactInt <= n && n <= exactInt
}

// Over returns p divided by q, rounded once, and whether that is certain: the quotient
// is known to 2^-45 of its last place, and what lies nearer to the middle between two
// floats than 2^-40 is left to a [Quotient].
func (p Pair) Over(q Pair) (y float64, sure bool) {
	const safe = 1e-200
	s, t, d, e := p.s, p.t, q.s, q.t
	if m := math.Abs(s); m < safe || m > 1/safe {
		return 0, false
	}
	if m := math.Abs(d); m < safe || m > 1/safe {
		return 0, false
	}
	f := s / d
	if m := math.Abs(f); m < safe || m > 1/safe {
		return 0, false
	}
	r := math.FMA(-f, d, s) + float64(t-float64(f*e))
	c := r / d
	y = f + c
	low := (f - y) + c
	return y, y+float64(low*undecided) == y
}

// undecided is how much the error of a quotient is stretched before asking
// whether it could still round another way.
const undecided = 1 + 1.0/(1<<40)

// Rational returns the exact sum of x.
func Rational(x []float64) *big.Rat {
	var a Accumulator
	for _, v := range x {
		a.Add(v)
	}
	return new(big.Rat).SetFrac(a.int(), new(big.Int).Lsh(big.NewInt(1), 1074))
}

// Quotient returns p/q rounded once, as float64 divides: 0/0 is NaN, and anything else
// over 0 or beyond its range is infinite.
func Quotient(p, q *big.Rat) float64 {
	switch {
	case q.Sign() != 0:
		y, _ := new(big.Rat).Quo(p, q).Float64()
		return y + 0
	case p.Sign() == 0:
		return math.NaN()
	}
	return math.Inf(p.Sign())
}
