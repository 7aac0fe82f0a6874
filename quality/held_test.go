package quality_test

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

var (
	gameKey    = []string{"game_date", "team"}
	ofSchedule = checks.Against{Table: "nba.schedule"}
	keyRules   = []quality.Rule{
		{ID: "unique", Check: unique(gameKey...)},
		{ID: "rows", Check: rowCount(quality.AtLeast(quality.Count(1)))},
		{ID: "cover", Check: checks.Cover{Columns: gameKey, Of: ofSchedule}},
	}
	twoTables = map[string][]rows.Column{
		"nba.games":    {dates("game_date", oct(21, 21, 22, 0)...), texts("team", "BOS", "BOS", nil, "LAL"), floats("points", 1.0, 2.0, 3.0, 4.0)},
		"nba.schedule": {dates("game_date", oct(21, 22, 23)...), texts("team", "BOS", "LAL", "NYK")},
	}
)

// statementsOf are the relations of a plan's statements.
func statementsOf(t *testing.T, engine quality.Engine, s quality.Suite) []string {
	t.Helper()
	s.Name, s.Table = "games", "nba.games"
	plan, err := quality.NewPlan(t.Context(), engine, now, s)
	require.NoError(t, err)
	require.Empty(t, plan.Unresolved())
	var out []string
	for _, st := range plan.Statements {
		out = append(out, st.Class.String()+" of "+st.Relation.String())
	}
	return out
}

func TestUniqueRowsAndCoverOfOneKeyAreOneStatement(t *testing.T) {
	engine := engineOf(twoTables)
	join := "fold of rows made of nba.schedule, nba.games"
	require.Equal(t, []string{join}, statementsOf(t, engine, quality.Suite{Rules: keyRules}))

	undated := "fold of nba.schedule" // rows of the oracle without a date are looked for by themselves
	require.Equal(t, []string{join, undated}, statementsOf(t, engine, quality.Suite{Date: "game_date", Rules: keyRules}))
	bounded := quality.Suite{Date: "game_date", From: day(2025, 10, 21), Where: col("points").Gt(1), Rules: keyRules}
	require.Equal(t, []string{join, undated}, statementsOf(t, engine, bounded))

	own := "fold of nba.games"
	points := append(slices.Clone(keyRules), quality.Rule{Check: complete("points")})
	require.Equal(t, []string{own, join}, statementsOf(t, engine, quality.Suite{Rules: points}), "the key does not hold the points")
	other := []quality.Rule{keyRules[2], {Check: unique("team")}}
	require.Equal(t, []string{join, "keyed of nba.games"}, statementsOf(t, engine, quality.Suite{Rules: other}), "another key is counted by itself")
}

func TestRawSQLIsNotHeldAndItsColumnsAreRead(t *testing.T) {
	engine := engineOf(map[string][]rows.Column{
		"nba.games":    twoTables["nba.games"],
		"nba.schedule": append(slices.Clone(twoTables["nba.schedule"]), texts("status", "final", "final", "moved")),
	})
	of := ofSchedule
	of.Where = expr.RawSQL("status = 'final'")
	s := quality.Suite{Name: "games", Table: "nba.games", Rules: []quality.Rule{
		{Check: checks.Cover{Columns: gameKey, Of: of}, Where: expr.RawSQL("points > 1")}, keyRules[0],
	}}
	plan, err := quality.NewPlan(t.Context(), engine, now, s)
	require.NoError(t, err)
	require.Empty(t, plan.Unresolved())
	reads := plan.Statements[0].Relation.Reads()
	require.ElementsMatch(t, []string{"game_date", "team", "status"}, reads["nba.schedule"])
	require.ElementsMatch(t, []string{"game_date", "team", "points"}, reads["nba.games"])
	require.Equal(t, quality.Keyed, plan.Statements[2].Class)
}

// drawnTable has a few keys, some of them twice and some with a NULL part.
func drawnTable(t *rapid.T, of string) []rows.Column {
	n := rapid.IntRange(0, 8).Draw(t, "rows of "+of)
	days, teams, points := make([]int, n), make([]any, n), make([]any, n)
	for i := range n {
		days[i] = rapid.SampledFrom([]int{0, 21, 22, 23}).Draw(t, "day")
		teams[i] = rapid.SampledFrom([]any{nil, "BOS", "LAL"}).Draw(t, "team")
		points[i] = rapid.SampledFrom([]any{nil, 1.0, 2.0}).Draw(t, "points")
	}
	return []rows.Column{dates("game_date", oct(days...)...), texts("team", teams...), floats("points", points...)}
}

// drawnRules are rules that a join holds, and some that it does not.
func drawnRules(t *rapid.T) []quality.Rule {
	wheres := []expr.Expr{{}, col("points").Gt(1), col("team").Eq("BOS"), col("game_date").IsNotNull()}
	bys := [][]string{nil, {"team"}, {"game_date"}, gameKey}
	checksOf := []quality.Check{
		keyRules[0].Check, keyRules[1].Check, keyRules[2].Check, checks.Equal{Columns: gameKey, Of: ofSchedule},
		checks.Only{Columns: gameKey, Of: ofSchedule}, checks.Match{Columns: gameKey, Of: ofSchedule, Populated: "points"}, complete("points"), unique("team"),
	}
	var out []quality.Rule
	for range rapid.IntRange(1, 6).Draw(t, "rules") {
		out = append(out, quality.Rule{
			Check:   rapid.SampledFrom(checksOf).Draw(t, "check"),
			Where:   rapid.SampledFrom(wheres).Draw(t, "where"),
			By:      rapid.SampledFrom(bys).Draw(t, "by"),
			NullsOK: rapid.Bool().Draw(t, "nulls"),
		})
	}
	return out
}

func TestWhatAJoinHoldsIsWhatIsMeasuredByItself(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		engine := engineOf(map[string][]rows.Column{"nba.games": drawnTable(t, "games"), "nba.schedule": drawnTable(t, "schedule")})
		s := quality.Suite{Name: "games", Table: "nba.games", Rules: drawnRules(t)}
		if rapid.Bool().Draw(t, "dated") {
			s.Date, s.From = "game_date", day(2025, 10, 22)
		}
		if rapid.Bool().Draw(t, "filtered") {
			s.Where = col("points").Gt(0)
		}
		together, err := quality.Run(context.Background(), engine, now, s)
		require.NoError(t, err)
		for i, rule := range s.Rules {
			one := s
			one.Rules = []quality.Rule{rule}
			if _, ok := rule.Check.(quality.Reader); ok { // so that nothing is held: the join is not all that reads the table
				one.Rules = append(one.Rules, quality.Rule{Check: complete("points"), By: []string{"points"}})
			}
			alone, err := quality.Run(context.Background(), engine, now, one)
			require.NoError(t, err)
			want, got := alone.Suites[0].Checks[0], together.Suites[0].Checks[i]
			got.ID = want.ID
			require.Equal(t, want, got)
		}
	})
}

// broken is a source whose rows cannot be read.
type broken struct{ expr.Source }

func (broken) Scan(context.Context, []string) iter.Seq2[*expr.Batch, error] {
	return func(yield func(*expr.Batch, error) bool) { yield(nil, errors.New("the disk is gone")) }
}

func TestWhatAFailedJoinHeldIsMeasuredByItself(t *testing.T) {
	engine := rows.NewEngine(map[string]expr.Source{
		"nba.games":    must(rows.Columns(twoTables["nba.games"]...)),
		"nba.schedule": broken{must(rows.Columns(twoTables["nba.schedule"]...))},
	})
	report, err := quality.Run(t.Context(), engine, now, quality.Suite{Name: "games", Table: "nba.games", Rules: keyRules})
	require.NoError(t, err)
	var got []string
	for _, c := range report.Suites[0].Checks {
		got = append(got, c.Verdict.String()+": "+c.Reason)
	}
	require.Equal(t, []string{
		"fail: 1 surplus row of 1 duplicate key; 2 rows have a key with a NULL part: 1 key in 4 rows",
		"pass: 4 rows",
		"unknown: could not be evaluated: the disk is gone",
	}, got)
}
