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
	return out.withoutParts(at, v.Valid), len(changed), nil
}

// withoutParts takes the fields away of a column's rows that are NULL.
func (t *Table) withoutParts(column int, valid expr.Bitmap) *Table {
	out, of := t, t.fields[column]
	for _, f := range readable(t.schema, of.Fields, of.Name+".") {
		var v *expr.Vector
		out, v = out.edit(t.fields.Position(f.Name))
		for i := range v.Valid {
			v.Valid[i] &= valid[i]
		}
		if v.Items != nil {
			withoutItems(v, out.rows)
		}
	}
	return out
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
