package panel

import (
	"fmt"

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

// rankable reports whether values of a type break ties.
func rankable(t expr.Type) bool {
	switch t {
	case expr.Int64, expr.Date, expr.Timestamp, expr.DateTime, expr.Time, expr.Float64, expr.String, expr.Null:
		return true
	}
	return false
}

// rank gives every key of the tables its order among all of them.
func rank(tables ...*keys) ([][]int64, error) {
	var orders [][][]int64
	for n := range tables[0].orders {
		ranks, err := rankColumn(n, tables)
		if err != nil {
			return nil, err
		}
		orders = append(orders, ranks)
	}
	return rolling.Tie(orders...), nil
}

func rankColumn(n int, tables []*keys) ([][]int64, error) {
	var ints [][]int64
	var floats [][]float64
	var texts [][]string
	typ := expr.Null
	for _, k := range tables {
		c := k.orders[n]
		ints, floats, texts = append(ints, c.ints), append(floats, c.floats), append(texts, c.texts)
		switch {
		case typ == expr.Null:
			typ = c.typ
		case c.typ != typ && c.typ != expr.Null:
			return nil, tables[0].differ("order", c.name, typ, k, c.typ)
		}
	}
	switch typ {
	case expr.Float64:
		return rolling.Rank(floats...), nil
	case expr.String:
		return rolling.Rank(texts...), nil
	}
	return rolling.Rank(ints...), nil
}

// differ is the error of a key column that is of two types.
func (k *keys) differ(setting, column string, of expr.Type, other *keys, is expr.Type) error {
	return fmt.Errorf("%s: column %s is %s in %s and %s in %s, and keys of two types never meet: mend one, or declare both with %s",
		k.words.say(setting, ""), column, of, k.table.Name, is, other.table.Name, k.declare(column, expr.String))
}
