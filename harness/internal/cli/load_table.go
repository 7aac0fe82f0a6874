package cli

import (
	"context"
	"errors"
	"fmt"
	"math"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// table creates a table and loads its rows.
func (l *load) table(ctx context.Context, t *loadedTable) error {
	schema, err := t.columns(ctx)
	if err != nil {
		return err
	}
	if l.dataset == nil {
		if l.dataset, err = l.server.CreateDataset(ctx, l.client, emulator.UniqueID("intact")); err != nil {
			return err
		}
	}
	into, err := l.dataset.CreateTable(ctx, t.name, fieldsOf(schema))
	if err != nil {
		return err
	}
	names := make([]string, len(schema))
	for i, f := range schema {
		names[i] = f.Name
	}
	exact := make([]expr.ExactKeys, len(schema))
	var pending [][]bigquery.Value
	read := int64(0)
	for batch, err := range t.source.Scan(ctx, names) {
		if err != nil {
			return err
		}
		for c, name := range names {
			if t.spoilt[name] == nil && t.keys[name] {
				t.spoilt[name] = exact[c].Add(&batch.Columns[c], batch.Rows, nil)
			}
		}
		for i := range batch.Rows {
			pending = append(pending, t.row(batch, i, read+int64(i)+1, names))
		}
		read += int64(batch.Rows)
		if len(pending) >= loadRows {
			if err := into.LoadRows(ctx, pending); err != nil {
				return err
			}
			pending = pending[:0]
		}
	}
	return into.LoadRows(ctx, pending)
}

// loadRows is how many rows are sent together.
const loadRows = 20000

// columns are those of the source that are loaded: they can be asked for by name.
func (t *loadedTable) columns(ctx context.Context) (expr.Schema, error) {
	schema, err := settled(ctx, t.source)
	if err != nil {
		return nil, err
	}
	var out expr.Schema
	for _, f := range schema {
		if !t.all && !t.read[f.Name] {
			continue
		}
		if _, err := schema.Field(f.Name); err != nil && f.Err == nil {
			continue // nobody can ask for one of two
		}
		_, err := googlesql.QuoteName(f.Name)
		if err := errors.Join(f.Err, err); err != nil {
			t.spoilt[f.Name] = err
			continue
		}
		out = append(out, f)
	}
	return out, nil
}

// row is what is loaded of a row of a batch. Of a column with a cell that the
// emulator cannot hold nothing can be measured: a verdict on other rows than were
// given would be none.
func (t *loadedTable) row(batch *expr.Batch, i int, number int64, names []string) []bigquery.Value {
	row := make([]bigquery.Value, len(names), len(names)+1)
	for c, name := range names {
		if t.spoilt[name] != nil {
			continue
		}
		var err error
		if row[c], err = cell(&batch.Columns[c], i); err != nil {
			t.spoilt[name] = fmt.Errorf("row %d, column %q: %w", number, name, err)
			row[c] = nil
		}
	}
	if len(names) == 0 {
		row = append(row, nil)
	}
	return row
}

// cell is what is loaded of a cell.
func cell(v *expr.Vector, i int) (bigquery.Value, error) {
	switch {
	case v.Err != nil:
		return nil, v.Err
	case !v.Type.Computable():
		if v.Valid.Get(i) {
			return true, nil
		}
		return nil, nil
	}
	x := v.Value(i).Go()
	if f, ok := x.(float64); ok && math.IsNaN(f) {
		return nil, errors.New("it is NaN, which the emulator stores as NULL: use --engine rows")
	}
	return x, nil
}

// fieldsOf are the columns of a table. One that never holds a value is a STRING;
// of one that nothing can be computed with only NULL or not NULL is kept, as BOOL.
// A table of which no column is read has one all the same: it has rows.
func fieldsOf(schema expr.Schema) bigquery.Schema {
	if len(schema) == 0 {
		return bigquery.Schema{{Name: "row", Type: bigquery.BooleanFieldType}}
	}
	out := make(bigquery.Schema, len(schema))
	for i, f := range schema {
		out[i] = &bigquery.FieldSchema{Name: f.Name}
		switch {
		case f.Type == expr.Null:
			out[i].Type = bigquery.StringFieldType
		case f.Type == expr.Int64:
			out[i].Type = bigquery.IntegerFieldType
		case f.Type == expr.Float64:
			out[i].Type = bigquery.FloatFieldType
		case f.Type == expr.Bool || !f.Type.Computable():
			out[i].Type = bigquery.BooleanFieldType
		default:
			out[i].Type = bigquery.FieldType(f.Type)
		}
	}
	return out
}
