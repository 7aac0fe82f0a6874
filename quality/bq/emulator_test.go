package bq_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
)

// onEmulator is an engine on a dataset that has the tables. The emulator answers one
// request at a time, so that is how it is asked.
func onEmulator(t *testing.T, ds *emulator.Dataset, tables ...enginetest.Table) *bq.Engine {
	t.Helper()
	for _, table := range tables {
		_, err := ds.Load(t.Context(), table.Name, enginetest.Source(table))
		require.NoError(t, err)
	}
	engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	return engine
}
