package panel

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
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

// load appends the values of a batch.
func (c *column) load(b *expr.Batch) error {
	v := &b.Columns[c.at]
	for i := range b.Rows {
		if err := c.add(v, i); err != nil {
			return err
		}
	}
	return nil
}

// add appends a value.
func (c *column) add(v *expr.Vector, i int) (err error) {
	if c.rows%8 == 0 {
		c.valid = append(c.valid, 0)
	}
	there := v.Valid.Get(i)
	if there {
		c.valid.Set(c.rows)
	}
	c.rows++
	switch c.typ {
	case expr.Bool: // 1 and 0, so that the mean is the share that is TRUE
		one := int64(0)
		if there && v.Bools.Get(i) {
			one = 1
		}
		c.ints = append(c.ints, one)
	case expr.Numeric:
		var n rolling.Numeric
		if there {
			n, err = rolling.ParseNumeric(v.Decimals[i].FloatString(9))
		}
		c.exact = append(c.exact, n)
	case expr.Float64:
		c.floats = append(c.floats, v.Floats[i])
	case expr.String:
		c.texts = append(c.texts, v.Texts[i])
	case expr.Null:
		c.floats = append(c.floats, 0)
	default:
		c.ints = append(c.ints, v.Ints[i])
	}
	return err
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
