package exact

// Mean returns the exact mean of finite values, rounded once to nearest even.
func Mean(x []float64) float64 { return over(x, float64(len(x))) }

// Sum returns the exact sum of finite values, rounded once to nearest even. One
// beyond the range of float64 is infinite.
func Sum(x []float64) float64 { return over(x, 1) }

// over returns the sum of x divided by n.
func over(x []float64, n float64) float64 {
	if g, ok := newGrid(magnitudesOf(x), len(x)); ok {
		s, t := g.cutSum(x)
		return quotient(s, t, n, -n, 1/n)
	}
	return accumulated(x, uint32(n))
}

// accumulated is over without a grid.
func accumulated(x []float64, n uint32) float64 {
	var a Accumulator
	for _, v := range x {
		a.Add(v)
	}
	return a.Over(n)
}
