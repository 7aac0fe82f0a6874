package cli

import (
	"context"
	"fmt"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
)

// stage loads local rows into tables of the emulator.
type stage struct {
	server   *emulator.Server
	client   *bigquery.Client
	datasets map[string]*emulator.Dataset
	failed   map[string]error
}

// loadRows is how many rows are sent together.
const loadRows = 20000

func (s stage) table(ctx context.Context, name string, src quality.Source) error {
	project, dataset, table := tableParts(name)
	if dataset == "" || project != "" && project != emulator.Project {
		return fmt.Errorf("table %s cannot be loaded into the emulator: it serves project %s, and tables are named dataset.table", name, emulator.Project)
	}
	schema, err := src.Schema(ctx)
	if err != nil {
		return err
	}
	ds, ok := s.datasets[dataset]
	if !ok {
		if ds, err = s.server.CreateDataset(ctx, s.client, dataset); err != nil {
			return err
		}
		s.datasets[dataset] = ds
	}
	t, err := ds.CreateTable(ctx, table, fieldsOf(schema))
	if err != nil {
		return err
	}
	columns := make([]string, len(schema))
	for i, f := range schema {
		columns[i] = f.Name
	}
	var pending [][]bigquery.Value
	for batch, err := range src.Scan(ctx, columns) {
		if err != nil {
			return err
		}
		for i := range batch.Rows {
			row := make([]bigquery.Value, len(columns))
			for c := range columns {
				if err := batch.Columns[c].Err; err != nil {
					return err
				}
				row[c] = batch.Columns[c].Value(i).Go()
			}
			pending = append(pending, row)
		}
		if len(pending) >= loadRows {
			if err := t.LoadRows(ctx, pending); err != nil {
				return err
			}
			pending = pending[:0]
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return t.LoadRows(ctx, pending)
}

// fieldsOf are the columns of a table; one that never holds a value is a STRING.
func fieldsOf(schema quality.Schema) bigquery.Schema {
	out := make(bigquery.Schema, len(schema))
	for i, f := range schema {
		out[i] = &bigquery.FieldSchema{Name: f.Name, Type: bigquery.StringFieldType}
		switch f.Type {
		case quality.Null:
		case quality.Int64:
			out[i].Type = bigquery.IntegerFieldType
		case quality.Float64:
			out[i].Type = bigquery.FloatFieldType
		case quality.Bool:
			out[i].Type = bigquery.BooleanFieldType
		default:
			out[i].Type = bigquery.FieldType(f.Type)
		}
	}
	return out
}
