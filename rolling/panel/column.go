package panel

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A column is one of a table, loaded: values that windows are over, or what breaks ties.
type column struct {
	name   string // as the windows name it
	at     int    // in a batch
	typ    expr.Type
	rows   int
	valid  rolling.Bitmap
	floats []float64
	ints   []int64
	texts  []string
	exact  []rolling.Numeric
}

// newValues is a column that windows are over.
func newValues(s *selection, setting, name string) (*column, error) {
	at, typ, err := s.add(setting, name)
	if err != nil {
		return nil, err
	}
	switch typ {
	case expr.Int64, expr.Bool, expr.Float64, expr.Numeric, expr.Null:
		return &column{name: name, at: at, typ: typ}, nil
	}
	return nil, s.fail(setting, "column %q is %s and not a number in every row: mend it, or declare %s to see which cells are none",
		s.columns[at], typ, s.declare(s.columns[at], expr.Float64))
}

// load appends the values of some rows of a batch.
func (c *column) load(b *expr.Batch, from, to int) (err error) {
	v := &b.Columns[c.at]
	c.mark(v.Valid, from, to)
	switch more := to - from; c.typ {
	case expr.Bool: // 1 and 0, so that the mean is the share that is TRUE
		for i := from; i < to; i++ {
			one := int64(0)
			if v.Valid.Get(i) && v.Bools.Get(i) {
				one = 1
			}
			c.ints = append(c.ints, one)
		}
	case expr.Numeric:
		for i := from; i < to; i++ {
			var n rolling.Numeric
			if v.Valid.Get(i) {
				if n, err = rolling.ParseNumeric(v.Decimals[i].FloatString(9)); err != nil {
					return err
				}
			}
			c.exact = append(c.exact, n)
		}
	case expr.Float64:
		c.floats = append(memory.Room(c.floats, more), v.Floats[from:to]...)
	case expr.String:
		c.texts = append(memory.Room(c.texts, more), v.Texts[from:to]...)
	case expr.Null:
		c.floats = append(memory.Room(c.floats, more), make([]float64, more)...)
	default:
		c.ints = append(memory.Room(c.ints, more), v.Ints[from:to]...)
	}
	return nil
}

// mark appends which rows have a value.
func (c *column) mark(valid expr.Bitmap, from, to int) {
	before := c.rows
	c.rows += to - from
	if before%8 == 0 && from%8 == 0 && to == len(valid)*64 { // byte by byte
		for i := from; i < to; i += 8 {
			c.valid = append(c.valid, byte(valid[i>>6]>>(i&63)))
		}
		return
	}
	c.valid = append(c.valid, make(rolling.Bitmap, (c.rows+7)/8-len(c.valid))...)
	for i := from; i < to; i++ {
		if valid.Get(i) {
			c.valid.Set(before + i - from)
		}
	}
}

// values are what windows are computed over.
func (c *column) values() rolling.Column {
	switch c.typ {
	case expr.Int64, expr.Bool:
		return rolling.Int64s(c.name, c.ints, c.valid)
	case expr.Numeric:
		return rolling.Numerics(c.name, c.exact, c.valid)
	}
	return rolling.Float64s(c.name, c.floats, c.valid)
}
