package files

import (
	"cmp"

	"github.com/intactdata/intact/quality/expr"
)

// fieldsIn are the columns of a table, with what is known of the parts of each.
func fieldsIn(columns []column) expr.Schema {
	below := make([][]int, len(columns)+1)
	for i, c := range columns {
		below[c.within.in] = append(below[c.within.in], i)
	}
	return fieldsBelow(columns, below, 0)
}

func fieldsBelow(columns []column, below [][]int, in int) (out expr.Schema) {
	for _, i := range below[in] {
		c := columns[i]
		f := c.field()
		f.Name = c.key().name
		switch {
		case c.typ == structType:
			if f.Fields = fieldsBelow(columns, below, i+1); len(f.Fields) > 0 {
				f.Type = expr.StructOf(f.Fields)
			}
		case c.typ == arrayType && len(below[i+1]) == 1:
			item := fieldsBelow(columns, below, i+1)[0]
			if item.Type.Computable() || len(item.Fields) > 0 {
				f.Type, f.Fields, f.Err = expr.ArrayOf(item.Type), item.Fields, cmp.Or(f.Err, item.Err)
			}
		}
		out = append(out, f)
	}
	return out
}

// findPart finds the column in which the values of a field are, and the array that they
// are items of, −1 where they are none.
func findPart(columns []column, f expr.Field) (at, array int) {
	in := 0
	step := func(key jsonKey) {
		for at = range columns {
			if columns[at].key() == key {
				break
			}
		}
		in = at + 1
	}
	array = -1
	of, isArray := f.Type.Element()
	looked := isArray && of.Computable()
	for _, name := range f.Steps() {
		if in > 0 && columns[at].typ == arrayType {
			if !looked { // NULL or not NULL is that of the array
				return at, -1
			}
			array = at
			step(jsonKey{in: in, items: true})
		}
		step(jsonKey{in: in, name: name})
	}
	if looked && array < 0 {
		array = at
		step(jsonKey{in: in, items: true})
	}
	return at, array
}

// noList is the place of a column's array where it is none's item.
const noList = -1

// itemsOf is what a block holds of the items of a column: how many so far, and where the
// rows' own are.
type itemsOf struct {
	column  int
	n, rows int // items; rows, of which the offsets are set
	offsets []int32
	valid   expr.Bitmap
}

func (a *itemsOf) begin(rows int) {
	a.n, a.rows, a.valid = 0, 0, a.valid.Reset(rows)
	if a.offsets = a.offsets[:0]; cap(a.offsets) <= rows {
		a.offsets = make([]int32, 0, rows+1)
	}
	a.offsets = append(a.offsets, 0)
}

// close sets the offsets up to a row.
func (a *itemsOf) close(rows int) {
	for ; a.rows < rows; a.rows++ {
		a.offsets = append(a.offsets, int32(a.n))
	}
}

// finish gives a vector the rows that there were.
func (a *itemsOf) finish(r *reader, v *expr.Vector, rows int) {
	a.close(rows)
	v.Items.Grow(a.n)
	r.finish(a.n)
	v.Offsets = append(v.Offsets[:0], a.offsets...)
	v.Valid = append(v.Valid[:0], a.valid[:(rows+63)/64]...)
}
