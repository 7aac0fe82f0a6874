package engines_test

import (
	"context"
	"fmt"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/engines"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// featureTable has two features of 3,000 rows: one of FLOAT64 that is NULL in the first
// ten rows of each month, and one of NUMERIC; ten rows have no label.
func featureTable(t *testing.T) enginetest.Table {
	t.Helper()
	out := enginetest.Table{Name: "store", Schema: expr.Schema{
		{Name: "player", Type: expr.String}, {Name: "game_date", Type: expr.Date}, {Name: "season", Type: expr.String},
		{Name: "points", Type: expr.Int64}, {Name: "usage_rate", Type: expr.Float64}, {Name: "pace", Type: expr.Numeric},
	}}
	for i := range 3000 {
		day := civil.Date{Year: 2025, Month: 10, Day: 1}.AddDays(i / 40)
		row := []any{fmt.Sprintf("player %d", i%40), day, "2025-26", i % 50, float64(i%700)/7 + 0.1, big.NewRat(int64(i%90), 8)}
		if day.Day == 1 && i%40 < 10 {
			row[4] = nil
		}
		if i < 10 {
			row[3] = nil
		}
		var values []expr.Value
		for _, x := range row {
			v, err := expr.ValueOf(x)
			require.NoError(t, err)
			values = append(values, v)
		}
		out.Rows = append(out.Rows, values)
	}
	return out
}

func featureSet(table string) features.Set {
	low, _ := expr.ValueOf(0)
	return features.Set{
		Suite: quality.Suite{Name: "points", Table: table, Date: "game_date", Where: expr.Col("pace").Lt(11), RowsAtFault: new(int)},
		Key:   []string{"player", "game_date"}, By: []string{"season"}, Label: "points",
		Leaks: features.Leaks{Predicts: quality.Number(big.NewRat(1, 2)), Cutoff: civil.Date{Year: 2025, Month: 12, Day: 31}},
		Features: []features.Feature{
			{Name: "usage_rate", Populated: []quality.Bound{quality.AtLeast(quality.Percent(95))}, Low: low},
			{Name: "pace", Spread: []quality.Bound{quality.MoreThan(quality.Number(new(big.Rat)))}},
		},
	}
}

// One set on one table comes to the same accounts on every engine, and what is certified
// on one holds on the others. The view gives the rows that are trained on, no more and no
// less.
func TestCertificatesHoldOnEveryEngine(t *testing.T) {
	table := featureTable(t)
	clock := time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC)
	type opened struct {
		*features.Opening
		engine      quality.Engine
		certificate *features.Certificate
	}
	open := func(t *testing.T, engine quality.Engine, name string) opened {
		t.Helper()
		o, err := features.Gate{Set: featureSet(name), Now: clock}.Try(t.Context(), engine)
		require.NoError(t, err)
		require.NotNil(t, o.Certificate, "%v", o.Report.Err())
		return opened{o, engine, o.Certificate}
	}
	same := func(t *testing.T, want, got opened) {
		t.Helper()
		assert.Equal(t, want.certificate.Entries(), got.certificate.Entries())
		assert.Equal(t, want.Losses, got.Losses)
		for i, c := range want.Report.Suites[0].Checks {
			other := got.Report.Suites[0].Checks[i]
			require.Equal(t, c.ID, other.ID)
			require.Len(t, other.Findings, len(c.Findings), c.ID)
			for j, f := range c.Findings {
				a, _ := f.Observed.Float64()
				b, _ := other.Findings[j].Observed.Float64()
				assert.InDelta(t, a, b, 1e-9, c.ID)
			}
		}
	}
	load := func(t *testing.T, l enginetest.Load) opened {
		t.Helper()
		with, dataset, err := l(t.Context(), []enginetest.Table{table})
		require.NoError(t, err)
		engine, err := with()
		require.NoError(t, err)
		return open(t, engine, dataset+".store")
	}
	memory := load(t, enginetest.Memory)
	assert.Equal(t, int64(2924), memory.certificate.Rows(), "88 of each 90 are below 11, which are 2,934, and the first ten have no label")

	t.Run("reference", func(t *testing.T) {
		ev := reference.Require(t)
		of := load(t, func(ctx context.Context, tables []enginetest.Table) (enginetest.Open, string, error) {
			return engines.LoadReference(ctx, ev, tables)
		})
		same(t, memory, of)
	})
	t.Run("emulator", func(t *testing.T) {
		ds := emulator.NewDataset(t)
		_, err := ds.Load(t.Context(), table.Name, enginetest.Source(table))
		require.NoError(t, err)
		engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
		require.NoError(t, err)
		of := open(t, engine, ds.ID+".store")
		same(t, memory, of)
		rows, err := ds.Query(t.Context(), of.certificate.View())
		require.NoError(t, err)
		assert.Len(t, rows, int(memory.certificate.Rows()))
		_, err = ds.Query(t.Context(), fmt.Sprintf("UPDATE `%s.store` SET pace = 3.125 WHERE player = 'player 7' AND game_date = '2025-11-03'", ds.ID))
		require.NoError(t, err)
		found, err := of.certificate.Verify(t.Context(), of.engine, clock)
		require.NoError(t, err)
		require.Len(t, found, 1)
		assert.Equal(t, "pace", found[0].Feature)
		assert.Equal(t, "2025-11-01", found[0].Month)
	})
}

// The label of the same rows stands in another table, where one key is missing: it is the
// same on every engine, and so are the rows that the view gives.
func TestALabelElsewhereIsTheSameOnEveryEngine(t *testing.T) {
	whole := featureTable(t)
	whole.Rows = whole.Rows[:400]
	store := enginetest.Table{Name: "store"}
	results := enginetest.Table{Name: "results", Schema: expr.Schema{whole.Schema[0], whole.Schema[1], {Name: "scored", Type: expr.Int64}}}
	for i, f := range whole.Schema {
		if i != 3 {
			store.Schema = append(store.Schema, f)
		}
	}
	for i, row := range whole.Rows {
		store.Rows = append(store.Rows, append(append([]expr.Value{}, row[:3]...), row[4:]...))
		if i != 50 {
			results.Rows = append(results.Rows, []expr.Value{row[0], row[1], row[3]})
		}
	}
	clock := time.Date(2026, 1, 6, 12, 0, 0, 0, time.UTC)
	open := func(t *testing.T, engine quality.Engine, dataset string) *features.Certificate {
		t.Helper()
		s := featureSet(dataset + ".store")
		s.Features[0].Populated = []quality.Bound{quality.AtLeast(quality.Percent(90))}
		s.LabelOf = &features.LabelOf{Table: dataset + ".results", Column: expr.Col("scored"), Match: []quality.Bound{quality.AtLeast(quality.Percent(99))}}
		s.Where = s.Where.And(expr.Col("points").Gt(3))
		c, err := features.Gate{Set: s, Now: clock}.Open(t.Context(), engine)
		require.NoError(t, err)
		return c
	}
	tables := []enginetest.Table{store, results}
	with, dataset, err := enginetest.Memory(t.Context(), tables)
	require.NoError(t, err)
	engine, err := with()
	require.NoError(t, err)
	memory := open(t, engine, dataset)
	assert.NotZero(t, memory.Rows())

	t.Run("reference", func(t *testing.T) {
		with, dataset, err := engines.LoadReference(t.Context(), reference.Require(t), tables)
		require.NoError(t, err)
		engine, err := with()
		require.NoError(t, err)
		assert.Equal(t, memory.Entries(), open(t, engine, dataset).Entries())
	})
	t.Run("emulator", func(t *testing.T) {
		ds := emulator.NewDataset(t)
		for _, table := range tables {
			_, err := ds.Load(t.Context(), table.Name, enginetest.Source(table))
			require.NoError(t, err)
		}
		engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
		require.NoError(t, err)
		c := open(t, engine, ds.ID)
		assert.Equal(t, memory.Entries(), c.Entries())
		rows, err := ds.Query(t.Context(), c.View())
		require.NoError(t, err)
		assert.Len(t, rows, int(c.Rows()))
	})
}

// The view of rows at an instant is GoogleSQL; without one it gives them.
func TestTheViewOfAnInstantIsGoogleSQL(t *testing.T) {
	table := featureTable(t)
	table.Rows = table.Rows[:50]
	ev := reference.Require(t)
	with, dataset, err := engines.LoadReference(t.Context(), ev, []enginetest.Table{table})
	require.NoError(t, err)
	engine, err := with()
	require.NoError(t, err)
	loaded := engines.ReferenceTables([]enginetest.Table{table})[0]
	loaded.Name = "fake." + dataset + ".store"
	db, err := ev.Load(t.Context(), loaded)
	require.NoError(t, err)
	gate := features.Gate{Set: featureSet(dataset + ".store"), Now: now, Project: "fake"}
	view, err := gate.View(t.Context(), engine, &quality.Report{})
	require.NoError(t, err)
	got, err := db.Query(t.Context(), view)
	require.NoError(t, err)
	assert.Len(t, got.Rows, 40, "the first ten have no label, and all of them are eligible")
	view, err = gate.View(t.Context(), engine, &quality.Report{ReadAt: time.Date(2025, 11, 1, 6, 0, 0, 0, time.UTC)})
	require.NoError(t, err)
	_, err = db.Query(t.Context(), view)
	require.ErrorContains(t, err, "SetReadTime() not implemented")
}
