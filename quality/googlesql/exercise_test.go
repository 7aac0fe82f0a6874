package googlesql_test

import (
	"context"
	"testing"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
)

// The SQL is judged by what it answers on the emulator.
func TestEmulator(t *testing.T) {
	ds := emulator.NewDataset(t)
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			for _, table := range tables {
				if _, err := ds.Load(ctx, table.Name, enginetest.Source(table)); err != nil {
					return nil, "", err
				}
			}
			open := func() (quality.Engine, error) {
				engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
				return loaded{engine, enginetest.SchemasOf(ds.ID, tables)}, err
			}
			return open, ds.ID, nil
		},
		Oracle:     enginetest.Memory,
		Deviations: enginetest.EmulatorDeviations(),
		Unsteady:   enginetest.EmulatorUnsteady(),
	})
}

// loaded is an engine on tables whose schemas are those of what was loaded.
type loaded struct {
	*bq.Engine
	schemas enginetest.Schemas
}

// Tables tells the schemas of what was loaded.
func (l loaded) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	return l.schemas.Tables(ctx, names...)
}
