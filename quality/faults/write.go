package faults

import (
	"math/rand/v2"

	"github.com/intactdata/intact/quality/expr"
)

// set is how a fault writes to a column: which rows would be other than they are, and
// what is written there.
type set struct {
	changes func(row int) bool
	to      func(row int)
}

// write breaks a column in some rows, of those that a fault would change.
func (t *Table) write(f Fault, column string, where expr.Expr, oneIn int, r *rand.Rand, how func(*expr.Vector) (set, error)) (*Table, int, error) {
	at, err := t.column(f, column)
	if err != nil {
		return nil, 0, err
	}
	met, err := t.meets(f, where)
	if err != nil {
		return nil, 0, err
	}
	out, v := t.edit(at)
	s, err := how(v)
	if err != nil {
		return nil, 0, err
	}
	changed := met[:0]
	for _, row := range met {
		if s.changes(int(row)) {
			changed = append(changed, row)
		}
	}
	changed = some(changed, oneIn, r)
	if len(changed) == 0 {
		return nil, 0, nil
	}
	for _, row := range changed {
		s.to(int(row))
	}
	if v.Items != nil {
		withoutItems(v, out.rows)
	}
	v.Written = nil // digits beyond a double are those of cells that may be no more
	return out, len(changed), nil
}

// withoutItems takes the items of rows away that are NULL now.
func withoutItems(v *expr.Vector, n int) {
	of := make([]int32, n)
	for i := range of {
		if of[i] = int32(i); !v.Valid.Get(i) {
			of[i] = -1
		}
	}
	was := *v
	*v = expr.Vector{}
	v.Gather(&was, of)
	v.Redacted = was.Redacted
}
