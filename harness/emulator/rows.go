package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"cloud.google.com/go/bigquery"
)

// LoadRows appends rows of values in the order of the table's columns: all of them,
// or none and an error. A value is of the Go type that package bigquery reads for
// the column's type, or a string with its text; nil is NULL. The emulator stores NaN
// as NULL and loses the sign of zero.
func (t *Table) LoadRows(ctx context.Context, rows [][]bigquery.Value) error {
	for i, row := range rows {
		if len(row) != len(t.Schema) {
			return fmt.Errorf("table %s, row %d: %d values for %d columns", t.Name, i, len(row), len(t.Schema))
		}
	}
	// A load job is ten times as fast as INSERT but spoils some types.
	if t.loadable() {
		return t.uploadRows(ctx, rows)
	}
	return t.insertRows(ctx, rows)
}

func (t *Table) uploadRows(ctx context.Context, rows [][]bigquery.Value) error {
	var body bytes.Buffer
	out := json.NewEncoder(&body)
	object := make(map[string]any, len(t.Schema))
	for i, row := range rows {
		for c, f := range t.Schema {
			text, err := textOf(f, row[c])
			if err != nil {
				return fmt.Errorf("table %s, row %d: %w", t.Name, i, err)
			}
			object[f.Name] = text // a *string: NULL where it is nil
		}
		if err := out.Encode(object); err != nil {
			return fmt.Errorf("table %s, row %d: %w", t.Name, i, err)
		}
	}
	return t.upload(ctx, &body)
}

// insertRows sends one statement, so that all of the rows arrive or none.
func (t *Table) insertRows(ctx context.Context, rows [][]bigquery.Value) error {
	if len(rows) == 0 {
		return nil
	}
	tuples := make([]string, len(rows))
	for i, row := range rows {
		literals := make([]string, len(row))
		for c, f := range t.Schema {
			var err error
			if literals[c], err = literal(f, row[c]); err != nil {
				return fmt.Errorf("table %s, row %d: %w", t.Name, i, err)
			}
		}
		tuples[i] = "(" + strings.Join(literals, ", ") + ")"
	}
	return t.ds.Exec(ctx, "INSERT INTO "+t.SQL()+" VALUES "+strings.Join(tuples, ",\n"))
}
