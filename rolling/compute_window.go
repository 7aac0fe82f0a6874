package rolling

import (
	"math"

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

func (v *values) slice(from, to int32) values {
	s := values{kind: v.kind}
	if v.x != nil {
		s.x = v.x[from:to]
	}
	if v.i != nil {
		s.i = v.i[from:to]
	}
	if v.n != nil {
		s.n = v.n[from:to]
	}
	return s
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

// A judge computes statistics of one window at a time, exactly. It holds the
// memory that it works in.
type judge struct {
	floats []float64
}

// evaluate computes a statistic over one window with at least one value.
func (j *judge) evaluate(k kind, v, per values, places int) (number, Reason) {
	var z number
	switch {
	case k == count:
		z.i = int64(places)
	case k == ratio:
		return j.ratio(v, per)
	case k == stddevPop || k == stddevSamp:
		divisor := places
		if k == stddevSamp {
			divisor--
		}
		if divisor == 0 {
			return z, Undefined
		}
		z.f = j.deviation(v, divisor)
	case v.kind == float64Kind:
		z.f = ofFloats(k, v.x)
	case v.kind == int64Kind:
		return j.ofInts(k, v)
	default:
		return ofNumerics(k, v.n)
	}
	if math.IsInf(z.f, 0) {
		return number{}, NonFinite
	}
	return z, Whole
}

func ofFloats(k kind, x []float64) float64 {
	switch k {
	case mean:
		return divided(x, float64(len(x)))
	case sum:
		return divided(x, 1)
	}
	m := x[0]
	for _, v := range x[1:] {
		if k == smallest && v < m || k == largest && v > m {
			m = v
		}
	}
	return m + 0 // so that −0 is 0
}

// divided returns the sum of x divided by n.
func divided(x []float64, n float64) float64 {
	if g, ok := exact.NewGrid(exact.MagnitudesOf(x), len(x)); ok {
		s, t := g.CutSum(x)
		return exact.Quotient(s, t, n, -n, 1/n)
	}
	return exact.SumOver(x, uint32(n))
}
