package faults

import (
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Freeze has a column stop at one value, the first that it has in the rows where Where
// is TRUE. NULL stays NULL.
type Freeze struct {
	Column string
	Where  expr.Expr
	OneIn  int
}

func (f Freeze) String() string { return "freeze " + f.Column + " in " + rowsIn(f.Where, f.OneIn) }

// Writes is the column.
func (f Freeze) Writes() string { return f.Column }

func (f Freeze) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	return t.write(f, f.Column, f.Where, f.OneIn, r, func(v *expr.Vector) (set, error) {
		if !v.Type.Computable() || v.Type == expr.Null {
			return set{}, &NoEffectError{f, "it has no value that is known"}
		}
		first := -1
		return set{
			changes: func(i int) bool {
				if !v.Valid.Get(i) {
					return false
				}
				if first < 0 {
					first = i
				}
				return v.Value(i) != v.Value(first)
			},
			to: func(i int) { copyValue(v, i, first) },
		}, nil
	})
}

// copyValue gives a row the value of another, which is not NULL.
func copyValue(v *expr.Vector, to, from int) {
	v.Valid.Set(to)
	switch {
	case v.Ints != nil:
		v.Ints[to] = v.Ints[from]
	case v.Floats != nil:
		v.Floats[to] = v.Floats[from]
	case v.Texts != nil:
		v.Texts[to] = v.Texts[from]
	case v.Decimals != nil:
		v.Decimals[to] = v.Decimals[from]
	case v.Bools.Get(from):
		v.Bools.Set(to)
	default:
		v.Bools[to>>6] &^= 1 << (to & 63)
	}
}
