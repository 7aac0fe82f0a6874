package bq_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// eighty is 80 checks, three of which cannot be evaluated: a column that is
// missing, one of the wrong type, and a filter that SQL refuses.
func eighty(dataset string) quality.Suite {
	s := quality.Suite{Name: "eighty", Table: dataset + ".stats"}
	for i := range 77 {
		s.Rules = append(s.Rules, quality.Rule{
			ID:    fmt.Sprintf("good %d", i),
			Check: checks.Complete{Columns: []string{fmt.Sprintf("stat_%02d", 1+i%20)}},
			Where: expr.Col("id").Ge(i / 20).IsTrue(),
		})
	}
	bad := []quality.Rule{
		{ID: "missing column", Check: checks.Complete{Columns: []string{"stat_99"}}},
		{ID: "wrong type", Check: checks.Complete{Columns: []string{"stat_01"}}, Where: expr.Col("stat_01").Like("a%")},
		{ID: "refused", Check: checks.Complete{Columns: []string{"stat_01"}}, Where: expr.RawSQL("nonsense > 1")},
	}
	s.Rules = append(s.Rules[:30], append(bad, s.Rules[30:]...)...)
	return s
}

func assertIsolated(t *testing.T, report *quality.Report, refusal string) {
	t.Helper()
	causes := map[string]string{"missing column": `no column "stat_99"`, "wrong type": "is INT64", "refused": refusal}
	good := 0
	for _, c := range report.Suites[0].Checks {
		if cause, bad := causes[c.ID]; bad {
			assert.Equal(t, quality.Unknown, c.Verdict, c.ID)
			assert.Contains(t, c.Reason, cause, c.ID)
			continue
		}
		good++
		assert.Equal(t, quality.Pass, c.Verdict, "%s: %s", c.ID, c.Reason)
	}
	assert.Equal(t, 77, good)
}

// The emulator executes dry runs, so the statement is taken apart by running its
// parts.
func TestOneRefusedCheckOfEightyOnTheEmulator(t *testing.T) {
	ds := emulator.NewDataset(t)
	engine := onEmulator(t, ds, stats())
	report, err := quality.Run(t.Context(), engine, now, eighty(ds.ID))
	require.NoError(t, err)
	assertIsolated(t, report, "Unrecognized name: nonsense")
}

// On BigQuery dry runs find the culprit, and the statement then runs once.
func TestOneRefusedCheckOfEightyOnBigQuery(t *testing.T) {
	srv := fake()
	fields := []string{"season INTEGER", "id INTEGER"}
	for _, c := range columns(25) {
		fields = append(fields, c+" INTEGER")
	}
	srv.AddTable("nba", "stats", bqapi.Table{Schema: &bqapi.TableSchema{Fields: fakebq.Columns(fields...)}})
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		if strings.Contains(q.SQL, "nonsense") {
			return fakebq.Answer{Refuse: fakebq.InvalidQuery("Unrecognized name: nonsense")}
		}
		return sevens(q.SQL)
	}
	engine := engineOf(t, srv, bq.Options{})
	report, err := quality.Run(t.Context(), engine, now, eighty("nba"))
	require.NoError(t, err)
	assertIsolated(t, report, "Unrecognized name: nonsense")
	assert.Len(t, srv.Ran(), 1, "all that is accepted is one query")
	assert.Less(t, len(srv.Queries()), 40, "two dry runs for each halving")
}

// sevens is the row of the counts of a fold over 7 rows, of which each predicate is
// TRUE, and so FALSE for none.
func sevens(sql string) fakebq.Answer {
	var names []string
	var row []any
	for _, count := range counts.FindAllStringSubmatch(sql, -1) {
		n := 7
		if strings.Contains(count[1], "NOT ") {
			n = 0
		}
		names, row = append(names, count[2]+" INTEGER"), append(row, n)
	}
	return fakebq.Answer{Columns: fakebq.Columns(names...), Rows: [][]any{row}, Bytes: 1}
}

// counts are those of a fold.
var counts = regexp.MustCompile(`(?m)^  (COUNT.*) AS (c\d+)`)

// A predicate that fails only on some rows passes every dry run.
func TestAFilterThatFailsAsItRuns(t *testing.T) {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		a := sevens(q.SQL)
		if strings.Contains(q.SQL, "1 / 0") {
			a.Fail = fakebq.InvalidQuery("division by zero: 1 / 0")
		}
		return a
	}
	engine := engineOf(t, srv, bq.Options{})
	suite := someRows()
	suite.Rules = append(suite.Rules,
		quality.Rule{Check: checks.Complete{Columns: []string{"points"}}},
		quality.Rule{Check: checks.Complete{Columns: []string{"season"}}, Where: expr.RawSQL("1 / 0 > 1")},
	)
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	checks := report.Suites[0].Checks
	assert.Equal(t, quality.Pass, checks[0].Verdict, checks[0].Reason)
	assert.Equal(t, quality.Pass, checks[1].Verdict, checks[1].Reason)
	assert.Equal(t, quality.Unknown, checks[2].Verdict)
	assert.Contains(t, checks[2].Reason, "division by zero")
}

// Nothing is gained by asking again for each check of a table that may not be
// read.
func TestATableThatMayNotBeReadIsAskedForOnce(t *testing.T) {
	for name, refusal := range map[string]*fakebq.Error{
		"rights": fakebq.AccessDenied("Table fake:nba.games"),
		"gone":   fakebq.NotFound("Table fake:nba.games"),
	} {
		t.Run(name, func(t *testing.T) {
			srv := fake()
			srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Refuse: refusal} }
			engine := engineOf(t, srv, bq.Options{})
			report, err := quality.Run(t.Context(), engine, now, fourChecks())
			require.NoError(t, err)
			for _, c := range report.Suites[0].Checks {
				assert.Equal(t, quality.Unknown, c.Verdict)
				assert.Contains(t, c.Reason, "Table fake:nba.games")
			}
			assert.Len(t, srv.Queries(), 1)
		})
	}
}

// tooLong refuses statements of more than two counts.
func tooLong() *fakebq.Server {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		n := strings.Count(q.SQL, "COUNT")
		if n > 2 {
			return fakebq.Answer{Refuse: &fakebq.Error{Status: 400, Reason: "invalid", Message: "The query is too large"}}
		}
		return sevens(q.SQL)
	}
	return srv
}

// fourChecks is one statement.
func fourChecks() quality.Suite {
	suite := someRows()
	for _, column := range []string{"game_date", "season", "points"} {
		suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Complete{Columns: []string{column}}})
	}
	return suite
}

// A statement that is too long for BigQuery is measured in parts.
func TestAStatementThatIsTooLongIsSplit(t *testing.T) {
	srv := tooLong()
	engine := engineOf(t, srv, bq.Options{NoSnapshot: true})
	report, err := quality.Run(t.Context(), engine, now, fourChecks())
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict)
	assert.Greater(t, len(srv.Ran()), 1)
}

// A filter in raw SQL may read another table, whose name begins like that of the
// one that is checked.
func TestAnotherTableThatIsGoneConcernsOneCheck(t *testing.T) {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		if strings.Contains(q.SQL, "games_raw") {
			return fakebq.Answer{Refuse: fakebq.NotFound("Table fake:nba.games_raw")}
		}
		return sevens(q.SQL)
	}
	engine := engineOf(t, srv, bq.Options{})
	suite := fourChecks()
	suite.Rules[1].Where = expr.RawSQL("season IN (SELECT season FROM nba.games_raw)")
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	for i, c := range report.Suites[0].Checks {
		if i == 1 {
			assert.Equal(t, quality.Unknown, c.Verdict)
			assert.Contains(t, c.Reason, "games_raw")
			continue
		}
		assert.Equal(t, quality.Pass, c.Verdict, c.Reason)
	}
}

// manyChecks is one statement of 80 requests and more.
func manyChecks() quality.Suite {
	suite := someRows()
	for i := range 80 {
		suite.Rules = append(suite.Rules, quality.Rule{
			ID: fmt.Sprintf("more than %d", i), Check: checks.Complete{Columns: []string{"season"}}, Where: expr.Col("points").Gt(i),
		})
	}
	return suite
}

// What is refused of every check alike is asked once more, not for each of them.
func TestWhatConcernsTheRowsIsNoChecksFault(t *testing.T) {
	for name, message := range map[string]string{
		"instant":  "Invalid snapshot time 1601168925462 for table fake:nba.games. Cannot read before 1601573410026.",
		"location": "Dataset fake:nba is not in location EU",
	} {
		t.Run(name, func(t *testing.T) {
			srv := fake()
			srv.Answer = func(fakebq.Query) fakebq.Answer { return fakebq.Answer{Refuse: fakebq.InvalidQuery(message)} }
			assertOneCause(t, srv, manyChecks(), message, 2)
		})
	}
	t.Run("partition filter", func(t *testing.T) {
		srv := fake()
		srv.AddTable("nba", "games", partitioned())
		srv.Answer = func(q fakebq.Query) fakebq.Answer { return sevens(q.SQL) }
		assertOneCause(t, srv, manyChecks(), "without a filter over column(s) 'game_date'", 2)
	})
}

// Rows with a date and rows without one are all rows: asking for either is no
// filter.
func TestADateColumnAloneIsNoFilter(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "games", partitioned())
	srv.Answer = sevensAndNothingUndated
	suite := manyChecks()
	suite.Date = "game_date"
	assertOneCause(t, srv, suite, "without a filter over column(s) 'game_date'", 2)
}

// A suite that has no bounds on the dates does not take those down that have.
func TestAnUnboundedSuiteFailsAloneOnATableThatWantsBounds(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "games", partitioned())
	srv.Answer = sevensAndNothingUndated
	engine := engineOf(t, srv, bq.Options{})
	bounded := someRows()
	bounded.Name, bounded.Date, bounded.From = "bounded", "game_date", civil.Date{Year: 2024, Month: 1, Day: 1}
	report, err := quality.Run(t.Context(), engine, now, someRows(), bounded)
	require.NoError(t, err)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, "without a filter over column(s) 'game_date'")
	assert.Equal(t, quality.Pass, report.Suites[1].Verdict, report.Suites[1].Checks[0].Reason)
}

// sevensAndNothingUndated answers 7 rows within the dates and none without one.
func sevensAndNothingUndated(q fakebq.Query) fakebq.Answer {
	a := sevens(q.SQL)
	for i := 1; i < len(a.Rows[0]); i++ {
		a.Rows[0][i] = 0
	}
	return a
}

// A quota that is used up, or a cap, would meet every part alike.
func TestAnErrorOfNoStatementEndsTheSearch(t *testing.T) {
	for name, tc := range map[string]struct {
		dialect  bq.Dialect
		at       int // the query from which on the quota is used up
		requests int
	}{
		"in dry runs":    {bq.Dialect{}, 4, 4},
		"of the rows":    {bq.Dialect{}, 2, 2},
		"running halves": {bq.Dialect{NoDryRun: true, NoTimeTravel: true}, 3, 3},
	} {
		t.Run(name, func(t *testing.T) {
			srv := fake()
			asked := 0
			srv.Answer = func(q fakebq.Query) fakebq.Answer {
				if asked++; asked >= tc.at {
					return fakebq.Answer{Refuse: fakebq.QuotaExceeded()}
				}
				if n := strings.Count(q.SQL, "COUNT"); n > 0 {
					return fakebq.Answer{Refuse: fakebq.InvalidQuery("Syntax error")}
				}
				return seven()
			}
			engine := engineOf(t, srv, bq.Options{})
			if tc.dialect != (bq.Dialect{}) {
				engine = engineOf(t, srv, bq.Options{Dialect: tc.dialect})
			}
			report, err := quality.Run(t.Context(), engine, now, manyChecks())
			require.NoError(t, err)
			for _, c := range report.Suites[0].Checks {
				assert.Equal(t, quality.Unknown, c.Verdict)
				assert.Contains(t, c.Reason, "quota is used up")
			}
			assert.Len(t, srv.Queries(), tc.requests)
		})
	}
}

// assertOneCause runs a suite whose checks all fail for one reason, which so many
// queries find out.
func assertOneCause(t *testing.T, srv *fakebq.Server, suite quality.Suite, says string, queries int) {
	t.Helper()
	report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{}), now, suite)
	require.NoError(t, err)
	for _, c := range report.Suites[0].Checks {
		assert.Equal(t, quality.Unknown, c.Verdict)
		assert.Contains(t, c.Reason, says)
	}
	assert.Len(t, srv.Queries(), queries)
}

// partitioned is the table of games where queries must bound their dates.
func partitioned() bqapi.Table {
	return bqapi.Table{
		Schema:           &bqapi.TableSchema{Fields: fakebq.Columns("game_date DATE", "season STRING", "points INTEGER")},
		TimePartitioning: &bqapi.TimePartitioning{Type: "DAY", Field: "game_date", RequirePartitionFilter: true},
	}
}
