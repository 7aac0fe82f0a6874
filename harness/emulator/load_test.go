package emulator_test

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/rows"
)

// points is a table of one team column and one points column.
func points(t *testing.T) (*emulator.Dataset, *emulator.Table) {
	t.Helper()
	ds := emulator.NewDataset(t)
	table, err := ds.CreateTable(t.Context(), "points", bigquery.Schema{
		{Name: "team", Type: bigquery.StringFieldType, Required: true},
		{Name: "points", Type: bigquery.IntegerFieldType},
	})
	require.NoError(t, err)
	return ds, table
}

func TestRowsThatDoNotFitLoadNothing(t *testing.T) {
	ds, table := points(t)
	assert.ErrorContains(t, table.LoadRows(t.Context(), [][]bigquery.Value{{"BOS", int64(1)}, {"LAL"}}),
		"row 1: 1 values for 2 columns")
	assert.ErrorContains(t, table.LoadRows(t.Context(), [][]bigquery.Value{{"BOS", int64(1)}, {"LAL", struct{}{}}}),
		`row 1: column "points": a struct {} is no value of INTEGER`)
	rows, err := ds.Query(t.Context(), "SELECT COUNT(*) FROM "+table.SQL())
	require.NoError(t, err)
	assert.Equal(t, [][]bigquery.Value{{int64(0)}}, rows)
}

// More than 16 MiB goes up in chunks by default, which the emulator mistakes.
func TestManyBytesArriveWhole(t *testing.T) {
	ds, table := points(t)
	row := []bigquery.Value{strings.Repeat("x", 16<<10), int64(1)}
	rows := slices.Repeat([][]bigquery.Value{row}, 1100)
	require.Greater(t, len(rows)*len(row[0].(string)), 16<<20)
	require.NoError(t, table.LoadRows(t.Context(), rows))
	got, err := ds.Query(t.Context(), "SELECT SUM(p.points) FROM "+table.SQL()+" AS p")
	require.NoError(t, err)
	assert.Equal(t, [][]bigquery.Value{{int64(len(rows))}}, got)
}

func TestNaNIsNullHere(t *testing.T) {
	ds := emulator.NewDataset(t)
	table, err := ds.CreateTable(t.Context(), "t", bigquery.Schema{{Name: "x", Type: bigquery.FloatFieldType}})
	require.NoError(t, err)
	require.NoError(t, table.LoadRows(t.Context(), [][]bigquery.Value{{math.NaN()}}))
	got, err := ds.Query(t.Context(), "SELECT x FROM "+table.SQL())
	require.NoError(t, err)
	assert.Equal(t, [][]bigquery.Value{{nil}}, got, "the emulator keeps NaN now: say so in the package comment")
}

func TestHostileNamesAreQuoted(t *testing.T) {
	ds := emulator.NewDataset(t)
	columns := []string{"select", "group", "a b", "x-y", "Ünicode", "from"}
	var schema bigquery.Schema
	var row []bigquery.Value
	for i, name := range columns {
		schema = append(schema, &bigquery.FieldSchema{Name: name, Type: bigquery.IntegerFieldType})
		row = append(row, int64(i))
	}
	table, err := ds.CreateTable(t.Context(), "order", schema)
	require.NoError(t, err)
	require.NoError(t, table.LoadRows(t.Context(), [][]bigquery.Value{row}))
	got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL())
	require.NoError(t, err)
	assert.Equal(t, [][]bigquery.Value{row}, got)
}

func TestTableWithoutColumnsIsRefused(t *testing.T) {
	ds := emulator.NewDataset(t)
	_, err := ds.CreateTable(t.Context(), "t", nil)
	assert.ErrorContains(t, err, "give it a schema")
	_, err = ds.CreateTable(t.Context(), "t", bigquery.Schema{{Name: "g", Type: bigquery.GeographyFieldType}})
	assert.ErrorContains(t, err, `column "g"`)
}

// The emulator panics on this statement. The client would repeat a server
// error until its deadline; here it is a refusal, at once.
func TestPanicOfTheEmulatorIsARefusal(t *testing.T) {
	ds := emulator.NewDataset(t)
	_, err := ds.Query(t.Context(), "SELECT APPROX_QUANTILES(v, 2 IGNORE NULLS) FROM UNNEST([1, 2, NULL, 3]) v")
	require.ErrorContains(t, err, "Error 400")
	assert.NotContains(t, err.Error(), "deadline")
}

// Nine million pairs take the emulator seconds; it stops when nobody waits.
func TestQueryEndsWithItsContext(t *testing.T) {
	ds := emulator.NewDataset(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	_, err := ds.Query(ctx, "SELECT COUNT(*) FROM UNNEST(GENERATE_ARRAY(1, 3000)) a, UNNEST(GENERATE_ARRAY(1, 3000)) b WHERE a < b")
	require.ErrorIs(t, err, context.DeadlineExceeded)
	_, err = ds.Query(t.Context(), "SELECT 1")
	require.NoError(t, err)
}

func TestTablesOfOneNameAreApart(t *testing.T) {
	type row struct{ X string }
	tables := map[string]*emulator.Table{}
	datasets := map[string]*emulator.Dataset{}
	for _, name := range []string{"first", "second"} {
		datasets[name] = emulator.NewDataset(t)
		source, err := rows.Of([]row{{name}})
		require.NoError(t, err)
		tables[name], err = datasets[name].Load(t.Context(), "t", source)
		require.NoError(t, err)
	}
	for name, table := range tables {
		for _, ds := range datasets {
			got, err := ds.Query(t.Context(), "SELECT * FROM "+table.SQL())
			require.NoError(t, err)
			assert.Equal(t, [][]bigquery.Value{{name}}, got)
		}
	}
}

func TestDatasetIsGoneAfterItsTest(t *testing.T) {
	var used *emulator.Dataset
	t.Run("uses one", func(t *testing.T) { used = emulator.NewDataset(t) })
	if used == nil {
		t.Skip("skipped above, for the reason given there")
	}
	client, err := emulator.Require(t).Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	_, err = client.Dataset(used.ID).Metadata(t.Context())
	assert.ErrorContains(t, err, "notFound")
}
