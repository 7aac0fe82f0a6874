package bq_test

import (
	"sync"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/expr"
)

var rowsToAdd = bq.Append{
	Table: "ops.history", Columns: expr.Schema{{Name: "run_id", Type: expr.String}, {Name: "run_at", Type: expr.Timestamp}}, PartitionBy: "run_at",
	Lines: []byte(`{"run_id":"r1"}` + "\n"), IDColumn: "run_id", ID: "r1",
}

// empty is a service with a dataset in which nobody sees rows yet: as far as counting
// goes, all who add some are the first.
func empty() *fakebq.Server {
	srv := fakebq.New()
	srv.AddDataset("ops", "EU")
	srv.Answer = func(fakebq.Query) fakebq.Answer {
		return fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{0}}}
	}
	return srv
}

// Counting does not keep two from adding the same rows at the same time. The name of the
// job does.
func TestRowsAreAddedOnceByAllWhoAddThem(t *testing.T) {
	srv := empty()
	engine := engineOf(t, srv, bq.Options{})
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			_, err := engine.Append(t.Context(), rowsToAdd)
			assert.NoError(t, err)
		})
	}
	all.Wait()
	loads := srv.Loads()
	require.Len(t, loads, 1)
	assert.Equal(t, "ops.history", loads[0].Table)
	assert.Equal(t, rowsToAdd.Lines, loads[0].Lines)

	tables, err := engine.Tables(t.Context(), "ops.history")
	require.NoError(t, err)
	assert.Equal(t, rowsToAdd.Columns, tables[0].Schema)
	assert.Equal(t, &quality.Partitioning{Column: "run_at", Type: "MONTH"}, tables[0].Partitioning)

	other := rowsToAdd
	other.ID = "r2"
	added, err := engine.Append(t.Context(), other)
	require.NoError(t, err)
	assert.True(t, added)
	assert.Len(t, srv.Loads(), 2)
}

func TestRowsThatAreThereAreNotAdded(t *testing.T) {
	srv := empty()
	srv.Answer = func(fakebq.Query) fakebq.Answer {
		return fakebq.Answer{Columns: fakebq.Columns("n INTEGER"), Rows: [][]any{{3}}}
	}
	added, err := engineOf(t, srv, bq.Options{}).Append(t.Context(), rowsToAdd)
	require.NoError(t, err)
	assert.False(t, added)
	assert.Empty(t, srv.Loads())
}

// An answer that is lost on the way does not add them twice.
func TestAddingIsStartedOnce(t *testing.T) {
	for _, fault := range []fakebq.Fault{{Cut: true}, {Error: fakebq.Unavailable(), Times: 2}} {
		synctest.Test(t, func(t *testing.T) {
			srv := empty()
			fault.Op = fakebq.JobsUpload
			srv.Inject(fault)
			_, err := engineOf(t, srv, bq.Options{}).Append(t.Context(), rowsToAdd)
			require.NoError(t, err)
			assert.Len(t, srv.Loads(), 1)
		})
	}
}

// A job that failed added nothing, and its name is taken for good: the next try has
// another one.
func TestRowsAreAddedAfterATryThatFailed(t *testing.T) {
	srv := empty()
	fail := true
	srv.FailLoad = func(fakebq.Load) *fakebq.Error {
		if fail {
			return fakebq.QuotaExceeded()
		}
		return nil
	}
	engine := engineOf(t, srv, bq.Options{})
	_, err := engine.Append(t.Context(), rowsToAdd)
	require.ErrorContains(t, err, "rows for ops.history: ")
	require.ErrorContains(t, err, "Quota exceeded")
	fail = false
	added, err := engine.Append(t.Context(), rowsToAdd)
	require.NoError(t, err)
	assert.True(t, added)
	assert.Len(t, srv.Loads(), 1)
}

func TestRowsForNoDataset(t *testing.T) {
	_, err := engineOf(t, fakebq.New(), bq.Options{}).Append(t.Context(), rowsToAdd)
	require.ErrorContains(t, err, "table ops.history cannot be made")
}

// A table that was made before there was a column is not added to without it.
func TestRowsForATableThatLacksAColumn(t *testing.T) {
	srv := empty()
	engine := engineOf(t, srv, bq.Options{})
	_, err := engine.Append(t.Context(), rowsToAdd)
	require.NoError(t, err)
	more := rowsToAdd
	more.ID, more.Columns = "r2", append(more.Columns[:2:2], expr.Field{Name: "suite_variables", Type: expr.String})
	_, err = engine.Append(t.Context(), more)
	require.ErrorContains(t, err, "has no column suite_variables: add it: ALTER TABLE `fake`.`ops`.`history` ADD COLUMN `suite_variables` STRING")
	assert.Len(t, srv.Loads(), 1)
}
