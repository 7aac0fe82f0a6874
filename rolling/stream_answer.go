package rolling

import "math"

// An Answer is a window's value or why it is refused, with what stands behind it.
type Answer struct {
	Detail
	value  number
	result valueKind
}

// Float64 returns the value and the reason. It is NaN unless the reason is
// [Whole]. Of another type than FLOAT64 there is no answer, and so no reason
// either: it is 0.
func (a *Answer) Float64() (float64, Reason) {
	switch {
	case a.result != float64Kind:
		return math.NaN(), 0
	case a.Reason != Whole:
		return math.NaN(), a.Reason
	}
	return a.value.f, Whole
}

// Int64 is Float64 for INT64; the value is 0 unless the reason is [Whole].
func (a *Answer) Int64() (int64, Reason) {
	switch {
	case a.result != int64Kind:
		return 0, 0
	case a.Reason != Whole:
		return 0, a.Reason
	}
	return a.value.i, Whole
}

// Numeric is Float64 for NUMERIC; the value is 0 unless the reason is [Whole].
func (a *Answer) Numeric() (Numeric, Reason) {
	switch {
	case a.result != numericKind:
		return Numeric{}, 0
	case a.Reason != Whole:
		return Numeric{}, a.Reason
	}
	return a.value.n, Whole
}
