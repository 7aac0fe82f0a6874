package bq_test

import (
	"math/big"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

func atMost(n int64) []quality.Bound { return []quality.Bound{quality.AtMost(quality.Count(n))} }

// Queries that are written by hand, and what is said of their answers.
func TestRawQueries(t *testing.T) {
	ds := emulator.NewDataset(t)
	games := enginetest.Table{Name: "games", Schema: expr.Schema{{Name: "id", Type: expr.Int64}, {Name: "d", Type: expr.Date}, {Name: "points", Type: expr.Float64}}}
	for i := range 5 {
		d, err := expr.ValueOf(civil.Date{Year: 2024, Month: 1, Day: 1 + i})
		require.NoError(t, err)
		points, err := expr.ValueOf(float64(i) / 2)
		require.NoError(t, err)
		games.Rows = append(games.Rows, []expr.Value{integer(i), d, points})
	}
	games.Rows = append(games.Rows, []expr.Value{integer(5), {}, {}}) // no date, no points
	engine := onEmulator(t, ds, games)
	table := "`" + ds.ID + ".games`"
	one := quality.Number(big.NewRat(1, 1))
	cases := []struct {
		name string
		raw  checks.RawSQL
		want string
	}{
		{"no row", checks.RawSQL{SQL: "SELECT id FROM " + table + " WHERE id > 5 -- of these; not those"}, "pass 0 rows"},
		{"rows", checks.RawSQL{SQL: "SELECT id, CAST(d AS STRING) AS d FROM " + table + " WHERE id != 1 ORDER BY id DESC"},
			`fail 5 rows, not at_most 0: {"id":0,"d":"2024-01-01"}, {"id":2,"d":"2024-01-03"}, {"id":3,"d":"2024-01-04"} and 2 more`},
		{"as many as are allowed", checks.RawSQL{SQL: "SELECT id FROM " + table + " WHERE id < 2", Rows: atMost(2)}, `pass 2 rows: {"id":0}, {"id":1}`},
		{"one too many", checks.RawSQL{SQL: "SELECT id FROM " + table + " WHERE id < 3", Rows: atMost(2)}, `fail 3 rows, not at_most 2: {"id":0}, {"id":1}, {"id":2}`},
		{"the same row twice", checks.RawSQL{SQL: "WITH a AS (SELECT 1 AS x) SELECT * FROM a UNION ALL SELECT * FROM a"}, `fail 2 rows, not at_most 0: {"x":1}, {"x":1}`},
		{"a row of NULL", checks.RawSQL{SQL: "SELECT points FROM " + table + " WHERE points IS NULL"}, `fail 1 row, not at_most 0: {"points":null}`},
		{"the suite's days", checks.RawSQL{SQL: "SELECT id FROM " + table + " WHERE d BETWEEN @from AND @to"}, `fail 2 rows, not at_most 0: {"id":1}, {"id":2}`},
		{"the day of the clock", checks.RawSQL{SQL: "SELECT @Today AS today FROM " + table + " WHERE id = 0 AND @today < @FROM"}, "pass 0 rows"},
		{"a number", checks.RawSQL{SQL: "SELECT AVG(points) FROM " + table, Number: []quality.Bound{quality.Between(one, one)}}, "pass the number is 1"},
		{"a number off", checks.RawSQL{SQL: "SELECT AVG(points) FROM " + table, Number: []quality.Bound{quality.MoreThan(one)}}, "fail the number is 1, not more_than 1"},
		{"no number", checks.RawSQL{SQL: "SELECT MAX(points) FROM " + table + " WHERE id = 5", Number: []quality.Bound{quality.AtMost(one)}},
			"unknown nothing to judge: the query gives no number, but NULL or what is none"},
		{"a number of no row", checks.RawSQL{SQL: "SELECT points FROM " + table + " WHERE id = 7", Number: []quality.Bound{quality.AtMost(one)}},
			"unknown nothing to judge: the query gives 0 rows, and not one number"},
		{"several numbers", checks.RawSQL{SQL: "SELECT points FROM " + table, Number: []quality.Bound{quality.AtMost(one)}},
			"unknown nothing to judge: the query gives 6 rows, and not one number"},
	}
	suite := quality.Suite{Name: "raw", Table: ds.ID + ".games", Date: "d", From: civil.Date{Year: 2024, Month: 1, Day: 2}, To: civil.Date{Year: 2024, Month: 1, Day: 3}}
	for _, c := range cases {
		suite.Rules = append(suite.Rules, quality.Rule{ID: c.name, Check: c.raw})
	}
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	for i, c := range cases {
		got := report.Suites[0].Checks[i]
		if c.name == "the day of the clock" { // which is after the suite's
			require.True(t, civil.DateOf(now).After(suite.From))
		}
		assert.Equal(t, c.want, got.Verdict.String()+" "+got.Reason, c.name)
	}
	hidden := suite
	hidden.Tables, hidden.Rules = []quality.Table{{Name: suite.Table, Redact: []string{"points"}}}, suite.Rules[1:2]
	redacted, err := quality.Run(t.Context(), engine, now, hidden)
	require.NoError(t, err)
	assert.Equal(t, "5 rows, not at_most 0", redacted.Suites[0].Checks[0].Reason, "rows may show what is redacted under another name")
	assert.Equal(t, len(cases)-1, report.Suites[0].Queries, "each query is a statement of its own, the same one once, and nothing else is read")
}

// A query that goes wrong takes nothing else with it.
func TestARawQueryThatFailsIsUnknown(t *testing.T) {
	ds := emulator.NewDataset(t)
	engine := onEmulator(t, ds, stats())
	suite := quality.Suite{Name: "stats", Table: ds.ID + ".stats", Rules: []quality.Rule{
		{ID: "no such table", Check: checks.RawSQL{SQL: "SELECT 1 FROM " + ds.ID + ".lost"}},
		{ID: "two columns", Check: checks.RawSQL{SQL: "SELECT id, season FROM " + ds.ID + ".stats", Number: []quality.Bound{quality.AtLeast(quality.Count(0))}}},
		{ID: "id", Check: checks.Complete{Columns: []string{"id"}}},
	}}
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	got := report.Suites[0].Checks
	for i := range 2 {
		assert.Equal(t, quality.Unknown, got[i].Verdict, got[i].Reason)
	}
	assert.Equal(t, quality.Pass, got[2].Verdict, got[2].Reason)
}

// What is no SELECT to BigQuery is not run, and what is none by its text not even asked.
func TestARawQueryOnlyReads(t *testing.T) {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		a := sevens(q.SQL)
		if strings.Contains(q.SQL, "writes()") {
			a.Type = "SCRIPT"
		}
		return a
	}
	suite := someRows()
	suite.Rules = []quality.Rule{{ID: "raw", Check: checks.RawSQL{SQL: "SELECT writes()"}}}
	report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{}), now, suite)
	require.NoError(t, err)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, `BigQuery calls the statement "SCRIPT", and only a SELECT is run`)
	assert.Empty(t, srv.Ran())
	for _, sql := range []string{"DELETE FROM d.t WHERE TRUE", "SELECT 1; DROP TABLE d.t", "SELECT 1) AS x; DROP TABLE d.t --", "SELECT ?", "SELECT @run_date", "(SELECT 1)", ""} {
		suite.Rules[0].Check = checks.RawSQL{SQL: sql}
		assert.Error(t, suite.Validate(), sql)
	}
}
