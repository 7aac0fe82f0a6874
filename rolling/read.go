package rolling

import (
	"math"
	"strconv"

	"github.com/intactdata/intact/rolling/internal/memory"
)

// Windows are the answers to one spec, one per point in the order of the input.
// No value is to be had without its reason or its validity.
type Windows struct {
	res *Result
	a   *answers
}

// Windows returns the answers to the i-th spec of the batch. There are none after
// a Compute that failed: to ask for them panics, as for any spec there is not.
func (res *Result) Windows(i int) Windows { return Windows{res, &res.answers[:res.Specs()][i]} }

// Specs returns the number of specs answered.
func (res *Result) Specs() int {
	if !res.ended {
		return 0
	}
	return len(res.answers)
}

// Spec returns what was asked.
func (w Windows) Spec() Spec { return w.a.spec }

// Len returns the number of points.
func (w Windows) Len() int { return len(w.a.reason) }

// Type returns the type of the values: "FLOAT64", "INT64" or "NUMERIC".
func (w Windows) Type() string { return valueKindNames[w.a.result] }

// Reason returns why the window of point i has a value or none.
func (w Windows) Reason(i int) Reason { return w.a.reason[i] }

// Float64 returns the value as of point i and the reason. It is NaN unless the
// reason is [Whole]. Of another type than FLOAT64 there is no answer, and so no
// reason either: it is 0.
func (w Windows) Float64(i int) (float64, Reason) {
	if w.a.result != float64Kind {
		return math.NaN(), 0
	}
	return w.a.f[i], w.a.reason[i]
}

// Int64 is Float64 for INT64; the value is 0 unless the reason is [Whole].
func (w Windows) Int64(i int) (int64, Reason) {
	if w.a.result != int64Kind {
		return 0, 0
	}
	return w.a.i[i], w.a.reason[i]
}

// Numeric is Float64 for NUMERIC; the value is 0 unless the reason is [Whole].
func (w Windows) Numeric(i int) (Numeric, Reason) {
	if w.a.result != numericKind {
		return Numeric{}, 0
	}
	return w.a.n[i], w.a.reason[i]
}

// Float64s returns all values of a FLOAT64 spec with their validity, which is
// appended to valid[:0]. The values are the result's own; refused slots hold NaN.
// Of other types it returns no values and nothing valid.
func (w Windows) Float64s(valid Bitmap) ([]float64, Bitmap) {
	v := w.validity(valid, float64Kind)
	return w.a.f, v
}

// Int64s is Float64s for INT64; refused slots hold 0.
func (w Windows) Int64s(valid Bitmap) ([]int64, Bitmap) {
	v := w.validity(valid, int64Kind)
	return w.a.i, v
}

// Numerics is Float64s for NUMERIC; refused slots hold 0.
func (w Windows) Numerics(valid Bitmap) ([]Numeric, Bitmap) {
	v := w.validity(valid, numericKind)
	return w.a.n, v
}

func (w Windows) validity(b Bitmap, k valueKind) Bitmap {
	b = memory.Zeroed(b, (len(w.a.reason)+7)/8)
	if w.a.result != k {
		return b
	}
	for i, r := range w.a.reason {
		if r == Whole {
			b.Set(i)
		}
	}
	return b
}

// AppendValue appends the value as of point i to b as text, the shortest that
// reads back as the same number, or nothing where the window is refused.
func (w Windows) AppendValue(b []byte, i int) []byte {
	if w.a.reason[i] != Whole {
		return b
	}
	switch w.a.result {
	case float64Kind:
		return appendFloat(b, w.a.f[i])
	case int64Kind:
		return strconv.AppendInt(b, w.a.i[i], 10)
	}
	return append(b, w.a.n[i].String()...)
}

// appendFloat writes decimals where they are short and an exponent elsewhere.
func appendFloat(b []byte, f float64) []byte {
	if m := math.Abs(f); m != 0 && (m < 1e-6 || m >= 1e21) {
		return strconv.AppendFloat(b, f, 'e', -1, 64)
	}
	return strconv.AppendFloat(b, f, 'f', -1, 64)
}
