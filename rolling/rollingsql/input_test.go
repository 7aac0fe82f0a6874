package rollingsql_test

import (
	"regexp"
	"strings"
	"testing"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// A key that lacks a part, or is expected in two ways, ends the statement with an error
// that says so: what hangs on it is not left out.
func TestKeysThatAreNoneAreErrors(t *testing.T) {
	for name, tc := range map[string]struct {
		insert string
		error  string
	}{
		"a row without its entity":       {"games VALUES (NULL, DATE '2024-03-02', FALSE, 1.0, 1)", "rows: a row of nba.games lacks a part of its key (player, game_date)"},
		"a row without its time":         {"games VALUES ('Ann', NULL, FALSE, 1.0, 1)", "rows: a row of nba.games lacks a part of its key (player, game_date)"},
		"an expected key without a time": {"sheet VALUES ('Ann', NULL, TRUE)", "expected keys: a row of nba.sheet lacks a part of its key (player, game_date)"},
		"a key expected and excused":     {"sheet VALUES ('Ann', DATE '2024-03-02', FALSE)", "a key of nba.sheet is expected twice and the two differ"},
	} {
		t.Run(name, func(t *testing.T) {
			ds := emulator.NewDataset(t)
			r := googlesql.Renderer{Project: emulator.Project, Tables: map[string]string{"nba.games": ds.ID + ".games", "nba.sheet": ds.ID + ".sheet"}}
			q := rollingsql.Query{Rows: playerGames(), Expected: sheet(), Specs: parsed(t, "points_avg_last_3")}
			q.Expected.Schema = append(boxScores[:2:2], expr.Field{Name: "active", Type: expr.Bool})
			q.Expected.Where = expr.Col("active")
			q.To = march(30) // what has no time is in no range
			load(t, ds, "games", bigquery.Schema{
				{Name: "player", Type: bigquery.StringFieldType}, {Name: "game_date", Type: bigquery.DateFieldType}, {Name: "is_dnp", Type: bigquery.BooleanFieldType},
				{Name: "minutes_played", Type: bigquery.FloatFieldType}, {Name: "points", Type: bigquery.IntegerFieldType},
			}, [][]bigquery.Value{{"Ann", march(2), false, 30.0, 7}})
			load(t, ds, "sheet", bigquery.Schema{
				{Name: "player", Type: bigquery.StringFieldType}, {Name: "game_date", Type: bigquery.DateFieldType}, {Name: "active", Type: bigquery.BooleanFieldType},
			}, [][]bigquery.Value{{"Ann", march(2), true}, {nil, nil, false}}) // the last owes no row
			s, err := q.Select(r)
			require.NoError(t, err)
			_, err = run(t, ds, s.Query)
			require.NoError(t, err)
			table, row, _ := strings.Cut(tc.insert, " ")
			require.NoError(t, ds.Exec(t.Context(), "INSERT INTO "+must(r.Table("nba."+table)).SQL()+" "+row))
			_, err = run(t, ds, s.Query)
			require.ErrorContains(t, err, tc.error)
		})
	}
}

// No name of a column and no value is taken for anything else.
func TestHostileNames(t *testing.T) {
	names := []string{"select", "e0", "intact_row", "t", "kind; DROP TABLE x --", "place", "own_r", "item"}
	for n, player := range []string{"'; DROP TABLE x; --", "`O'Neal` \\"} {
		q := rollingsql.Query{
			Rows: rollingsql.Source{
				Table:  "nba.games",
				Schema: expr.Schema{{Name: names[n], Type: expr.String}, {Name: names[n+2], Type: expr.Date}, {Name: names[n+4], Type: expr.String}, {Name: names[n+6], Type: expr.Int64}},
				Keys:   rollingsql.Keys{Entity: []string{names[n]}, At: names[n+2], Reset: names[n+4]},
			},
			Counted: expr.Col(names[n]).Eq(player),
		}
		q.Specs = []rolling.Spec{must(rolling.New(rolling.Mean(names[n+6]), rolling.Last(1), rolling.Including())), must(rolling.New(rolling.Sum(names[n+6]), rolling.Days(1)))}
		ds := emulator.NewDataset(t)
		load(t, ds, "games", bigquery.Schema{
			{Name: names[n], Type: bigquery.StringFieldType}, {Name: names[n+2], Type: bigquery.DateFieldType}, {Name: names[n+4], Type: bigquery.StringFieldType}, {Name: names[n+6], Type: bigquery.IntegerFieldType},
		}, [][]bigquery.Value{{player, march(2), "A", 7}, {"Ann", march(2), "A", 8}})
		r := googlesql.Renderer{Project: emulator.Project, Tables: map[string]string{"nba.games": ds.ID + ".games"}}
		s, err := q.Select(r)
		require.NoError(t, err)
		require.NotContains(t, s.Text, player)
		literal, err := q.Literal(r)
		require.NoError(t, err)
		for _, query := range []quality.Query{s.Query, {Text: literal}} {
			rows, err := run(t, ds, query)
			require.NoError(t, err)
			got := map[bigquery.Value]bigquery.Value{}
			for _, row := range rows {
				got[row[0]] = row[3]
			}
			require.Equal(t, map[bigquery.Value]bigquery.Value{player: 7.0, "Ann": nil}, got)
		}
	}
}

func TestMistakes(t *testing.T) {
	for name, tc := range map[string]struct {
		change func(q *rollingsql.Query)
		error  string
	}{
		"no windows":          {func(q *rollingsql.Query) { q.Specs = nil }, "no windows: give at least one spec"},
		"an empty spec":       {func(q *rollingsql.Query) { q.Specs = []rolling.Spec{{}} }, "spec 0 is empty"},
		"no entity":           {func(q *rollingsql.Query) { q.Rows.Entity = nil }, "rows: no entity"},
		"no time":             {func(q *rollingsql.Query) { q.Rows.At = "" }, "rows: no time"},
		"a time that is none": {func(q *rollingsql.Query) { q.Rows.At = "points" }, `rows: column "points" is INT64 and not a DATE, a TIMESTAMP or a DATETIME`},
		"an unknown column":   {func(q *rollingsql.Query) { q.Rows.Entity = []string{"playr"} }, `rows: there is no column "playr" (did you mean "player"?)`},
		"a key of floats":     {func(q *rollingsql.Query) { q.Rows.Entity = []string{"minutes_played"} }, `rows: column "minutes_played" is FLOAT64 and cannot be part of a key`},
		"an unknown value":    {func(q *rollingsql.Query) { q.Specs = parsed(t, "point_avg_last_3") }, `window "point_avg_last_3": there is no column "point"`},
		"a text as value":     {func(q *rollingsql.Query) { q.Specs = parsed(t, "player_avg_last_3") }, `window "player_avg_last_3": column "player" is STRING and not a number`},
		"the rows as oracle":  {func(q *rollingsql.Query) { q.Expected.Table = "nba.GAMES" }, "expected keys: nba.GAMES is the table of the rows itself"},
		"keys of another type": {func(q *rollingsql.Query) {
			q.Expected.Schema = expr.Schema{{Name: "player", Type: expr.Int64}, {Name: "game_date", Type: expr.Date}}
		}, `expected keys: column "player" is INT64 and "player" of the rows is STRING`},
		"a key that is a part":   {func(q *rollingsql.Query) { q.Rows.Entity = []string{"who.player"} }, "column who.player: the result has the key by its name, and no column of BigQuery can be called so"},
		"a window named by one":  {func(q *rollingsql.Query) { q.Specs = parsed(t, "form.points_avg_last_3") }, `window "form.points_avg_last_3": no column of BigQuery can be called so: name it with rolling.Named`},
		"one reset":              {func(q *rollingsql.Query) { q.Rows.Reset = "player" }, `expected keys: the rows have the reset "player" and these ""`},
		"one order":              {func(q *rollingsql.Query) { q.Rows.Order = []string{"points"} }, "expected keys: order is part of the key"},
		"days that end before":   {func(q *rollingsql.Query) { q.From, q.To = march(3), march(2) }, "points from 2024-03-03 to 2024-03-02 are none"},
		"a filter that is none":  {func(q *rollingsql.Query) { q.Counted = expr.Col("points").Plus(1) }, "counted: "},
		"a table without a home": {func(q *rollingsql.Query) { q.Rows.Table = "games" }, `table "games" has no dataset`},
	} {
		t.Run(name, func(t *testing.T) {
			q := rollingsql.Query{Rows: playerGames(), Expected: sheet(), Specs: parsed(t, "points_avg_last_3")}
			tc.change(&q)
			_, err := q.Select(googlesql.Renderer{Project: "p"})
			require.ErrorContains(t, err, tc.error)
		})
	}
}

// Windows of one name, or of that of a key, would be columns of one name.
func TestWindowsThatAreCalledAlike(t *testing.T) {
	for _, names := range [][]string{{"form", "Form"}, {"form", "form_reason"}, {"player"}} {
		q := rollingsql.Query{Rows: playerGames()}
		for _, name := range names {
			q.Specs = append(q.Specs, must(rolling.New(rolling.Mean("points"), rolling.Last(3), rolling.Named(name))))
		}
		_, err := q.Select(googlesql.Renderer{Project: "p"})
		require.ErrorContains(t, err, "the columns of the result: it names")
	}
}

// Twenty windows of three columns, over rows and days, with and without their points,
// are one scan: no stage is read twice, and a table is read by one of them.
func TestTwentyWindowsAreOneScan(t *testing.T) {
	ds, r := onEmulator(t, map[string]string{"Ann": "4 5 6 – 7 8", "Bob": "9 ? 8 – 7 6"})
	var specs []rolling.Spec
	for _, column := range []string{"points", "minutes_played"} {
		for _, window := range []string{"avg_last_2", "avg_last_3", "max_last_5", "avg_last_3_incl", "avg_2d", "sum_2d", "stddev_pop_3d", "avg_4d_incl", "count_2d", "min_last_4"} {
			specs = append(specs, must(rolling.Parse(column+"_"+window)))
		}
	}
	require.Len(t, specs, 20)
	q := rollingsql.Query{Rows: playerGames(), Counted: tookPart, Expected: sheet(), Specs: specs}
	s, err := q.Select(r)
	require.NoError(t, err)
	for _, table := range []string{"nba.games", "nba.sheet"} {
		require.Equal(t, 1, strings.Count(s.Text, must(r.Table(table)).SQL()), table)
	}
	for _, stage := range s.Stages {
		reads := regexp.MustCompile(`FROM `+stage.Name+`\b`).FindAllString(s.Text, -1)
		require.Len(t, reads, 1, stage.Name)
	}
	rows, err := run(t, ds, s.Query)
	require.NoError(t, err)
	require.Len(t, rows, 12)
	require.Len(t, rows[0], 2+20*6)
	require.Len(t, s.Schema, 2+20*6)
}
