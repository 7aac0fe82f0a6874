package rolling

import (
	"math"

	"github.com/intactdata/intact/rolling/internal/exact"
)

// A Value is one value of an observation, or NULL, which is its zero value.
type Value struct {
	word uint64
	high int64 // of a NUMERIC
	kind valueKind
}

// Float64 is a FLOAT64. NaN and ±Inf are not usable, as if NULL.
func Float64(x float64) Value { return Value{word: math.Float64bits(x), kind: float64Kind} }

// Int64 is an INT64.
func Int64(i int64) Value { return Value{word: uint64(i), kind: int64Kind} }

// Decimal is a NUMERIC.
func Decimal(n Numeric) Value { return Value{word: n.Lo, high: n.Hi, kind: numericKind} }

// float64 returns a FLOAT64.
func (v Value) float64() float64 { return math.Float64frombits(v.word) }

// numeric returns a NUMERIC.
func (v Value) numeric() Numeric { return Numeric{Lo: v.word, Hi: v.high} }

// usable reports whether the value can be computed with.
func (v Value) usable() bool {
	return v.kind != 0 && (v.kind != float64Kind || exact.Magnitude(v.word) < exact.Infinite)
}

func (v *values) append(x Value) {
	switch v.kind {
	case float64Kind:
		v.x = append(v.x, x.float64())
	case int64Kind:
		v.i = append(v.i, int64(x.word))
	default:
		v.n = append(v.n, x.numeric())
	}
}
