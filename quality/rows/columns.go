package rows

import (
	"context"
	"fmt"
	"iter"
	"math/big"
	"slices"
	"time"
	"unicode/utf8"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Column is a column in memory.
type Column struct {
	Name string
	// Values is []int64, []float64, []bool, []string, []civil.Date,
	// []civil.DateTime, []time.Time (TIMESTAMP) or []*big.Rat (NUMERIC, nil is
	// NULL), or [][]int64, [][]float64 or [][]string (ARRAY), whose elements are
	// referred to as [expr.Part] has it.
	Values any
	// Valid says which values are not NULL; nil is all of them.
	Valid []bool
}

// Columns is a relation of columns of one length. Int64, float64 and string
// values are not copied: they must not change while they are measured.
func Columns(columns ...Column) (expr.Source, error) {
	t := &columnTable{}
	for i, c := range columns {
		v, n, err := vector(c)
		if err != nil {
			return nil, fmt.Errorf("column %q: %w", c.Name, err)
		}
		if i == 0 {
			t.rows = n
		}
		if n != t.rows {
			return nil, fmt.Errorf("column %q has %d rows, column %q has %d", c.Name, n, columns[0].Name, t.rows)
		}
		t.schema = append(t.schema, expr.Field{Name: c.Name, Type: v.Type})
		t.vectors = append(t.vectors, v)
	}
	return t, nil
}

func vector(c Column) (v expr.Vector, n int, err error) {
	switch values := c.Values.(type) {
	case []int64:
		v, n = expr.Vector{Type: expr.Int64, Ints: values}, len(values)
	case []float64:
		v, n = expr.Vector{Type: expr.Float64, Floats: values}, len(values)
	case []string:
		v, n = expr.Vector{Type: expr.String, Texts: values}, len(values)
		if i := slices.IndexFunc(values, func(s string) bool { return !utf8.ValidString(s) }); i >= 0 {
			err = fmt.Errorf("row %d: %q is not UTF-8", i, values[i])
		}
	case []bool:
		v, n, err = converted(values, c.Valid, expr.Bool)
	case []civil.Date:
		v, n, err = converted(values, c.Valid, expr.Date)
	case []civil.DateTime:
		v, n, err = converted(values, c.Valid, expr.DateTime)
	case []time.Time:
		v, n, err = converted(values, c.Valid, expr.Timestamp)
	case []*big.Rat:
		v, n, err = converted(values, c.Valid, expr.Numeric)
	case [][]int64:
		v, n, err = lists(values)
	case [][]float64:
		v, n, err = lists(values)
	case [][]string:
		v, n, err = lists(values)
	default:
		err = fmt.Errorf("%T is not a slice that Column takes", c.Values)
	}
	if err != nil {
		return v, n, err
	}
	if c.Valid != nil && len(c.Valid) != n {
		return v, n, fmt.Errorf("%d values, but Valid has %d", n, len(c.Valid))
	}
	if v.Valid == nil {
		v.Valid = v.Valid.Fill(n)
	}
	for i, ok := range c.Valid {
		if !ok {
			v.Valid[i>>6] &^= 1 << (i & 63)
		}
	}
	return v, n, nil
}

// lists copies the items of rows, one behind the other.
func lists[T any](values [][]T) (v expr.Vector, n int, err error) {
	items, _, err := vector(Column{Values: slices.Concat(append(values[:len(values):len(values)], []T{})...)})
	v.Reset(expr.ArrayOf(items.Type), len(values))
	v.Valid = v.Valid.Fill(len(values))
	for i, row := range values {
		v.SetItems(i, len(row))
	}
	v.Items = &items
	return v, len(values), err
}

// converted copies the values that are not NULL; the others may be anything.
func converted[T any](values []T, valid []bool, t expr.Type) (expr.Vector, int, error) {
	var v expr.Vector
	v.Reset(t, len(values))
	for i, x := range values {
		if i < len(valid) && !valid[i] {
			continue
		}
		value, err := expr.ValueOf(x)
		if err == nil {
			err = v.SetValue(i, value)
		}
		if err != nil {
			return v, 0, fmt.Errorf("row %d: %w", i, err)
		}
	}
	return v, len(values), nil
}

type columnTable struct {
	schema  expr.Schema
	vectors []expr.Vector
	rows    int
}

func (t *columnTable) Schema(context.Context) (expr.Schema, error) { return t.schema, nil }

func (t *columnTable) Scan(_ context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	at, err := positions(t.schema, columns)
	return batches(t.rows, at, err, func(v *expr.Vector, column, low, high int) {
		*v = t.vectors[column].Part(low, high)
	})
}
