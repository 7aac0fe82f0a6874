package emulator

import (
	"context"
	"fmt"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality/expr"
)

// loadRows is how many rows are sent together.
const loadRows = 20000

// Load creates a table with the columns of a source and loads its rows: those of
// package files, of package rows, or of anything else. A column that never holds a
// value is a STRING; of one of a type that nothing can be computed with, and that has no
// fields and elements of other types, only NULL or not NULL is kept, as BOOL; a table without columns has one all the same, for it
// has rows. After an error the table may be there with a part of them.
func (d *Dataset) Load(ctx context.Context, name string, source expr.Source) (*Table, error) {
	columns, err := source.Schema(ctx)
	if err != nil {
		return nil, err
	}
	makers, paths := loaders(columns)
	t, err := d.CreateTable(ctx, name, fieldsOf(makers))
	if err != nil {
		return nil, err
	}
	var pending [][]bigquery.Value
	read := 0
	for batch, err := range source.Scan(ctx, paths) {
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", name, err)
		}
		for i := range batch.Rows {
			row := make([]bigquery.Value, len(t.Schema))
			for c, l := range makers {
				if row[c], err = l.value(batch, i); err != nil {
					return nil, fmt.Errorf("table %s, row %d, column %q: %w", name, read+i+1, l.path, err)
				}
			}
			pending = append(pending, row)
		}
		if read += batch.Rows; len(pending) >= loadRows {
			if err := t.LoadRows(ctx, pending); err != nil {
				return nil, err
			}
			pending = pending[:0]
		}
	}
	return t, t.LoadRows(ctx, pending)
}

func cell(v *expr.Vector, i int) (bigquery.Value, error) {
	switch {
	case v.Err != nil:
		return nil, v.Err
	case !v.Valid.Get(i):
		return nil, nil
	case !v.Type.Computable():
		return true, nil
	}
	return v.Value(i).Go(), nil
}

func fieldsOf(columns []*loader) bigquery.Schema {
	if len(columns) == 0 {
		return bigquery.Schema{{Name: "row", Type: bigquery.BooleanFieldType}}
	}
	out := make(bigquery.Schema, len(columns))
	for i, l := range columns {
		out[i] = l.column
	}
	return out
}

func fieldType(t expr.Type) bigquery.FieldType {
	switch {
	case t == expr.Null:
		return bigquery.StringFieldType
	case t == expr.Int64:
		return bigquery.IntegerFieldType
	case t == expr.Float64:
		return bigquery.FloatFieldType
	case t == expr.Bool || !t.Computable():
		return bigquery.BooleanFieldType
	}
	return bigquery.FieldType(t)
}
