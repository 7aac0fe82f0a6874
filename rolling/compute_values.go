package rolling

import (
	"math/big"

	"github.com/intactdata/intact/rolling/internal/exact"
)

// A number is one value of a statistic, in the field of its type.
type number struct {
	f float64
	i int64
	n Numeric
}

// values are the usable values of a column over some places, oldest first.
type values struct {
	kind valueKind
	x    []float64 // of FLOAT64
	i    []int64   // of INT64
	n    []Numeric // of NUMERIC
}

// resultKind returns the type of a statistic over a column of a type.
func resultKind(k kind, column valueKind) valueKind {
	switch {
	case k == count:
		return int64Kind
	case k == stddevPop || k == stddevSamp || k == ratio:
		return float64Kind
	case k == mean && column == int64Kind:
		return float64Kind
	}
	return column
}

func (v *values) deviation(divisor int) float64 {
	switch v.kind {
	case float64Kind:
		return exact.Deviation(v.x, divisor)
	case int64Kind:
		return exact.DeviationOfIntegers(len(v.i), divisor, 1, func(i int) *big.Int { return big.NewInt(v.i[i]) })
	}
	return exact.DeviationOfIntegers(len(v.n), divisor, billion, func(i int) *big.Int { return v.n[i].Big() })
}

// ratio returns the sum of v divided by that of per.
func (v *values) ratio(per *values) float64 {
	p, easily := v.pair()
	q, both := per.pair()
	if easily && both {
		if y, sure := p.Over(q); sure {
			return y
		}
	}
	return exact.Quotient(v.rational(), per.rational())
}

// pair returns the sum as a pair, where that is easily had.
func (v *values) pair() (exact.Pair, bool) {
	switch v.kind {
	case float64Kind:
		return exact.PairOf(v.x)
	case int64Kind:
		return exact.PairOfInts(v.i)
	}
	return exact.Pair{}, false
}

// rational returns the exact sum.
func (v *values) rational() *big.Rat {
	switch v.kind {
	case float64Kind:
		return exact.Rational(v.x)
	case int64Kind:
		return new(big.Rat).SetInt(exact.SumOfInts(v.i).Big())
	}
	return new(big.Rat).SetFrac(sumOfNumerics(v.n).Big(), big.NewInt(billion))
}
