package googlesql_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
)

// The SQL is judged by what it answers on the emulator: one for each load, for a
// statement takes the longer the more tables there have been.
func TestEmulator(t *testing.T) {
	emulator.Require(t)
	end := func() {}
	defer func() { end() }()
	enginetest.Exercise(t, enginetest.Subject{
		Load: func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			end()
			srv, err := emulator.Start(ctx)
			if err != nil {
				return nil, "", err
			}
			client, err := srv.Client(ctx)
			if err != nil {
				return nil, "", errors.Join(err, srv.Close())
			}
			ds, err := srv.CreateDataset(ctx, client, emulator.UniqueID(t.Name()))
			if err != nil {
				return nil, "", errors.Join(err, client.Close(), srv.Close())
			}
			end = func() {
				require.NoError(t, errors.Join(ds.Remove(context.WithoutCancel(ctx)), client.Close(), srv.Close()))
			}
			for _, table := range tables {
				if _, err := ds.Load(ctx, table.Name, enginetest.Source(table)); err != nil {
					return nil, "", err
				}
			}
			open := func() (quality.Engine, error) {
				engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator()})
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
