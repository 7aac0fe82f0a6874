package bq_test

import (
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// bySeason counts the rows of all seasons and of each in one statement.
func bySeason() quality.Suite {
	s := someRows()
	each := s.Rules[0]
	each.By = []string{"season"}
	s.Rules = append(s.Rules, each)
	return s
}

// seasons is the whole result of bySeason, three rows in two pages.
func seasons(rows ...[]any) fakebq.Answer {
	if rows == nil {
		rows = [][]any{{0, nil, 14}, {1, "A", 7}, {1, "B", 7}}
	}
	return fakebq.Answer{Columns: fakebq.Columns("g INTEGER", "s0 STRING", "c0 INTEGER"), Rows: rows, PageSize: 2}
}

// reasons are why each check is unknown.
func reasons(t *testing.T, o bq.Options, suite quality.Suite, answer fakebq.Answer) []string {
	t.Helper()
	var out []string
	synctest.Test(t, func(t *testing.T) {
		srv := fake()
		srv.Answer = func(fakebq.Query) fakebq.Answer { return answer }
		engine := engineOf(t, srv, o)
		report, err := judged(t.Context(), engine, planned(t, engine, suite))
		require.NoError(t, err)
		for _, c := range report.Suites[0].Checks {
			require.Equal(t, quality.Unknown, c.Verdict, c.Reason)
			out = append(out, c.Reason)
		}
		assert.Len(t, srv.Ran(), 1, "to ask again would be no remedy")
	})
	return out
}

func TestAWholeResultIsJudged(t *testing.T) {
	srv := fake()
	srv.Answer = func(fakebq.Query) fakebq.Answer { return seasons() }
	engine := engineOf(t, srv, bq.Options{})
	report, err := judged(t.Context(), engine, planned(t, engine, bySeason()))
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict)
	require.Len(t, report.Suites[0].Checks[1].Findings, 2)
	assert.Equal(t, quality.ObservedCount(7), report.Suites[0].Checks[1].Findings[0].Observed)
}

// What cannot be so of the rows of one whole result.
func TestRowsThatContradictEachOtherAreUnknown(t *testing.T) {
	for says, rows := range map[string][][]any{
		"the group season=A comes twice":       {{0, nil, 14}, {1, "A", 7}, {1, "A", 7}},
		"the group of all rows comes twice":    {{0, nil, 7}, {0, nil, 7}, {1, "A", 14}},
		"add up to 14 rows":                    {{0, nil, 14}, {1, "A", 7}},
		"where those of another come to 21":    {{0, nil, 14}, {1, "A", 7}, {1, "B", 7}, {1, nil, 7}},
		"come to 14":                           {{1, "A", 7}, {1, "B", 7}}, // 0 of all rows
		"the group season=C has no row":        {{0, nil, 7}, {1, "A", 7}, {1, "C", 0}},
		"-7 where a count was expected":        {{0, nil, 7}, {1, "A", 14}, {1, "B", -7}},
		"<nil> where a count was expected":     {{0, nil, nil}, {1, "A", 7}, {1, "B", 7}},
		"grouping 2 of 2":                      {{0, nil, 14}, {1, "A", 7}, {2, "B", 7}},
		"column 1 of the result is <nil>":      {{nil, nil, 14}, {1, "A", 7}, {1, "B", 7}},
		"grouping 0 has A in a column":         {{0, "A", 14}, {1, "A", 7}, {1, "B", 7}},
		"more rows than a table can have":      {{0, nil, int64(1)<<62 + 1}, {1, "A", int64(1) << 62}, {1, "B", int64(1) << 62}},
		"schema length does not match row len": {{0, nil, 14}, {1, "A", 7, 7}, {1, "B", 7}},
		"invalid syntax":                       {{0, nil, 14}, {1, "A", "many"}, {1, "B", 7}},
	} {
		for _, reason := range reasons(t, bq.Options{}, bySeason(), seasons(rows...)) {
			assert.Contains(t, reason, says)
		}
	}
}

// Counts of one row: 7 rows, of which a filter is TRUE for 7 and NULL for 7; keys
// that are more or fewer than their rows.
func TestCountsThatContradictEachOtherAreUnknown(t *testing.T) {
	filtered := someRows()
	filtered.Rules[0].Where = expr.Col("points").Gt(0)
	row := func(n ...any) fakebq.Answer {
		names := []string{"a INTEGER", "b INTEGER", "c INTEGER", "d INTEGER", "e INTEGER"}
		return fakebq.Answer{Columns: fakebq.Columns(names[:len(n)]...), Rows: [][]any{n}}
	}
	for _, reason := range reasons(t, bq.Options{}, filtered, row(7, 7, 7)) {
		assert.Contains(t, reason, "TRUE for 7 and NULL for 7 of 7 rows")
	}
	for _, reason := range reasons(t, bq.Options{}, filtered, row(7, 8, 0)) {
		assert.Contains(t, reason, "of the 7 rows of the group of all rows it counts 8")
	}

	unique := quality.Rule{Check: checks.Unique{Columns: []string{"points"}}}
	for says, keys := range map[string][]any{
		"of 7 rows 6 are the first of their key, 0 beyond it": {7, 6, 0, 0, 0},
		"of 7 rows 5 are the first of their key, 2 beyond it": {7, 5, 3, 2, 0},
		"measured of 0 rows and 7 counted":                    {0, 1, 0, 0, 0},
	} {
		srv := fake()
		srv.Answer = func(q fakebq.Query) fakebq.Answer {
			if counts.MatchString(q.SQL) {
				return seven()
			}
			return row(keys...)
		}
		engine := engineOf(t, srv, bq.Options{NoSnapshot: true})
		suite := someRows()
		suite.Rules = append(suite.Rules, unique)
		report, err := judged(t.Context(), engine, planned(t, engine, suite))
		require.NoError(t, err)
		assert.Equal(t, quality.Pass, report.Suites[0].Checks[0].Verdict, "it is of another statement")
		assert.Equal(t, quality.Unknown, report.Suites[0].Checks[1].Verdict)
		assert.Contains(t, report.Suites[0].Checks[1].Reason, says)
	}
}

// What the answers about one result say of it. Answer 0 is that it is there; pages
// 1 and 2 hold its rows.
func TestPagesThatContradictEachOtherAreUnknown(t *testing.T) {
	for says, page := range map[string]func(int, *bqapi.GetQueryResultsResponse){
		"the result had 3 rows first and 2 then": func(n int, r *bqapi.GetQueryResultsResponse) {
			if n == 2 {
				r.TotalRows = 2
			}
		},
		"the result had 3 rows first and 4 then": func(n int, r *bqapi.GetQueryResultsResponse) {
			if n == 1 {
				r.TotalRows = 4
			}
		},
		"the result had 2 rows first and 3 then": func(n int, r *bqapi.GetQueryResultsResponse) {
			if n == 0 {
				r.TotalRows = 2
			}
		},
		"the result has 3 rows, but only 2 arrived": func(n int, r *bqapi.GetQueryResultsResponse) {
			if n == 1 {
				r.PageToken = ""
			}
		},
		"the result has 2 rows, and more arrive": func(_ int, r *bqapi.GetQueryResultsResponse) { r.TotalRows = 2 },
		`its page "2" is to follow again`: func(n int, r *bqapi.GetQueryResultsResponse) {
			if n == 2 {
				r.PageToken = "2"
			}
		},
		"after 2 rows of the result": func(n int, r *bqapi.GetQueryResultsResponse) { // as of another schema
			if n == 2 {
				r.Rows[0].F[0], r.Rows[0].F[1] = r.Rows[0].F[1], r.Rows[0].F[0]
			}
		},
	} {
		answer := seasons()
		answer.Page = page
		for _, reason := range reasons(t, bq.Options{}, bySeason(), answer) {
			assert.Contains(t, reason, says)
		}
	}
}

// Without a job of our own the first page comes with the answer to the query.
func TestPagesOfOneRequestThatContradictEachOtherAreUnknown(t *testing.T) {
	answer := seasons()
	answer.Page = func(_ int, r *bqapi.GetQueryResultsResponse) { r.TotalRows = 2 }
	for _, reason := range reasons(t, bq.Options{Dialect: bq.Dialect{NoJobs: true}}, bySeason(), answer) {
		assert.Contains(t, reason, "the result had 3 rows first and 2 then")
	}
}

// What a job says of itself, when it is started and after its rows have come.
func TestAJobThatContradictsItsRowsIsUnknown(t *testing.T) {
	for says, job := range map[string]func(fakebq.Op, *bqapi.Job){
		"says of itself that it failed": func(op fakebq.Op, j *bqapi.Job) {
			if op == fakebq.JobsGet {
				j.Status.ErrorResult = &bqapi.ErrorProto{Reason: "invalidQuery", Message: "division by zero"}
			}
		},
		"says of itself that it is not done": func(op fakebq.Op, j *bqapi.Job) { j.Status.State = "RUNNING" },
		"says of itself that it was no SELECT: DELETE": func(op fakebq.Op, j *bqapi.Job) {
			j.Statistics.Query.StatementType = "DELETE"
		},
		"runs another query: SELECT 1": func(_ fakebq.Op, j *bqapi.Job) { j.Configuration.Query.Query = "SELECT 1" },
		`answered about job "another"`: func(_ fakebq.Op, j *bqapi.Job) {
			j.JobReference = &bqapi.JobReference{ProjectId: fakebq.Project, JobId: "another"}
		},
		"runs another query: SELECT 2": func(op fakebq.Op, j *bqapi.Job) {
			if op == fakebq.JobsGet {
				j.Configuration.Query.Query = "SELECT 2"
			}
		},
		`answered about job "the next one"`: func(op fakebq.Op, j *bqapi.Job) {
			if op == fakebq.JobsGet {
				j.JobReference = &bqapi.JobReference{ProjectId: fakebq.Project, JobId: "the next one"}
			}
		},
		"is no query": func(op fakebq.Op, j *bqapi.Job) {
			if op == fakebq.JobsGet {
				j.Configuration = &bqapi.JobConfiguration{JobType: "LOAD", Load: &bqapi.JobConfigurationLoad{}}
			}
		},
		"quotaExceeded": func(op fakebq.Op, j *bqapi.Job) {
			if op == fakebq.JobsInsert {
				j.Status.ErrorResult = &bqapi.ErrorProto{Reason: "quotaExceeded", Message: "Quota exceeded"}
			}
		},
	} {
		answer := seasons()
		answer.Job = job
		for _, reason := range reasons(t, bq.Options{}, bySeason(), answer) {
			assert.Contains(t, reason, says)
		}
	}
}

// A table has no two columns of one name, in whatever case.
func TestATableWithAColumnTwiceIsUnknown(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "games", bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns("season STRING", "Season INTEGER")}})
	report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{}), now, someRows())
	require.NoError(t, err)
	assert.Equal(t, quality.Unknown, report.Verdict)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, `two columns "Season"`)
}
