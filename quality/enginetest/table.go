package enginetest

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// Table is a table that the engine under test must hold. Values are of their
// column's type, or NULL.
type Table struct {
	Name   string
	Schema expr.Schema
	Rows   [][]expr.Value
}

// row types Go values by a table's columns, and texts by parsing them. The
// tables of this package are constants, so a mistake in one panics.
func (t *Table) row(values ...any) {
	if len(values) != len(t.Schema) {
		panic(fmt.Sprintf("table %s: %d values for %d columns", t.Name, len(values), len(t.Schema)))
	}
	out := make([]expr.Value, len(values))
	for i, x := range values {
		v, err := typed(t.Schema[i].Type, x)
		if err != nil {
			panic(fmt.Sprintf("table %s, column %s: %v", t.Name, t.Schema[i].Name, err))
		}
		out[i] = v
	}
	t.Rows = append(t.Rows, out)
}

func typed(t expr.Type, x any) (expr.Value, error) {
	if text, ok := x.(string); ok && t != expr.String {
		return expr.ParseValue(t, text)
	}
	v, err := expr.ValueOf(x)
	if err == nil && !v.IsNull() && v.Type() != t {
		err = fmt.Errorf("%s is no %s", v.SQL(), t)
	}
	return v, err
}
