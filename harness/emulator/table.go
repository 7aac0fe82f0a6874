package emulator

import (
	"context"

	"cloud.google.com/go/bigquery"
)

// Table is a table of a dataset and the schema that it was created with.
type Table struct {
	Name   string
	Schema bigquery.Schema
	ds     *Dataset
}

// CreateTable creates an empty table. It is an error if there is one by that
// name: the emulator would replace its rows and keep its schema.
func (d *Dataset) CreateTable(ctx context.Context, name string, schema bigquery.Schema) (*Table, error) {
	t := &Table{Name: name, Schema: schema, ds: d}
	sql, err := createStatement(t)
	if err != nil {
		return nil, err
	}
	if err := d.Exec(ctx, sql); err != nil {
		return nil, err
	}
	return t, nil
}

// ID returns the table's full name, project.dataset.table.
func (t *Table) ID() string { return t.ds.Client.Project() + "." + t.ds.ID + "." + t.Name }

// SQL returns the table's full name as a statement writes it, quoted.
func (t *Table) SQL() string {
	return quote(t.ds.Client.Project()) + "." + quote(t.ds.ID) + "." + quote(t.Name)
}
