package engines_test

import (
	"fmt"
	"testing"

	"cloud.google.com/go/civil"
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
	return madeBy(t, q, tables, specs...)
}

func madeBy(t *testing.T, q rollingsql.Query, tables []enginetest.Table, specs ...string) map[string]float64 {
	t.Helper()
	for _, name := range specs {
		s, err := rolling.Parse(name)
		require.NoError(t, err)
		q.Specs = append(q.Specs, s)
	}
	j := onReference(t, tables)
	s, err := q.Select(j.Renderer)
	require.NoError(t, err)
	out := map[string]float64{}
	rows, err := j.query(t.Context(), s.CountRows())
	require.NoError(t, err)
	require.Len(t, rows, len(s.Stages))
	for _, row := range rows {
		out[row[1].(string)] = float64(row[2].(int64)) / float64(len(tables[0].Rows))
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
	folded := map[string]float64{"folded": 2}
	for name, n := range last {
		folded[name] = n
	}
	withReset := map[string]float64{"seen": 2, "numbered": 2, "spanned": 2}
	for name, n := range last {
		withReset[name] = n
	}
	for _, players := range []int{2, 4, 8} {
		t.Run(fmt.Sprint(players), func(t *testing.T) {
			require.Equal(t, last, made(t, players, "", "points_avg_last_3", "points_avg_last_10"))
			require.Equal(t, folded, made(t, players, "", "points_stddev_pop_last_10"))
			require.Equal(t, both, made(t, players, "", "points_avg_last_3", "points_avg_last_10", "points_avg_3d", "points_avg_7d", "points_max_7d"))
			require.Equal(t, withReset, made(t, players, "season", "points_avg_last_3"))
		})
	}
}

// Of the twenty days before a point three are read where windows are over so many, and
// when each history began, of rows and of what was due; all of them where windows are over
// rows, however old; and none after it.
func TestDaysThatAreAskedForBoundWhatIsRead(t *testing.T) {
	q, tables := season(2, "")
	q.From, q.To = worldDate(20_015), worldDate(20_015)
	require.Equal(t, 2*(4+1)/20.0, madeBy(t, q, tables, "points_avg_3d", "points_avg_2d_incl")["source"])
	require.Equal(t, 2*16/20.0, madeBy(t, q, tables, "points_avg_3d", "points_avg_last_2")["source"])
}

// To ask for some days of what is asked for changes no answer.
func TestFewerDaysChangeNoAnswer(t *testing.T) {
	for seed := range uint64(3) {
		w := newWorld(7_000+seed, 4)
		w.query.From, w.query.To = civil.Date{}, civil.Date{}
		j := onReference(t, w.tables())
		answers := func() map[string]string {
			s, err := w.query.Select(j.Renderer)
			require.NoError(t, err)
			rows, err := j.query(t.Context(), s.Query)
			require.NoError(t, err)
			out := map[string]string{}
			for _, row := range rows {
				out[fmt.Sprint(row[:2+btoi(w.resets)]...)] = fmt.Sprint(row...)
			}
			return out
		}
		all := answers()
		w.query.From, w.query.To = worldDate(w.begin+6), worldDate(w.begin+12)
		some := answers()
		require.NotEmpty(t, some)
		require.Less(t, len(some), len(all))
		for key, answer := range some {
			require.Equal(t, all[key], answer, "world %d", w.seed)
		}
	}
}
