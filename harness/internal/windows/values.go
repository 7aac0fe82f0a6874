package windows

import (
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// A value column of the rows, loaded.
type valueColumn struct {
	name   string // as the windows name it
	at     int    // in a batch
	typ    expr.Type
	floats []float64
	ints   []int64
	exact  []rolling.Numeric
	valid  rolling.Bitmap
	rows   int
}

func newValueColumn(s *selection, setting, name string) (*valueColumn, error) {
	at, typ, err := s.add(setting, name)
	if err != nil {
		return nil, err
	}
	switch typ {
	case expr.Int64, expr.Bool, expr.Float64, expr.Numeric, expr.Null:
		return &valueColumn{name: name, at: at, typ: typ}, nil
	}
	return nil, s.fail(setting, "column %q is %s and not a number in every row: mend it, or declare --type %[1]s=FLOAT64 to see which cells are none",
		s.columns[at], typ)
}

// load appends the values of a batch.
func (c *valueColumn) load(b *expr.Batch) error {
	v := &b.Columns[c.at]
	for i := range b.Rows {
		if c.rows%8 == 0 {
			c.valid = append(c.valid, 0)
		}
		null := isNull(v, i)
		if !null {
			c.valid.Set(c.rows)
		}
		c.rows++
		var err error
		switch c.typ {
		case expr.Int64:
			c.ints = append(c.ints, v.Ints[i])
		case expr.Bool: // 1 and 0, so that the mean is the share that is TRUE
			one := int64(0)
			if !null && v.Bools.Get(i) {
				one = 1
			}
			c.ints = append(c.ints, one)
		case expr.Numeric:
			n := rolling.Numeric{}
			if !null {
				n, err = rolling.ParseNumeric(v.Decimals[i].FloatString(9))
			}
			c.exact = append(c.exact, n)
		case expr.Float64:
			c.floats = append(c.floats, v.Floats[i])
		default:
			c.floats = append(c.floats, 0)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c *valueColumn) column() rolling.Column {
	switch c.typ {
	case expr.Int64, expr.Bool:
		return rolling.Int64s(c.name, c.ints, c.valid)
	case expr.Numeric:
		return rolling.Numerics(c.name, c.exact, c.valid)
	}
	return rolling.Float64s(c.name, c.floats, c.valid)
}
