package engines

import (
	"context"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
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
		if _, err := ds.Load(ctx, t.Name, enginetest.Source(t)); err != nil {
			return nil, "", err
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

// Tables tells the schemas of what was loaded.
func (l loaded) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	return l.schemas.Tables(ctx, names...)
}
