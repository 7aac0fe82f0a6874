package bq_test

import (
	"testing"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/expr"
)

// A sample has all rows of an entity or none, of whatever table.
func TestASampleIsOfWholeEntities(t *testing.T) {
	ds := emulator.NewDataset(t)
	schema := bigquery.Schema{{Name: "player", Type: bigquery.StringFieldType}, {Name: "day", Type: bigquery.DateFieldType}, {Name: "points", Type: bigquery.FloatFieldType}}
	var rows [][]bigquery.Value
	for p := range 40 {
		for d := range 3 {
			rows = append(rows, []bigquery.Value{string(rune('A' + p)), civil.Date{Year: 2024, Month: 3, Day: d + 1}, []bigquery.Value{7.5, 8.0, nil}[d]})
		}
	}
	table, err := ds.CreateTable(t.Context(), "games", schema)
	require.NoError(t, err)
	require.NoError(t, table.LoadRows(t.Context(), rows))
	client, err := ds.Server().Client(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { client.Close() })
	engine, err := bq.New(client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator()})
	require.NoError(t, err)

	name := ds.ID + ".games"
	n, err := engine.Count(t.Context(), name)
	require.NoError(t, err)
	require.EqualValues(t, 120, n)
	tables, err := engine.Tables(t.Context(), name)
	require.NoError(t, err)
	source, err := engine.Rows(t.Context(), tables[0], []string{"player", "points", "day"}, bq.Sample{By: "player", OneIn: 3})
	require.NoError(t, err)
	sums, nulls := map[string]float64{}, 0
	for b, err := range source.Scan(t.Context(), []string{"points", "player"}) {
		require.NoError(t, err)
		for i := range b.Rows {
			player := b.Columns[1].Texts[i]
			if sums[player] += b.Columns[0].Floats[i]; !b.Columns[0].Valid.Get(i) {
				nulls++
			}
		}
	}
	require.Greater(t, len(sums), 0)
	require.Less(t, len(sums), 40)
	for player, sum := range sums {
		require.Equal(t, 15.5, sum, player)
	}
	require.Equal(t, len(sums), nulls)
	got, err := source.Schema(t.Context())
	require.NoError(t, err)
	require.Equal(t, []expr.Type{expr.String, expr.Float64, expr.Date}, []expr.Type{got[0].Type, got[1].Type, got[2].Type})

	source, err = engine.Rows(t.Context(), tables[0], []string{"player"}, bq.Sample{Where: expr.Col("day").Ge(expr.Lit(civil.Date{Year: 2024, Month: 3, Day: 2}))})
	require.NoError(t, err)
	for b, err := range source.Scan(t.Context(), []string{"player"}) {
		require.NoError(t, err)
		require.Equal(t, 80, b.Rows) // two of three days
	}
}

func TestRowsOfAnotherTypeAreNone(t *testing.T) {
	srv := fake()
	srv.Answer = func(fakebq.Query) fakebq.Answer {
		return fakebq.Answer{Columns: fakebq.Columns("season INTEGER"), Rows: [][]any{{7}}}
	}
	engine := engineOf(t, srv, bq.Options{})
	tables, err := engine.Tables(t.Context(), "nba.games")
	require.NoError(t, err)
	_, err = engine.Rows(t.Context(), tables[0], []string{"season"}, bq.Sample{})
	require.ErrorContains(t, err, "row 1 of the result, column season: 7 is no STRING")
	_, err = engine.Rows(t.Context(), tables[0], []string{"assists"}, bq.Sample{})
	require.ErrorContains(t, err, `no column "assists"`)
}
