package faults

import (
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// Leak lets a column of windows, such as averages over the last games, see the row that
// it is for: it takes the row's own value, and stays as it is where that is NULL.
type Leak struct {
	Column string // of windows
	Of     string // the values that they are over
	Where  expr.Expr
	OneIn  int
}

func (f Leak) String() string {
	return "leak " + f.Of + " into " + f.Column + " in " + rowsIn(f.Where, f.OneIn)
}

// Writes is the column of windows.
func (f Leak) Writes() string { return f.Column }

func (f Leak) breaks(t *Table, r *rand.Rand) (*Table, int, error) {
	for _, name := range []string{f.Of, f.Column} {
		if at, err := t.column(f, name); err != nil {
			return nil, 0, err
		} else if typ := t.columns[at].Type; !typ.IsNumber() {
			return nil, 0, &NoEffectError{f, name + " is " + string(typ) + ", and no number"}
		}
	}
	t = t.flat()
	return t.write(f, f.Column, f.Where, f.OneIn, r, func(v *expr.Vector) (set, error) {
		own, err := t.compute(expr.Col(f.Of).Cast(v.Type))
		if err != nil {
			return set{}, err
		}
		return set{
			changes: func(i int) bool { return own.Valid.Get(i) && own.Value(i) != v.Value(i) },
			to:      func(i int) { copyValue(v, i, own, i) },
		}, nil
	})
}
