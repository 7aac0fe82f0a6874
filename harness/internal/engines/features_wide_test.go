package engines_test

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/features"
	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// wideRows are what the emulator judges in half a minute: it evaluates each expression of
// each row anew for each aggregate and grouping.
const wideRows = 3000

// Sixty features of so many rows are certified on the emulator as in memory, by a fold of
// all of them.
func TestSixtyFeaturesOnTheEmulator(t *testing.T) {
	if testing.Short() {
		t.Skip("180,000 cells on the emulator take a minute, which -short leaves out")
	}
	table := enginetest.Table{Name: "wide", Schema: expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "at", Type: expr.Date}, {Name: "label", Type: expr.Int64}}}
	s := features.Set{Suite: quality.Suite{Name: "wide", Date: "at", RowsAtFault: new(int)}, Key: []string{"id"}, Label: "label"}
	low, _ := expr.ValueOf(-1)
	high, _ := expr.ValueOf(1000)
	for f := range 60 {
		name, typ := fmt.Sprintf("f%02d", f), expr.Int64
		if f%10 == 0 {
			typ = expr.Float64 // which costs the emulator most, and of which most is asked
		}
		table.Schema = append(table.Schema, expr.Field{Name: name, Type: typ})
		of := features.Feature{Name: name}
		if f%10 == 0 {
			of.Low, of.High, of.Defaults, of.AtMost = low, high, []expr.Value{low}, []quality.Bound{quality.AtMost(quality.Percent(1))}
			of.Spread = []quality.Bound{quality.MoreThan(quality.Number(new(big.Rat)))}
		}
		s.Features = append(s.Features, of)
	}
	for i := range wideRows {
		row := []any{i, civil.Date{Year: 2025, Month: 10, Day: 1}.AddDays(i % 90), i % 40}
		for f := range 60 {
			n := (i * (f + 7)) % 997
			if row = append(row, n); f%10 == 0 {
				row[len(row)-1] = float64(n) / 7
			}
		}
		var values []expr.Value
		for _, x := range row {
			v, err := expr.ValueOf(x)
			require.NoError(t, err)
			values = append(values, v)
		}
		table.Rows = append(table.Rows, values)
	}
	open := func(engine quality.Engine, name string) *features.Certificate {
		s.Table = name
		c, err := features.Gate{Set: s, Now: time.Date(2026, 1, 6, 0, 0, 0, 0, time.UTC)}.Open(t.Context(), engine)
		require.NoError(t, err)
		return c
	}
	ds := emulator.NewDataset(t)
	_, err := ds.Load(t.Context(), table.Name, enginetest.Source(table))
	require.NoError(t, err)
	engine, err := bq.New(ds.Client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	with, dataset, err := enginetest.Memory(t.Context(), []enginetest.Table{table})
	require.NoError(t, err)
	memory, err := with()
	require.NoError(t, err)
	assert.Equal(t, open(memory, dataset+".wide").Entries(), open(engine, ds.ID+".wide").Entries())
}
