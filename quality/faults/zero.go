package faults

import (
	"math/big"
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Zero writes 0 into a column of numbers, where it is NULL as well: a join that found
// nothing, and a COALESCE behind it.
type Zero struct {
	Column string
	Where  expr.Expr
	OneIn  int
}

func (f Zero) String() string { return "zero-fill " + f.Column + " in " + rowsIn(f.Where, f.OneIn) }

// Writes is the column.
func (f Zero) Writes() string { return f.Column }

func (f Zero) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	return t.write(f, f.Column, f.Where, f.OneIn, r, func(v *expr.Vector) (set, error) {
		if !v.Type.IsNumber() {
			return set{}, &NoEffectError{f, "it is " + string(v.Type) + ", which has no zero"}
		}
		return set{
			changes: func(i int) bool {
				switch {
				case !v.Valid.Get(i):
					return true
				case v.Ints != nil:
					return v.Ints[i] != 0
				case v.Floats != nil:
					return v.Floats[i] != 0
				}
				return v.Decimals[i].Sign() != 0
			},
			to: func(i int) {
				v.Valid.Set(i)
				switch {
				case v.Ints != nil:
					v.Ints[i] = 0
				case v.Floats != nil:
					v.Floats[i] = 0
				default:
					v.Decimals[i] = new(big.Rat)
				}
			},
		}, nil
	})
}
