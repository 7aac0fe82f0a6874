package engines_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/rollingsql"
)

// season is so many players with a game on each of twenty days, and what was due.
func season(players int, reset string) (rollingsql.Query, []enginetest.Table) {
	schema := expr.Schema{{Name: "player", Type: expr.String}, {Name: "day", Type: expr.Date}, {Name: "season", Type: expr.String}, {Name: "points", Type: expr.Int64}}
	rows, due := enginetest.Table{Name: "rows", Schema: schema}, enginetest.Table{Name: "due", Schema: schema[:3]}
	for p := range players {
		for day := range 20 {
			key := []expr.Value{text("p", p), must(expr.ValueOf(worldDate(20_000 + day))), text("s", day/10)}
			due.Rows = append(due.Rows, key)
			rows.Rows = append(rows.Rows, append(key[:3:3], must(expr.ValueOf(int64(day)))))
		}
	}
	source := func(t enginetest.Table) rollingsql.Source {
		return rollingsql.Source{Table: "test." + t.Name, Schema: t.Schema, Keys: rollingsql.Keys{Entity: []string{"player"}, At: "day", Reset: reset}}
	}
	return rollingsql.Query{Rows: source(rows), Expected: &rollingsql.Expected{Source: source(due)}}, []enginetest.Table{rows, due}
}

// made is how many rows each stage makes for each row of the table.
func made(t *testing.T, players int, reset string, specs ...string) map[string]float64 {
	t.Helper()
	q, tables := season(players, reset)
	for _, name := range specs {
		s, err := rolling.Parse(name)
		require.NoError(t, err)
		q.Specs = append(q.Specs, s)
	}
	j := onReference(t, tables)
	s, err := q.Select(j.Renderer)
	require.NoError(t, err)
	out := map[string]float64{}
	rows, err := j.query(t.Context(), s.Rows())
	require.NoError(t, err)
	require.Len(t, rows, len(s.Stages))
	for _, row := range rows {
		out[row[1].(string)] = float64(row[2].(int64)) / float64(20*players)
	}
	return out
}

// A row of the table is a row of the source, and so is what was due; where they meet they
// are one key, and with it goes a point. Nothing but an expansion to days makes more of
// them: d days make a place d+1 rows, whatever else is asked for. That is so for any number
// of rows.
func TestStagesGrowWithTheirInput(t *testing.T) {
	last := map[string]float64{
		"source": 2, "keyed": 2, "judged": 2, "ranked": 2, "framed": 2, "taken": 2, "valued": 1, "reasoned": 1,
	}
	both := map[string]float64{
		"source": 2, "keyed": 2, "judged": 2, "ranked": 2, "framed": 2, "taken": 2, "reached": 1 + 8, "answered": 1, "valued": 1, "reasoned": 1,
	}
	withReset := map[string]float64{"seen": 2, "numbered": 2, "spanned": 2}
	for name, n := range last {
		withReset[name] = n
	}
	for _, players := range []int{2, 4, 8} {
		t.Run(fmt.Sprint(players), func(t *testing.T) {
			require.Equal(t, last, made(t, players, "", "points_avg_last_3", "points_avg_last_10"))
			require.Equal(t, both, made(t, players, "", "points_avg_last_3", "points_avg_last_10", "points_avg_3d", "points_avg_7d", "points_max_7d"))
			require.Equal(t, withReset, made(t, players, "season", "points_avg_last_3"))
		})
	}
}
