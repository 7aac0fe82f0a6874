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
			to: func(i int) { copyValue(v, i, v, first) },
		}, nil
	})
}

// copyValue gives a row the value of another one of the same type, which is not NULL.
func copyValue(to *expr.Vector, row int, from *expr.Vector, of int) {
	to.Valid.Set(row)
	switch {
	case to.Ints != nil:
		to.Ints[row] = from.Ints[of]
	case to.Floats != nil:
		to.Floats[row] = from.Floats[of]
	case to.Texts != nil:
		to.Texts[row] = from.Texts[of]
	case to.Decimals != nil:
		to.Decimals[row] = from.Decimals[of]
	case from.Bools.Get(of):
		to.Bools.Set(row)
	default:
		to.Bools[row>>6] &^= 1 << (row & 63)
	}
}
