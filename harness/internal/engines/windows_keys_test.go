package engines_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// A game is due for both of its teams, whose name is two columns; the mean of a BOOL is
// the share that is TRUE. In the north BOS won against NYK, lost to MIA, and the row of
// its third game is lost; that of a team by the same name in the south is not its own.
func TestWindowsOfTeamsByGames(t *testing.T) {
	row := func(values ...any) []expr.Value {
		var out []expr.Value
		for _, v := range values {
			if day, ok := v.(int); ok {
				v = worldDate(day)
			}
			out = append(out, must(expr.ValueOf(v)))
		}
		return out
	}
	results := enginetest.Table{Name: "results", Schema: expr.Schema{
		{Name: "league", Type: expr.String}, {Name: "team", Type: expr.String}, {Name: "day", Type: expr.Date}, {Name: "won", Type: expr.Bool},
	}, Rows: [][]expr.Value{
		row("north", "BOS", 1, true), row("north", "NYK", 1, false), row("north", "BOS", 2, false), row("north", "MIA", 2, true),
		row("north", "NYK", 3, true), row("south", "BOS", 3, true), row("north", "BOS", 4, true),
	}}
	games := enginetest.Table{Name: "games", Schema: expr.Schema{
		{Name: "league", Type: expr.String}, {Name: "home", Type: expr.String}, {Name: "away", Type: expr.String}, {Name: "date", Type: expr.Date},
	}, Rows: [][]expr.Value{
		row("north", "BOS", "NYK", 1), row("north", "MIA", "BOS", 2), row("north", "BOS", "NYK", 3), row("north", "BOS", "MIA", 4),
	}}
	won, err := rolling.Parse("won_avg_last_2_incl")
	require.NoError(t, err)
	q := rollingsql.Query{
		Rows: rollingsql.Source{Table: "test.results", Schema: results.Schema, Keys: rollingsql.Keys{Entity: []string{"league", "team"}, At: "day"}},
		Expected: &rollingsql.Expected{
			Source: rollingsql.Source{Table: "test.games", Schema: games.Schema, Keys: rollingsql.Keys{Entity: []string{"league", "home"}, At: "date"}},
			Also:   [][]string{{"league", "away"}},
		},
		Specs: []rolling.Spec{won},
	}
	j := onReference(t, []enginetest.Table{results, games})
	s, err := q.Select(j.Renderer)
	require.NoError(t, err)
	rows, err := j.query(t.Context(), s.Query)
	require.NoError(t, err)
	require.ElementsMatch(t, [][]any{
		{"north", "BOS", worldDate(1), nil, "warmup", int64(1), int64(2), worldDate(1), worldDate(1)},
		{"north", "BOS", worldDate(2), 0.5, "whole", int64(2), int64(2), worldDate(1), worldDate(2)},
		{"north", "BOS", worldDate(4), nil, "gap", int64(1), int64(2), worldDate(3), worldDate(4)},
		{"north", "NYK", worldDate(1), nil, "warmup", int64(1), int64(2), worldDate(1), worldDate(1)},
		{"north", "NYK", worldDate(3), 0.5, "whole", int64(2), int64(2), worldDate(1), worldDate(3)},
		{"north", "MIA", worldDate(2), nil, "warmup", int64(1), int64(2), worldDate(2), worldDate(2)},
		{"south", "BOS", worldDate(3), nil, "warmup", int64(1), int64(2), worldDate(3), worldDate(3)},
	}, rows)
}
