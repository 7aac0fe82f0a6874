package quality_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// wideEngine knows a table of thirty measures, and one more.
func wideEngine(t *testing.T) *rows.Engine {
	t.Helper()
	columns := []rows.Column{seasons, texts("team", "BOS", "LAL", "BOS", "LAL"), dates("game_date", day(2023, 1, 1), day(2023, 1, 2), day(2024, 1, 1), nil)}
	for i := range 30 {
		columns = append(columns, floats(fmt.Sprintf("m%02d", i), 1.0, nil, 2.0, 3.0))
	}
	games := must(rows.Columns(columns...))
	return rows.NewEngine(map[string]expr.Source{"games": games, "other": games})
}

// measures are the names m00, m01, … of n columns.
func measures(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("m%02d", i))
	}
	return out
}

// statements writes a plan as one line a statement. Rows at fault are left out unless
// a suite asks for them, as on BigQuery.
func statements(t *testing.T, suites ...quality.Suite) []string {
	t.Helper()
	for i := range suites {
		suites[i].Name = fmt.Sprintf("suite %d", i+1)
		if suites[i].Table == "" {
			suites[i].Table = "games"
		}
		if suites[i].RowsAtFault == nil {
			suites[i].RowsAtFault = new(int)
		}
	}
	plan, err := quality.NewPlan(t.Context(), wideEngine(t), now, suites...)
	require.NoError(t, err)
	var out []string
	for _, s := range plan.Statements {
		out = append(out, fmt.Sprintf("%s of %s: %d folds, reads %s", s.Class, s.Relation, len(s.Folds), strings.Join(s.Columns, " ")))
	}
	return out
}

func completeness(columns []string, by ...string) []quality.Rule {
	var out []quality.Rule
	for _, c := range columns {
		out = append(out, quality.Rule{Check: complete(c), By: by})
	}
	return out
}

func TestTwentyColumnsAndFourSeasonsAreOneStatement(t *testing.T) {
	rules := completeness(measures(20), "season")
	for i := range rules {
		rules[i].Expect = [][]any{{"2022-23"}, {"2023-24"}, {"2024-25"}, {"2025-26"}}
	}
	require.Equal(t, []string{
		"fold of games: 21 folds, reads season " + strings.Join(measures(20), " "),
	}, statements(t, quality.Suite{Rules: rules}))
}

func TestSecondGroupingAddsNoStatement(t *testing.T) {
	rules := append(completeness(measures(20), "season"), completeness(measures(20), "team")...)
	rules = append(rules, completeness(measures(20))...)
	require.Equal(t, []string{
		"fold of games: 63 folds, reads season team " + strings.Join(measures(20), " "),
	}, statements(t, quality.Suite{Rules: rules}))
}

func TestComputedSegmentsAddNoStatement(t *testing.T) {
	rules := append(completeness(measures(2), "season"), completeness(measures(2), "month")...)
	for i := range rules[2:] {
		rules[2+i].Computed = []quality.Column{quality.As("month", expr.Col("game_date").DateTrunc(expr.Month))}
	}
	age := quality.As("month", expr.Today().Minus(expr.Col("game_date")))
	rules = append(rules, quality.Rule{Check: complete("m00"), By: []string{"Month"}, Computed: []quality.Column{age}})
	require.Equal(t, []string{
		"fold of games: 8 folds, reads season game_date m00 m01",
	}, statements(t, quality.Suite{Rules: rules}))
}

func TestFiltersAndDatesAreReadAndAddNoStatement(t *testing.T) {
	require.Equal(t, []string{
		// Two populations and the suite's filter, two of them TRUE or NULL or resting on
		// NaN, two completenesses, and the rows without a date.
		"fold of games: 10 folds, reads game_date m00 m01 m28 m29",
	}, statements(t, quality.Suite{
		Date: "game_date", From: day(2023, 1, 1), Where: col("m29").Gt(0),
		Rules: []quality.Rule{{Check: complete("m00"), Where: col("m28").Gt(0)}, {Check: complete("m01")}},
	}))
}

func TestUniqueAddsOneStatementForEachKeySet(t *testing.T) {
	require.Equal(t, []string{
		"fold of games: 2 folds, reads season", // rows, in all and by season
		"keyed of games: 8 folds, reads season team game_date",
		"keyed of games: 4 folds, reads game_date",
	}, statements(t, quality.Suite{Rules: []quality.Rule{
		{Check: unique("game_date", "team")},
		{Check: unique("TEAM", "game_date"), By: []string{"season"}}, // the same set
		{Check: unique("game_date")},
	}}))
}

func TestEqualMetricsAreMeasuredOnce(t *testing.T) {
	once := statements(t, quality.Suite{Rules: []quality.Rule{{Check: complete("m00")}}})
	require.Equal(t, once, statements(t, quality.Suite{Rules: []quality.Rule{
		{Check: complete("m00")},
		{Check: complete("M00", percent(50)), WarnOnly: true},
		{Check: rowCount(quality.AtLeast(quality.Count(1)))},
	}}))
}

func TestSuitesOfOneTableArePooled(t *testing.T) {
	first := quality.Suite{Rules: completeness(measures(3), "season")}
	second := quality.Suite{Rules: completeness(measures(4), "season")}
	require.Equal(t, []string{
		"fold of games: 5 folds, reads season m00 m01 m02 m03",
		"fold of other: 2 folds, reads m00",
	}, statements(t, first, second, quality.Suite{Table: "other", Rules: completeness(measures(1))}))
}

func TestPlanTellsWhatItLeavesOut(t *testing.T) {
	plan, err := quality.NewPlan(t.Context(), wideEngine(t), now,
		quality.Suite{Name: "s", Table: "games", Rules: completeness([]string{"m00", "m99"})})
	require.NoError(t, err)
	require.Len(t, plan.Unresolved(), 1)
	left := plan.Unresolved()[0]
	require.Equal(t, "s", left.Suite)
	require.Equal(t, "complete:m99", left.ID)
	require.EqualError(t, left.Err, `there is no column "m99" (did you mean "m09"?)`)
	require.Equal(t, []string{"s"}, plan.Statements[0].Suites)
}

func TestPlanIsExplainedStatementByStatement(t *testing.T) {
	engine := wideEngine(t)
	plan, err := quality.NewPlan(t.Context(), engine, now,
		quality.Suite{Name: "s", Table: "games", Rules: []quality.Rule{{Check: unique("team")}}})
	require.NoError(t, err)
	cost, err := engine.Explain(t.Context(), plan)
	require.NoError(t, err)
	require.Len(t, cost.Statements, 2)
	for i, s := range cost.Statements {
		require.Same(t, plan.Statements[i], s.Statement)
	}
	_, known := cost.Bytes()
	require.False(t, known, "in memory nobody knows the bytes")

	three, four := int64(3), int64(4)
	sum, known := (&quality.Cost{Statements: []quality.StatementCost{{Bytes: &three}, {Bytes: &four}}}).Bytes()
	require.True(t, known)
	require.EqualValues(t, 7, sum)
}

func TestReportCountsTheStatementsThatServedASuite(t *testing.T) {
	report, err := quality.Run(t.Context(), wideEngine(t), now,
		quality.Suite{Name: "complete", Table: "games", Rules: completeness(measures(20), "season")},
		quality.Suite{Name: "unique", Table: "games", Rules: []quality.Rule{{Check: unique("team")}, {Check: complete("m00")}}})
	require.NoError(t, err)
	require.Equal(t, 1, report.Suites[0].Queries)
	require.Equal(t, 2, report.Suites[1].Queries)
	require.Nil(t, report.Suites[0].BytesScanned, "rows in memory are no bytes scanned")
}

func TestColumnsWithHostileNamesStayApart(t *testing.T) {
	names := []string{"a\nb", "a", "b", "a`, `b", "' OR TRUE --"}
	var columns []rows.Column
	for _, n := range names {
		columns = append(columns, texts(n, "x", nil, "y"))
	}
	engine := rows.NewEngine(map[string]expr.Source{"t": must(rows.Columns(columns...))})
	var rules []quality.Rule
	for _, by := range [][]string{{"a\nb"}, {"a", "b"}, {"a`, `b"}, {"' OR TRUE --"}} {
		rules = append(rules, quality.Rule{Check: rowCount(quality.AtLeast(quality.Count(1))), By: by})
	}
	report, err := quality.Run(t.Context(), engine, now, quality.Suite{Name: "s", Table: "t", Rules: rules})
	require.NoError(t, err)
	for i, c := range report.Suites[0].Checks {
		require.Len(t, c.Findings, 3, c.Reason)
		require.Equal(t, rules[i].By, c.Findings[0].Segment.Columns())
	}
}
