package rollingsql_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

func parsed(t *testing.T, names ...string) []rolling.Spec {
	t.Helper()
	var out []rolling.Spec
	for _, name := range names {
		s, err := rolling.Parse(name)
		require.NoError(t, err)
		out = append(out, s)
	}
	return out
}

var boxScores = expr.Schema{
	{Name: "player", Type: expr.String}, {Name: "game_date", Type: expr.Date}, {Name: "is_dnp", Type: expr.Bool},
	{Name: "minutes_played", Type: expr.Float64}, {Name: "points", Type: expr.Int64},
}

func playerGames() rollingsql.Source {
	return rollingsql.Source{Table: "nba.games", Schema: boxScores, Keys: rollingsql.Keys{Entity: []string{"player"}, At: "game_date"}}
}

func sheet() *rollingsql.Expected {
	s := playerGames()
	s.Table, s.Schema = "nba.sheet", boxScores[:2]
	return &rollingsql.Expected{Source: s}
}

var tookPart = expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0))

// onEmulator loads the games of players and their sheet. The n-th game is the points of
// the n-th of March 2024: – did not play, ? is NULL, ✗ has no row.
func onEmulator(t *testing.T, games map[string]string) (*emulator.Dataset, googlesql.Renderer) {
	t.Helper()
	ds := emulator.NewDataset(t)
	var rows, due [][]bigquery.Value
	for player, results := range games {
		for n, game := range strings.Fields(results) {
			date := march(n + 1)
			due = append(due, []bigquery.Value{player, date})
			switch game {
			case "✗":
			case "–":
				rows = append(rows, []bigquery.Value{player, date, true, nil, nil})
			case "?":
				rows = append(rows, []bigquery.Value{player, date, false, 12.5, nil})
			default:
				rows = append(rows, []bigquery.Value{player, date, nil, 30.0, game})
			}
		}
	}
	schema := bigquery.Schema{
		{Name: "player", Type: bigquery.StringFieldType}, {Name: "game_date", Type: bigquery.DateFieldType}, {Name: "is_dnp", Type: bigquery.BooleanFieldType},
		{Name: "minutes_played", Type: bigquery.FloatFieldType}, {Name: "points", Type: bigquery.IntegerFieldType},
	}
	load(t, ds, "games", schema, rows)
	load(t, ds, "sheet", schema[:2], due)
	return ds, googlesql.Renderer{Project: emulator.Project, Tables: map[string]string{
		"nba.games": ds.ID + ".games", "nba.sheet": ds.ID + ".sheet", "nba.points": ds.ID + ".points", "nba.stored": ds.ID + ".stored", "nba.made": ds.ID + ".made",
	}}
}

func load(t *testing.T, ds *emulator.Dataset, name string, schema bigquery.Schema, rows [][]bigquery.Value) {
	t.Helper()
	table, err := ds.CreateTable(t.Context(), name, schema)
	require.NoError(t, err)
	require.NoError(t, table.LoadRows(t.Context(), rows))
}

func march(day int) civil.Date { return civil.Date{Year: 2024, Month: time.March, Day: day} }

func run(t *testing.T, ds *emulator.Dataset, q quality.Query) ([][]bigquery.Value, error) {
	t.Helper()
	var params []bigquery.QueryParameter
	for name, v := range q.Parameters {
		params = append(params, bigquery.QueryParameter{Name: name, Value: v.Go()})
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	return ds.Query(ctx, q.Text, params...)
}

// The answers as of the ninth day are those of package rolling's own example.
func TestWindowsAreWholeOrRefused(t *testing.T) {
	games := map[string]string{
		"all":          "4 5 6 – – 7 8 9",
		"resting":      "4 5 6 – – 7 8 –",
		"older hole":   "4 5 ✗ 6 7 8 9 –",
		"newest lost":  "4 5 6 7 8 9 1 ✗",
		"lost":         "4 5 6 7 8 ✗ 9 1",
		"null":         "4 5 6 7 8 ? 9 1",
		"lost, null":   "4 5 6 7 ✗ ? 9 1",
		"new":          "– – – – – – 8 9",
		"new and lost": "– – ✗ – – – 8 9",
	}
	ds, r := onEmulator(t, games)
	var points [][]bigquery.Value
	for player := range games {
		points = append(points, []bigquery.Value{player, march(9)})
	}
	load(t, ds, "points", bigquery.Schema{{Name: "player", Type: bigquery.StringFieldType}, {Name: "game_date", Type: bigquery.DateFieldType}}, points)
	asked := playerGames()
	asked.Table = "nba.points"
	q := rollingsql.Query{Rows: playerGames(), Counted: tookPart, Expected: sheet(), Points: &asked, Specs: parsed(t, "points_avg_last_3")}
	s, err := q.Select(r)
	require.NoError(t, err)
	rows, err := run(t, ds, s.Query)
	require.NoError(t, err)
	got := map[string][]bigquery.Value{}
	for _, row := range rows {
		require.Equal(t, march(9), row[1])
		got[row[0].(string)] = row[2:]
	}
	three := int64(3)
	require.Equal(t, map[string][]bigquery.Value{
		"all":          {8.0, "whole", three, three, march(6), march(8)},
		"resting":      {7.0, "whole", three, three, march(3), march(7)},
		"older hole":   {8.0, "whole", three, three, march(5), march(7)},
		"newest lost":  {nil, "gap", int64(2), three, march(6), march(8)},
		"lost":         {nil, "gap", int64(2), three, march(6), march(8)},
		"null":         {nil, "null", int64(2), three, march(6), march(8)},
		"lost, null":   {nil, "null", int64(2), three, march(6), march(8)},
		"new":          {nil, "warmup", int64(2), three, march(7), march(8)},
		"new and lost": {nil, "gap", int64(2), three, march(3), march(8)},
	}, got)
}

func sorted(rows [][]bigquery.Value) [][]bigquery.Value {
	slices.SortFunc(rows, func(a, b []bigquery.Value) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) })
	return rows
}

// A view, a merge into a table and a write by days give what the SELECT gives.
func TestWrites(t *testing.T) {
	ds, r := onEmulator(t, map[string]string{"Ann": "4 5 6 ✗ 7 8", "Bob's": "9 ? 8 – 7 6"})
	q := rollingsql.Query{Rows: playerGames(), Counted: tookPart, Expected: sheet(), Specs: parsed(t, "points_avg_last_2", "points_sum_2d")}
	s, err := q.Select(r)
	require.NoError(t, err)
	want, err := run(t, ds, s.Query)
	require.NoError(t, err)
	require.Len(t, want, 11)

	// It stands within another query, as rows that checks are about.
	whole, err := run(t, ds, quality.Query{Text: "SELECT COUNTIF(points_sum_2d_reason = 'whole') FROM (\n" + s.Text + "\n) AS made", Parameters: s.Parameters})
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{{int64(3)}}, whole) // Ann as of the third, Bob as of the fifth and sixth

	view := must(q.View(r, "nba.stored"))
	require.Empty(t, view.Parameters)
	_, err = run(t, ds, view)
	require.NoError(t, err)
	stored := "SELECT * FROM " + must(r.Table("nba.stored")).SQL()
	got, err := ds.Query(t.Context(), stored)
	require.NoError(t, err)
	require.Equal(t, sorted(want), sorted(got))
	require.NoError(t, ds.Exec(t.Context(), strings.Replace(stored, "SELECT * FROM", "DROP VIEW", 1)))

	_, err = run(t, ds, must(q.Create(r, "nba.made")))
	require.NoError(t, err)
	got, err = ds.Query(t.Context(), "SELECT * FROM "+must(r.Table("nba.made")).SQL())
	require.NoError(t, err)
	require.Equal(t, sorted(want), sorted(got))

	// A table that holds one old answer and one that is no point.
	columns := make([]string, len(s.Schema))
	for i, f := range s.Schema {
		columns[i] = f.Name + " " + string(f.Type)
	}
	require.NoError(t, ds.Exec(t.Context(), strings.Replace(stored, "SELECT * FROM", "CREATE TABLE", 1)+" ("+strings.Join(columns, ", ")+", note STRING)"))
	require.NoError(t, ds.Exec(t.Context(), strings.Replace(stored, "SELECT * FROM", "INSERT INTO", 1)+
		" (player, game_date, points_avg_last_2, note) VALUES ('Ann', DATE '2024-03-05', 99.0, 'old'), ('Eve', DATE '2024-03-05', 98.0, 'other')"))
	due, err := run(t, ds, must(q.Due(r)))
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{{nil, "listed", int64(12)}, {nil, "met", int64(11)}, {nil, "owing", int64(12)}}, sorted(due))
	tally, err := run(t, ds, must(q.Merge(r, "nba.stored")))
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{
		// Bob as of the fifth knows of the NULL by rows, and no more by days
		{"points_avg_last_2", "gap", int64(2)}, {"points_avg_last_2", "null", int64(3)}, {"points_avg_last_2", "warmup", int64(4)}, {"points_avg_last_2", "whole", int64(2)},
		{"points_sum_2d", "gap", int64(2)}, {"points_sum_2d", "null", int64(2)}, {"points_sum_2d", "warmup", int64(4)}, {"points_sum_2d", "whole", int64(3)},
	}, sorted(tally))
	got, err = ds.Query(t.Context(), "SELECT * EXCEPT (note) FROM ("+stored+" WHERE player != 'Eve')")
	require.NoError(t, err)
	require.Equal(t, sorted(want), sorted(got))
	got, err = ds.Query(t.Context(), "SELECT player, note FROM ("+stored+") WHERE note IS NOT NULL ORDER BY player")
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{{"Ann", "old"}, {"Eve", "other"}}, got)

	q.From, q.To = march(5), march(5)
	due, err = run(t, ds, must(q.Due(r)))
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{{nil, "listed", int64(10)}, {nil, "met", int64(9)}, {nil, "owing", int64(10)}}, sorted(due), "up to the fifth")
	tally, err = run(t, ds, must(q.Replace(r, "nba.stored")))
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{
		{"points_avg_last_2", "gap", int64(1)}, {"points_avg_last_2", "null", int64(1)}, {"points_sum_2d", "gap", int64(1)}, {"points_sum_2d", "whole", int64(1)},
	}, sorted(tally))
	got, err = ds.Query(t.Context(), "SELECT * EXCEPT (note) FROM ("+stored+")")
	require.NoError(t, err)
	require.Equal(t, sorted(want), sorted(got), "Eve had no game that day")
}

// Without a clock of its own a statement goes by that of the service.
func TestKeysAreDueWhenTheStatementRuns(t *testing.T) {
	ds, r := onEmulator(t, map[string]string{"long ago": "4 ✗", "ages to go": "4 ✗"})
	due := func(year int) time.Time { return time.Date(year, time.March, 2, 0, 0, 0, 0, time.UTC) }
	load(t, ds, "due", bigquery.Schema{
		{Name: "player", Type: bigquery.StringFieldType}, {Name: "game_date", Type: bigquery.DateFieldType}, {Name: "final_at", Type: bigquery.TimestampFieldType},
	}, [][]bigquery.Value{{"long ago", march(2), due(2024)}, {"ages to go", march(2), due(9000)}})
	r.Tables["nba.sheet"] = ds.ID + ".due"
	q := rollingsql.Query{Rows: playerGames(), Expected: sheet(), Points: &sheet().Source, Specs: parsed(t, "points_avg_last_1_incl")}
	q.Expected.Schema = append(boxScores[:2:2], expr.Field{Name: "final_at", Type: expr.Timestamp})
	q.Expected.Due = "final_at"
	s, err := q.Select(r)
	require.NoError(t, err)
	rows, err := run(t, ds, s.Query)
	require.NoError(t, err)
	got := map[bigquery.Value]bigquery.Value{}
	for _, row := range rows {
		got[row[0]] = row[3]
	}
	require.Equal(t, map[bigquery.Value]bigquery.Value{"long ago": "gap", "ages to go": "waiting"}, got)
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// What was due of teams is told by their players: of the game that both have a row of,
// and of the one that is lost.
func TestWhatWasDueOfTeamsIsTold(t *testing.T) {
	ds, r := onEmulator(t, map[string]string{"Ann": "4"})
	load(t, ds, "results", bigquery.Schema{
		{Name: "player", Type: bigquery.StringFieldType}, {Name: "game_date", Type: bigquery.DateFieldType}, {Name: "club", Type: bigquery.StringFieldType}, {Name: "points", Type: bigquery.IntegerFieldType},
	}, [][]bigquery.Value{{"Ann", march(1), "BOS", 4}, {"Bob", march(1), "BOS", 5}, {"Ann", march(3), "BOS", 6}})
	load(t, ds, "schedule", bigquery.Schema{{Name: "team", Type: bigquery.StringFieldType}, {Name: "day", Type: bigquery.DateFieldType}},
		[][]bigquery.Value{{"BOS", march(1)}, {"BOS", march(2)}})
	r.Tables["nba.games"], r.Tables["nba.sheet"] = ds.ID+".results", ds.ID+".schedule"
	q := rollingsql.Query{Rows: playerGames(), Specs: parsed(t, "points_avg_last_2")}
	q.Rows.Schema = append(boxScores[:2:2], expr.Field{Name: "club", Type: expr.String}, boxScores[4])
	q.Expected = &rollingsql.Expected{Team: "club", Source: rollingsql.Source{Table: "nba.sheet",
		Schema: expr.Schema{{Name: "team", Type: expr.String}, {Name: "day", Type: expr.Date}}, Keys: rollingsql.Keys{Entity: []string{"team"}, At: "day"}}}
	due, err := run(t, ds, must(q.Due(r)))
	require.NoError(t, err)
	require.Equal(t, [][]bigquery.Value{{nil, "listed", int64(4)}, {nil, "met", int64(2)}, {nil, "owing", int64(4)}}, sorted(due))
}
