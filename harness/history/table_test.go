package history

import (
	"bytes"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
)

func table(t *testing.T) Table {
	t.Helper()
	ds := emulator.NewDataset(t)
	engine, err := bq.New(ds.Client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator()})
	require.NoError(t, err)
	return Table{engine, ds.ID + ".history"}
}

func TestTableKeepsARunOnce(t *testing.T) {
	table := table(t)
	records := ran(t, "r1", suite(day(1), day(2))).Records()
	for _, want := range []bool{true, false} {
		added, err := table.Append(t.Context(), records)
		require.NoError(t, err)
		assert.Equal(t, want, added)
	}
	got, skipped, err := table.Findings(t.Context(), "games", "complete:usage by season")
	require.NoError(t, err)
	assert.Empty(t, skipped)
	assert.Equal(t, records[:2], got)
	checks, err := table.Checks(t.Context())
	require.NoError(t, err)
	assert.Equal(t, []Check{{"games", "complete:usage by season"}, {"games", "rows"}}, checks)
}

// Whoever adds the same run at the same time, it is read once; other runs are not lost.
func TestTableIsAppendedToAtOnce(t *testing.T) {
	table := table(t)
	var all sync.WaitGroup
	for _, id := range []string{"same", "same", "same", "other"} {
		records := ran(t, id, suite(day(1), day(2))).Records()
		all.Go(func() {
			_, err := table.Append(t.Context(), records)
			assert.NoError(t, err)
		})
	}
	all.Wait()
	got, _, err := table.Findings(t.Context(), "", "rows")
	require.NoError(t, err)
	var ids []string
	for _, r := range got {
		ids = append(ids, r.RunID)
	}
	assert.Equal(t, []string{"other", "same"}, ids)
}

func TestTableThatIsNotThere(t *testing.T) {
	table := table(t)
	_, _, err := table.Findings(t.Context(), "", "rows")
	assert.ErrorContains(t, err, "history")
	table.Name = "no_such_dataset.history"
	_, err = table.Append(t.Context(), ran(t, "r", suite(day(1), day(2))).Records())
	assert.ErrorContains(t, err, "no_such_dataset")
}

// A table that was made when records had fewer columns is read, and says how it is
// appended to.
func TestTableOfFewerColumns(t *testing.T) {
	table := table(t)
	records := ran(t, "r1", suite(day(1), day(2))).Records()
	lines, err := linesOf(records)
	require.NoError(t, err)
	fewer := slices.DeleteFunc(Columns(), func(c expr.Field) bool { return c.Name == "suite_variables" })
	_, err = table.Engine.Append(t.Context(), bq.Append{
		Table: table.Name, Columns: fewer, PartitionBy: "run_at", Lines: bytes.ReplaceAll(lines, []byte(`"suite_variables":null,`), nil), IDColumn: "run_id", ID: "r1",
	})
	require.NoError(t, err)
	got, _, err := table.Findings(t.Context(), "games", "complete:usage by season")
	require.NoError(t, err)
	assert.Equal(t, records[:2], got)
	_, err = table.Append(t.Context(), ran(t, "r2", suite(day(1), day(2))).Records())
	assert.ErrorContains(t, err, "ADD COLUMN `suite_variables` STRING")
}
