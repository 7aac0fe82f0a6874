package panel

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

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
		k.words.Say(setting, ""), column, of, k.table.Name, is, other.table.Name, k.declare(column, expr.String))
}
