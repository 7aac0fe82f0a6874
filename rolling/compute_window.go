package rolling

import (
	"math"
	"math/big"
	"slices"

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

// A judge computes statistics of one window at a time, exactly. It holds the
// memory that it works in.
type judge struct {
	floats []float64
}

// evaluate computes a statistic over one window with at least one value.
func (j *judge) evaluate(k kind, v, per values, places int) (number, Reason) {
	switch k {
	case count:
		return number{i: int64(places)}, Whole
	case ratio:
		return asNumber(v.ratio(&per))
	case mean, stddevPop, stddevSamp:
		v = j.asFloats(v)
	}
	switch {
	case k == stddevPop:
		return asNumber(v.deviation(places))
	case k == stddevSamp:
		return asNumber(v.deviation(places - 1))
	case v.kind == float64Kind:
		return asNumber(ofFloats(k, v.x))
	case v.kind == int64Kind:
		return ofInts(k, v.i)
	}
	return ofNumerics(k, v.n)
}

// asFloats returns integers as floats, if all of them are exact. Which way is taken
// depends on the window alone, so that the same window has the same bits wherever it
// is computed.
func (j *judge) asFloats(v values) values {
	if v.kind != int64Kind {
		return v
	}
	var exactly bool
	if j.floats, exactly = exact.Floats(j.floats[:0], v.i); exactly {
		return values{kind: float64Kind, x: j.floats}
	}
	return v
}

// asNumber is a float that was computed as float64 computes: NaN is no value, and what
// is infinite is out of range.
func asNumber(f float64) (number, Reason) {
	switch {
	case math.IsNaN(f):
		return number{}, Undefined
	case math.IsInf(f, 0):
		return number{}, NonFinite
	}
	return number{f: f}, Whole
}

func ofFloats(k kind, x []float64) float64 {
	switch k {
	case mean:
		return exact.Mean(x)
	case sum:
		return exact.Sum(x)
	case smallest:
		return slices.Min(x) + 0 // so that −0 is 0
	}
	return slices.Max(x) + 0
}

func ofInts(k kind, ints []int64) (number, Reason) {
	switch k {
	case mean:
		return number{f: exact.MeanOfInts(ints)}, Whole
	case smallest:
		return number{i: slices.Min(ints)}, Whole
	case largest:
		return number{i: slices.Max(ints)}, Whole
	}
	i, ok := exact.SumOfInts(ints).Int64()
	if !ok {
		return number{}, NonFinite
	}
	return number{i: i}, Whole
}

func ofNumerics(k kind, n []Numeric) (number, Reason) {
	divisor := 1
	switch k {
	case smallest:
		return number{n: slices.MinFunc(n, Numeric.Compare)}, Whole
	case largest:
		return number{n: slices.MaxFunc(n, Numeric.Compare)}, Whole
	case mean:
		divisor = len(n)
	}
	// Rounded half away from zero, as BigQuery does.
	q, ok := sumOfNumerics(n).Over(uint64(divisor))
	if z := Numeric(q); ok && z.inRange() {
		return number{n: z}, Whole
	}
	return number{}, NonFinite
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
