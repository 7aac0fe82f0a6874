package audit

import (
	"fmt"
	"math"

	"github.com/intactdata/intact/quality/expr"
)

// Tolerance is how far a stored value may be from the recomputed one: so much, or so
// much of the larger of the two, whichever is more.
type Tolerance struct {
	Absolute float64
	// Relative also allows for how sums are rounded; 0 is 1e-9.
	Relative float64
}

// Defaults where a column has no scale.
const (
	relative = 1e-9
	absolute = 1e-12 // about 0, where nothing is relative
)

// Decimals is the tolerance of values that are rounded to so many decimals: half a unit
// of the last one.
func Decimals(n int) Tolerance { return Tolerance{Absolute: 0.5 * math.Pow10(-n)} }

// ToleranceOf is that of a stored column which says nothing of its own: half a unit of
// an INT64 and of the ninth decimal of a NUMERIC, and one part in a billion of a FLOAT64,
// which does not tell how it was rounded.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#decimal_types
func ToleranceOf(t expr.Type) Tolerance {
	switch t {
	case expr.Int64:
		return Decimals(0)
	case expr.Numeric:
		return Decimals(9)
	}
	return Tolerance{Absolute: absolute}
}

// Near reports whether two values are equal but for the tolerance.
func (t Tolerance) Near(a, b float64) bool {
	t.Relative = t.relative()
	return t.within(a, b)
}

// within is Near of a tolerance that says how much of the larger one.
func (t *Tolerance) within(a, b float64) bool {
	apart := math.Abs(a - b)
	return apart <= t.Absolute || apart <= t.Relative*math.Abs(a) || apart <= t.Relative*math.Abs(b)
}

func (t Tolerance) relative() float64 {
	if t.Relative == 0 {
		return relative
	}
	return t.Relative
}

// String is how far values may be apart.
func (t Tolerance) String() string { return fmt.Sprintf("%v or %v of it", t.Absolute, t.relative()) }

// check refuses what is no tolerance.
func (t Tolerance) check() error {
	for _, x := range []float64{t.Absolute, t.Relative} {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("tolerance %v is no distance: give a number from 0 on", x)
		}
	}
	return nil
}
