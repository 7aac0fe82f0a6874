package panel

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/internal/exact"
)

// A Reading is a way to take rows that is not that of the spec, as tables are made by:
// nothing is refused, and an average is over what is there.
type Reading uint8

const (
	// Present takes the rows that are counted and no others: a row that was due and is
	// lost takes no place, and a value that is NULL none of the average.
	Present Reading = iota
	// Zeros gives every row a place, and counts 0 where it has no value or is not counted.
	Zeros
	// Dropped gives every row a place, and leaves out of the average those that are not
	// counted: of ten games the four that somebody played.
	Dropped
)

// read makes rows what a reading takes them for. They are changed.
func (o *observations) read(as Reading) {
	counted := func(i int) bool { return o.counted == nil || o.counted[i] == rolling.True }
	switch as {
	case Present:
		for i, t := range o.counted {
			if t == rolling.Unknown {
				o.counted[i] = rolling.False
			}
		}
		return
	case Zeros:
		for _, c := range o.values {
			for i := range c.rows {
				if !counted(i) || !c.usable(i) {
					c.zero(i)
				}
			}
		}
	case Dropped:
		for _, c := range o.values {
			for i := range c.rows {
				if !counted(i) {
					c.unset(i)
				}
			}
		}
	}
	o.counted = nil
}

// usable reports whether there is a value that can be computed with.
func (c *column) usable(i int) bool {
	return c.valid.Valid(i) && (c.typ != expr.Float64 || exact.Finite(c.floats[i]))
}

func (c *column) unset(i int) { c.valid[i>>3] &^= 1 << (i & 7) }

func (c *column) zero(i int) {
	c.valid.Set(i)
	switch {
	case c.floats != nil:
		c.floats[i] = 0
	case c.ints != nil:
		c.ints[i] = 0
	default:
		c.exact[i] = rolling.Numeric{}
	}
}

// some are the values of some rows.
func (c *column) some(rows []int32) *column {
	out := &column{name: c.name, typ: c.typ, rows: len(rows), valid: rolling.NewBitmap(len(rows))}
	for i, row := range rows {
		if c.valid.Valid(int(row)) {
			out.valid.Set(i)
		}
	}
	out.floats, out.ints, out.texts, out.exact = pick(c.floats, rows), pick(c.ints, rows), pick(c.texts, rows), pick(c.exact, rows)
	return out
}

// pick are some values, nil of nil.
func pick[T any](of []T, rows []int32) []T {
	if of == nil {
		return nil
	}
	out := make([]T, len(rows))
	for i, row := range rows {
		out[i] = of[row]
	}
	return out
}
