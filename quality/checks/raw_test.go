package checks_test

import (
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Rows in memory cannot answer a query, and that is no pass.
func TestRawSQLIsUnknownInMemory(t *testing.T) {
	src, err := rows.Of([]struct{ ID int }{{1}})
	require.NoError(t, err)
	suite := quality.Suite{Name: "s", Table: "d.t", Rules: []quality.Rule{{Check: checks.RawSQL{SQL: "SELECT 1 AS x FROM UNNEST([1]) WHERE FALSE"}}}}
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"d.t": src}), time.Unix(0, 0), suite)
	require.NoError(t, err)
	got := report.Suites[0].Checks[0]
	assert.Equal(t, quality.Unknown, got.Verdict)
	assert.Contains(t, got.Reason, "needs an engine that runs SQL; rows in memory cannot answer it")
}

func TestMistakesInRawSQL(t *testing.T) {
	for want, c := range map[string]checks.RawSQL{
		"UPDATE begins no query: the first word is SELECT or WITH":                                        {SQL: "UPDATE t SET x = 1 WHERE TRUE"},
		"there is no parameter @day: there are @from, @to and @today":                                     {SQL: "SELECT @day"},
		"a parameter has no name here: write @from or @to":                                                {SQL: "SELECT ?"},
		"its rows are bounded, and the number that it gives: leave one out":                               {SQL: "SELECT 1", Rows: []quality.Bound{quality.AtMost(quality.Count(1))}, Number: []quality.Bound{quality.AtMost(quality.Count(1))}},
		"allow 1 is no bound on a number: write a plain one such as 95 or 0.5":                            {SQL: "SELECT 1", Number: []quality.Bound{quality.Allow(1)}},
		"at_least 2026-01-05 is no bound on a number: of a day or a time have the query give the seconds": {SQL: "SELECT 1", Number: []quality.Bound{quality.AtLeast(quality.Day(civil.Date{Year: 2026, Month: 1, Day: 5}))}},
		"at_least 0 holds for every table":                                                                {SQL: "SELECT 1", Rows: []quality.Bound{quality.AtLeast(quality.Count(0))}},
	} {
		assert.EqualError(t, c.Validate(), want)
	}
	rule := quality.Rule{Check: checks.RawSQL{SQL: "SELECT 1"}, Where: expr.Col("x").Gt(0)}
	err := quality.Suite{Name: "s", Table: "d.t", Rules: []quality.Rule{rule}}.Validate()
	assert.ErrorContains(t, err, "sql: where has no rows of the table to filter")
	err = quality.Suite{Name: "s", Table: "d.t", Rules: []quality.Rule{{Check: checks.RawSQL{SQL: "SELECT @from AS day"}}}}.Validate()
	assert.ErrorContains(t, err, "sql: @from has no value: the suite has no from")
}
