package rolling

import (
	"math"
	"slices"

	"github.com/intactdata/intact/rolling/internal/exact"
)

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
		if v.kind == int64Kind {
			v = j.asFloats(v)
		}
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
