package exact

import (
	"math"
	"math/big"
)

// Deviation returns sqrt(Σ(x−mean)²/divisor) within 4 ulp, 0 for constants, and NaN
// for a divisor of 0.
//
// It works in two passes, the mean to twice the precision and the squares summed with
// their rounding errors kept. An error δ of the mean moves the sum of squares by nδ²
// only, and δ is 2^-100 of the greatest value, so that what is left is the rounding of
// each difference, of each square, of the quotient and of the root.
func Deviation(x []float64, divisor int) float64 {
	if divisor == 0 {
		return math.NaN()
	}
	least, most := x[0], x[0]
	for _, v := range x {
		least, most = min(least, v), max(most, v)
	}
	if least == most {
		return 0
	}
	// Squares must neither overflow nor vanish. Scaling by a power of two is
	// exact but for what is negligible beside the greatest value.
	scale := 0
	if _, e := math.Frexp(max(-least, most)); e < -400 || e > 400 {
		scale = -e
	}
	at := func(i int) float64 {
		if scale == 0 {
			return x[i]
		}
		return math.Ldexp(x[i], scale)
	}

	var s, t float64
	for i := range x {
		v := at(i)
		var e float64
		s, e = twoSum(s, v)
		t += e
	}
	n := float64(len(x))
	m := s / n
	mLow := (math.FMA(-m, n, s) + t) / n

	var squares, rest float64
	for i := range x {
		d, low := twoSum(at(i), -m)
		d += low - mLow
		p := float64(d * d)
		var e float64
		squares, e = twoSum(squares, p)
		rest += math.FMA(d, d, -p) + e
	}
	return math.Ldexp(math.Sqrt((squares+rest)/float64(divisor)), -scale)
}

// DeviationOfIntegers is Deviation for n integers in units of 1/unit. It is exact up
// to the last roundings: n·Σx² − (Σx)² over n·divisor.
func DeviationOfIntegers(n, divisor int, unit float64, value func(i int) *big.Int) float64 {
	if divisor == 0 {
		return math.NaN()
	}
	var sum, squares big.Int
	for i := range n {
		x := value(i)
		sum.Add(&sum, x)
		squares.Add(&squares, x.Mul(x, x))
	}
	squares.Mul(&squares, big.NewInt(int64(n)))
	squares.Sub(&squares, sum.Mul(&sum, &sum))
	if squares.Sign() == 0 {
		return 0
	}
	var v, d big.Float
	v.SetPrec(256).SetInt(&squares)
	d.SetPrec(256).SetInt64(int64(n) * int64(divisor))
	v.Quo(&v, &d)
	v.Sqrt(&v)
	v.Quo(&v, d.SetFloat64(unit))
	f, _ := v.Float64()
	return f
}

// twoSum returns a + b rounded, and the exact rest.
func twoSum(a, b float64) (s, rest float64) {
	s = a + b
	u := s - a
	return s, (a - (s - u)) + (b - u)
}
