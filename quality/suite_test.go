package quality_test

import (
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

func TestSuiteTellsEveryMistakeAtOnce(t *testing.T) {
	s := quality.Suite{
		Name: "games", Table: "nba.games; DROP TABLE x", Zone: "Mars", Where: expr.RawSQL("TRUE -- all\n;"),
		From: day(2025, 2, 30), To: day(2025, 10, 21),
		Rules: []quality.Rule{
			{},
			{ID: "twice", Check: complete("")},
			{ID: "twice", Check: checks.Complete{}},
		},
	}
	require.EqualError(t, s.Validate(), `suite games: "nba.games; DROP TABLE x" is no table name: write [project.]dataset.table
suite games: from and to need date, the table's date column
suite games: from 2025-02-30 is no date
suite games: zone "Mars" is no time zone: write one such as UTC or America/New_York
suite games: where: expression "TRUE -- all\n;", column 13: a semicolon ends the statement: leave it out
suite games: check 1: it is empty
suite games: check 3: two checks have the id "twice"
suite games: check 3: complete: it names no column`)
}

func TestRulesAreRefused(t *testing.T) {
	ok := complete("a")
	for _, tt := range []struct {
		err  string
		rule quality.Rule
	}{
		{`by: it names "Season" twice`, quality.Rule{Check: ok, By: []string{"season", "Season"}}},
		{`where: expression "a) OR (b", column 2: ) closes nothing`, quality.Rule{Check: ok, Where: expr.RawSQL("a) OR (b")}},
		{`where: expression "a; b", column 2: a semicolon ends the statement: leave it out`, quality.Rule{Check: ok, Where: expr.Col("a").Gt(0).And(expr.RawSQL("a; b").Not())}},
		{`none: ok needs where`, quality.Rule{Check: ok, NoneOK: true}},
		{`by: the computed column "month" is not among the columns to group by`, quality.Rule{Check: ok, Computed: []quality.Column{quality.As("month", expr.Col("d"))}}},
		{`by: a computed column has no name, or nothing that it is`, quality.Rule{Check: ok, By: []string{"month"}, Computed: []quality.Column{{Name: "month"}}}},
		{`by: month: raw SQL is a filter, and no column to group by`, quality.Rule{Check: ok, By: []string{"month"}, Computed: []quality.Column{quality.As("month", expr.RawSQL("d"))}}},
		{`expect needs by, the columns whose values are expected`, quality.Rule{Check: ok, Expect: [][]any{{"x"}}}},
		{`expect [x y] has 2 values for 1 by columns`, quality.Rule{Check: ok, By: []string{"season"}, Expect: [][]any{{"x", "y"}}}},
		{`a waiver has an owner, a reason and until, the last day it holds`, quality.Rule{Check: ok, Waiver: &quality.Waiver{Owner: "ana", Reason: "x"}}},
		{`a waiver's down_to is a share such as 40%`, quality.Rule{Check: ok, Waiver: &quality.Waiver{Owner: "ana", Reason: "x", Until: day(2026, 1, 1), DownTo: quality.Count(5)}}},
		{`waived segment [x] has 1 values for 0 by columns`, quality.Rule{Check: ok, Waiver: &quality.Waiver{Owner: "ana", Reason: "x", Until: day(2026, 1, 1), Segments: [][]any{{"x"}}}}},
	} {
		t.Run(tt.err, func(t *testing.T) {
			err := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{tt.rule}}.Validate()
			require.EqualError(t, err, "suite s: check 1: "+tt.err)
		})
	}
}

func TestSuitesAreRefused(t *testing.T) {
	rules := []quality.Rule{{Check: complete("a")}}
	for _, tt := range []struct {
		err   string
		suite quality.Suite
	}{
		{`suite t: it has no name`, quality.Suite{Table: "t", Rules: rules}},
		{`suite s: it has no checks, and nothing to judge is never a pass`, quality.Suite{Name: "s", Table: "t"}},
		{`suite s: to 2025-10-20 is before from 2025-10-21`, quality.Suite{Name: "s", Table: "t", Date: "d", From: day(2025, 10, 21), To: day(2025, 10, 20), Rules: rules}},
		{`suite s: it has a first day twice, 2025-10-21 and one by the clock`, quality.Suite{Name: "s", Table: "t", Date: "d", From: day(2025, 10, 21), FromToday: new(int), Rules: rules}},
		{`suite s: it has a last day twice, 2025-10-21 and one by the clock`, quality.Suite{Name: "s", Table: "t", Date: "d", To: day(2025, 10, 21), ToToday: new(int), Rules: rules}},
		{`suite s: from and to need date, the table's date column`, quality.Suite{Name: "s", Table: "t", ToToday: new(int), Rules: rules}},
		{`suite s: to 2025-00-01 is no date`, quality.Suite{Name: "s", Table: "t", Date: "d", To: civil.Date{Year: 2025, Day: 1}, Rules: rules}},
		{`suite s: "" is no table name: write [project.]dataset.table`, quality.Suite{Name: "s", Rules: rules}},
	} {
		require.EqualError(t, tt.suite.Validate(), tt.err)
	}
}

func TestMistakesSayInWhichFieldTheyAre(t *testing.T) {
	type at struct {
		rule  int
		field string
	}
	var got []at
	s := quality.Suite{Table: "t", Date: "d", To: day(2025, 2, 30), Rules: []quality.Rule{
		{Check: complete("a")}, {Check: unique()}, {ID: "x", Check: complete("a"), By: []string{"b", "b"}},
		{ID: "x", Check: complete("a"), Expect: [][]any{{1}}}, {Check: complete("a"), NoneOK: true}, {Check: complete("a"), Waiver: &quality.Waiver{}},
	}}
	for _, m := range s.Mistakes() {
		got = append(got, at{m.Rule, m.Field})
	}
	require.Equal(t, []at{{-1, "Name"}, {-1, "To"}, {1, "Check"}, {2, "By"}, {3, "ID"}, {3, "Expect"}, {4, "NoneOK"}, {5, "Waiver"}}, got)
}

func TestNoSuiteIsNoPass(t *testing.T) {
	_, err := quality.Run(t.Context(), rows.NewEngine(nil), now)
	require.EqualError(t, err, "there is no suite, and nothing to judge is never a pass")
}

func TestNoEngineIsAnErrorAndNoPanic(t *testing.T) {
	_, err := quality.Run(t.Context(), nil, now, quality.Suite{Name: "games", Table: "d.games"})
	require.EqualError(t, err, "there is no engine to measure the suites: it is nil")
}

func TestIDsAreTheSuitesOwnAndDoNotChange(t *testing.T) {
	src, err := rows.Columns(texts("a", "x"), texts("b", "y"))
	require.NoError(t, err)
	suite := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{
		{Check: complete("a")},
		{Check: unique("a", "b"), By: []string{"b"}},
		{Check: rowCount(quality.AtLeast(quality.Count(1)))},
		{Check: complete("a"), Where: col("b").Eq("y")},
		{ID: "mine", Check: complete("a")},
	}}
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"t": src}), now, suite)
	require.NoError(t, err)
	var ids []string
	for _, c := range report.Suites[0].Checks {
		ids = append(ids, c.ID)
	}
	require.Equal(t, []string{"complete:a", "unique:a,b by b", "rows", "complete:a #2", "mine"}, ids)
}

func TestVerdictOfSeveralIsTheWorst(t *testing.T) {
	order := []quality.Verdict{quality.Pass, quality.Waived, quality.Warn, quality.Waiting, quality.Unknown, quality.Fail}
	for i, v := range order {
		require.Equal(t, i > 2, v.Blocks(), v)
		if i > 0 {
			require.Greater(t, v, order[i-1])
		}
	}
	var none quality.Verdict
	require.True(t, none.Blocks(), "what was never judged blocks")
	require.Equal(t, "unknown", none.String())
}
