package standard_test

import (
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// oneOfEach has a check of every kind that is about one table.
const oneOfEach = `
suite: games
table: d.games
rows_at_fault: 0
checks:
- rows: {at_least: 1}
- complete: [points, team]
- complete: {points: 50%, "min*": 50%}
- range: {points: [0, 150]}
- in: {team: [BOS, LAL]}
- pattern: {team: '^[A-Z]{3}$'}
- length: {team: [3, 3]}
- assert: points >= 0
- implies: {if: minutes > 0, then: points IS NOT NULL}
- total: {of: [points, minutes], to: 48}
- defaults: {points: 0}
  at_most: 90%
- distinct: team
  at_least: 1
- spread: points
  more_than: 0
- sum: points
  at_least: 1
- mean: points
  between: [0, 150]
- stddev: points
  at_least: 0.1
- min: points
  at_least: 0
- max: points
  at_most: 150
- quantile: {column: points, q: 0.5}
  at_most: 150
- group: {by: [team], assert: count() < 82}
- monotone: {column: season_points, of: team, at: played}
- top_share: points
  at_most: 90%
- unique: [team, played]
`

// What is of the table's rows is one statement that reads what the checks name, and each
// key set and each relation is one more.
func TestOneOfEachKindIsFewStatements(t *testing.T) {
	src, err := rows.Columns(
		rows.Column{Name: "team", Values: []string{"BOS", "BOS", "LAL"}},
		rows.Column{Name: "played", Values: []int64{1, 2, 1}},
		rows.Column{Name: "points", Values: []float64{20, 30, 18}},
		rows.Column{Name: "minutes", Values: []float64{28, 18, 30}},
		rows.Column{Name: "season_points", Values: []float64{20, 50, 18}},
		rows.Column{Name: "nobody_asks", Values: []string{"", "", ""}},
	)
	require.NoError(t, err)
	files, err := suitefile.Parse("games.yaml", []byte(oneOfEach), standard.Kinds()...)
	require.NoError(t, err)
	engine := rows.NewEngine(map[string]expr.Source{"d.games": src})
	plan, ms, err := quality.Measure(t.Context(), engine, time.Unix(0, 0), files[0].Suite)
	require.NoError(t, err)
	require.Empty(t, plan.Unresolved())
	var got []string
	for _, s := range plan.Statements {
		read := s.Columns
		if s.Relation.Table() == "" {
			read = s.Relation.Reads()["d.games"]
		}
		got = append(got, s.Class.String()+": "+strings.Join(read, " "))
	}
	require.Equal(t, []string{
		"fold: team played points minutes season_points", // all but those below
		"keyed: team played",                             // unique
		"fold: team",                                     // group
		"fold: team played season_points",                // monotone
		"fold: points",                                   // top_share
	}, got)
	for _, c := range plan.Judge(ms).Suites[0].Checks {
		require.Equal(t, quality.Pass, c.Verdict, "%s: %s", c.ID, c.Reason)
	}
}

// What was before is read with what is judged, and no day between the two.
func TestABaselineIsReadWithTheRest(t *testing.T) {
	games, err := rows.Columns(
		rows.Column{Name: "day", Values: []civil.Date{{Year: 2023, Month: 1, Day: 5}, {Year: 2023, Month: 6, Day: 1}, {Year: 2024, Month: 1, Day: 5}}},
		rows.Column{Name: "points", Values: []int64{1, 2, 1}},
	)
	require.NoError(t, err)
	files, err := suitefile.Parse("games.yaml", []byte(`{suite: games, table: d.games, date: day, from: 2024-01-01, to: 2024-01-31, rows_at_fault: 0, checks: [
		complete: points, {against: {measure: {mean: points}, period: year, least: 1, change: ±0%}}]}`), standard.Kinds()...)
	require.NoError(t, err)
	plan, ms, err := quality.Measure(t.Context(), rows.NewEngine(map[string]expr.Source{"d.games": games}), time.Unix(1.8e9, 0), files[0].Suite)
	require.NoError(t, err)
	require.Equal(t, quality.Pass, plan.Judge(ms).Verdict)
	require.Len(t, plan.Statements, 1)
	require.Equal(t, []string{"day", "points"}, plan.Statements[0].Columns)
}
