package quality_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func besideSuite() quality.Suite {
	return quality.Suite{
		Name: "games", Table: "t.games",
		Beside: &quality.Beside{
			Table: "t.results", Keys: []quality.Column{quality.As("id", expr.Col("game"))},
			Columns: []quality.Column{quality.As("score", expr.Col("points"))},
		},
		Rules: []quality.Rule{
			{ID: "there", Check: checks.Complete{Columns: []string{"score"}, Bounds: []quality.Bound{quality.AtLeast(quality.Percent(50))}}},
			{ID: "right", Check: checks.Range{Of: []checks.Ends{{Column: "score", Low: mustBeside(0), High: mustBeside(9)}}}, Where: expr.Col("score").Ge(1)},
		},
	}
}

func mustBeside(x any) expr.Value {
	v, err := expr.ValueOf(x)
	if err != nil {
		panic(err)
	}
	return v
}

// Game 1 is there twice with 3 and 7, of which 7 stands beside it; game 2 has none, and 9
// is no game.
func TestColumnsOfAnotherTableStandBeside(t *testing.T) {
	games, err := rows.Columns(rows.Column{Name: "id", Values: []int64{1, 2, 3}}, rows.Column{Name: "home", Values: []string{"BOS", "LAL", "PHX"}})
	require.NoError(t, err)
	results, err := rows.Columns(rows.Column{Name: "game", Values: []int64{1, 1, 3, 9}}, rows.Column{Name: "points", Values: []int64{3, 7, 0, 100}})
	require.NoError(t, err)
	engine := rows.NewEngine(map[string]expr.Source{"t.games": games, "t.results": results})
	clock := time.Date(2026, 1, 6, 0, 0, 0, 0, time.UTC)
	report, err := quality.Run(t.Context(), engine, clock, besideSuite())
	require.NoError(t, err)
	for i, want := range []string{"2 of 3", "1 of 1"} {
		assert.Equal(t, want, report.Suites[0].Checks[i].Findings[0].Observed.String(), report.Suites[0].Checks[i].Reason)
		assert.Equal(t, quality.Pass, report.Suites[0].Checks[i].Verdict)
	}
	for says, change := range map[string]func(*quality.Suite){
		`there is no column "point"`: func(s *quality.Suite) { s.Beside.Columns[0].Of = expr.Col("point") },
		"home is a column of the table, and one of t.results": func(s *quality.Suite) {
			s.Beside.Columns[0].Name = "HOME"
		},
		"there are no rows for table t.nothing":                       func(s *quality.Suite) { s.Beside.Table = "t.nothing" },
		"id is INT64 and CAST(game AS STRING) of t.results is STRING": func(s *quality.Suite) { s.Beside.Keys[0].Of = expr.Col("game").Cast(expr.String) },
	} {
		suite := besideSuite()
		change(&suite)
		report, err := quality.Run(t.Context(), engine, clock, suite)
		require.NoError(t, err)
		assert.Equal(t, quality.Unknown, report.Verdict)
		assert.Contains(t, strings.ToLower(report.Suites[0].Checks[0].Reason), strings.ToLower(says))
	}
	for says, change := range map[string]func(*quality.Beside){
		"it has no key":      func(b *quality.Beside) { b.Keys = nil },
		"it names no column": func(b *quality.Beside) { b.Columns = nil },
		"is no table name":   func(b *quality.Beside) { b.Table = "`" },
	} {
		suite := besideSuite()
		change(suite.Beside)
		assert.ErrorContains(t, suite.Validate(), says)
	}
}
