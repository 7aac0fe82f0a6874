package engines

import (
	"context"
	"fmt"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// Emulator makes an engine of a dataset on the emulator, through a client of the
// caller's. The emulator answers one request at a time, so that is how it is asked:
// its statements then come in the same order in every run.
func Emulator(client *bigquery.Client) (*bq.Engine, error) {
	return bq.New(client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
}

// LoadEmulator creates the tables in the dataset.
func LoadEmulator(ctx context.Context, ds *emulator.Dataset, tables []enginetest.Table) (enginetest.Open, string, error) {
	for _, t := range tables {
		if err := create(ctx, ds, t); err != nil {
			return nil, "", fmt.Errorf("table %s: %w", t.Name, err)
		}
	}
	open := func() (quality.Engine, error) {
		engine, err := Emulator(ds.Client)
		return loaded{engine, schemasOf(ds.ID, tables)}, err
	}
	return open, ds.ID, nil
}

// loaded is an engine on tables whose schemas are those of what was loaded.
type loaded struct {
	*bq.Engine
	schemas Schemas
}

// Schema is that of what was loaded.
func (l loaded) Schema(ctx context.Context, rel quality.Relation) (expr.Schema, error) {
	return l.schemas.Schema(ctx, rel)
}

func create(ctx context.Context, ds *emulator.Dataset, t enginetest.Table) error {
	var schema bigquery.Schema
	for _, f := range t.Schema {
		schema = append(schema, &bigquery.FieldSchema{Name: f.Name, Type: bigquery.FieldType(stored(f.Type))})
	}
	table, err := ds.CreateTable(ctx, t.Name, schema)
	if err != nil {
		return err
	}
	rows := make([][]bigquery.Value, len(t.Rows))
	for i, row := range t.Rows {
		for _, v := range row {
			rows[i] = append(rows[i], v.Go())
		}
	}
	return table.LoadRows(ctx, rows)
}
