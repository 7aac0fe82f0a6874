package windows

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// An orderColumn holds the values of a column that breaks ties, in the slice of
// its type.
type orderColumn struct {
	name   string
	typ    expr.Type
	ints   []int64
	floats []float64
	texts  []string
}

func (o *orderColumn) rankable() bool {
	switch o.typ {
	case expr.Int64, expr.Date, expr.Timestamp, expr.DateTime, expr.Time, expr.Float64, expr.String, expr.Null:
		return true
	}
	return false
}

func (o *orderColumn) add(v *expr.Vector, i int) {
	switch o.typ {
	case expr.Float64:
		o.floats = append(o.floats, v.Floats[i])
	case expr.String:
		o.texts = append(o.texts, v.Texts[i])
	default:
		o.ints = append(o.ints, v.Ints[i])
	}
}

// rank gives every key of the tables its order among all of them.
func rank(tables ...*keys) ([][]int64, error) {
	var orders [][][]int64
	for n := range tables[0].orders {
		columns := make([]*orderColumn, len(tables))
		for i, k := range tables {
			columns[i] = &k.orders[n]
		}
		ranks, err := rankColumn(columns, tables)
		if err != nil {
			return nil, err
		}
		orders = append(orders, ranks)
	}
	return rolling.Tie(orders...), nil
}

func rankColumn(columns []*orderColumn, tables []*keys) ([][]int64, error) {
	ints, floats, texts := make([][]int64, len(columns)), make([][]float64, len(columns)), make([][]string, len(columns))
	typ := expr.Null
	for i, c := range columns {
		ints[i], floats[i], texts[i] = c.ints, c.floats, c.texts
		switch {
		case typ == expr.Null:
			typ = c.typ
		case c.typ != typ && c.typ != expr.Null:
			return nil, differ("order", c.name, tables[0].table, typ, tables[i].table, c.typ)
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
func differ(setting, column string, a *table, of expr.Type, b *table, other expr.Type) error {
	return fmt.Errorf("--%s: column %s is %s in %s and %s in %s, and keys of two types never meet: mend one, or declare both with --type %[2]s=STRING",
		setting, column, of, a.name, other, b.name)
}
