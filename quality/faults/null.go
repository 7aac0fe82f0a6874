package faults

import (
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Null takes the values of a column away. OneIn counts rows that have a value.
type Null struct {
	Column string
	Where  expr.Expr
	OneIn  int
}

func (f Null) String() string { return "null " + f.Column + " in " + rowsIn(f.Where, f.OneIn) }

// Writes is the column.
func (f Null) Writes() string { return f.Column }

func (f Null) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	return t.write(f, f.Column, f.Where, f.OneIn, r, func(v *expr.Vector) (set, error) {
		return set{
			changes: v.Valid.Get,
			to:      func(i int) { v.Valid[i>>6] &^= 1 << (i & 63) },
		}, nil
	})
}
