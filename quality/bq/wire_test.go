package bq_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	bqapi "google.golang.org/api/bigquery/v2"
	"google.golang.org/api/option"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/expr"
)

// counter is a transport that counts the queries on the wire.
type counter struct {
	mu      sync.Mutex
	queries int
}

func (c *counter) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/jobs") || strings.HasSuffix(r.URL.Path, "/queries")) {
		c.mu.Lock()
		c.queries++
		c.mu.Unlock()
	}
	return http.DefaultTransport.RoundTrip(r)
}

func (c *counter) taken() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := c.queries
	c.queries = 0
	return n
}

// counted is the engine of a dataset through a client whose queries are counted.
func counted(t *testing.T, ds *emulator.Dataset) (*bq.Engine, *counter) {
	t.Helper()
	c := &counter{}
	client, err := bigquery.NewClient(t.Context(), emulator.Project, append(ds.Server().ClientOptions(), option.WithHTTPClient(&http.Client{Transport: c}))...)
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	engine, err := bq.New(client, bq.Options{Dialect: bq.Emulator(), Parallel: 1})
	require.NoError(t, err)
	return engine, c
}

// stats is a table of 20 columns that are checked and 5 that are not, in four
// seasons. In season 3 the first column is half empty.
func stats() enginetest.Table {
	t := enginetest.Table{Name: "stats", Schema: expr.Schema{{Name: "season", Type: expr.Int64}, {Name: "id", Type: expr.Int64}}}
	for c := range 25 {
		t.Schema = append(t.Schema, expr.Field{Name: fmt.Sprintf("stat_%02d", c), Type: expr.Int64})
	}
	for id := range 40 {
		row := []expr.Value{integer(id % 4), integer(id)}
		for c := range 25 {
			v := integer(id + c)
			if c == 0 && id%8 == 3 {
				v = expr.Value{}
			}
			row = append(row, v)
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

func integer(i int) expr.Value {
	v, err := expr.ValueOf(i)
	if err != nil {
		panic(err)
	}
	return v
}

// complete checks the first 20 columns in each season.
func complete(dataset string) quality.Suite {
	s := quality.Suite{Name: "stats", Table: dataset + ".stats"}
	for c := range 20 {
		s.Rules = append(s.Rules, quality.Rule{
			Check: checks.Complete{Columns: []string{fmt.Sprintf("stat_%02d", c)}},
			By:    []string{"season"},
		})
	}
	return s
}

func TestTwentyColumnsInFourSeasonsAreOneQuery(t *testing.T) {
	ds := emulator.NewDataset(t)
	onEmulator(t, ds, stats())
	engine, wire := counted(t, ds)
	suite := complete(ds.ID)

	plan := planned(t, engine, suite)
	cost, err := engine.Explain(t.Context(), plan)
	require.NoError(t, err)
	assert.Zero(t, wire.taken(), "explaining runs nothing")
	require.Len(t, cost.Statements, 1)
	assert.Equal(t, append([]string{"season"}, columns(20)...), cost.Statements[0].Statement.Columns)
	for _, other := range []string{"id", "stat_20", "stat_24"} {
		assert.NotContains(t, cost.Statements[0].SQL, "`"+other+"`", "a column that no check names")
	}

	report, err := judged(t.Context(), engine, plan)
	require.NoError(t, err)
	assert.Equal(t, 1, wire.taken())
	for i, c := range report.Suites[0].Checks {
		want := quality.Pass
		if i == 0 {
			want = quality.Fail
		}
		assert.Equal(t, want, c.Verdict, c.ID)
		assert.Len(t, c.Findings, 4, c.ID)
	}
	assert.Equal(t, quality.ObservedShare(5, 10), report.Suites[0].Checks[0].Findings[3].Observed)
}

func columns(n int) []string {
	var out []string
	for c := range n {
		out = append(out, fmt.Sprintf("stat_%02d", c))
	}
	return out
}

func TestUniqueAddsAQueryForEachKeySet(t *testing.T) {
	ds := emulator.NewDataset(t)
	onEmulator(t, ds, stats())
	engine, wire := counted(t, ds)
	suite := complete(ds.ID)
	suite.Rules = append(suite.Rules,
		quality.Rule{Check: checks.Unique{Columns: []string{"id"}}},
		quality.Rule{Check: checks.Unique{Columns: []string{"id"}}, By: []string{"season"}, Where: expr.Col("stat_01").Gt(3)},
		quality.Rule{Check: checks.Unique{Columns: []string{"season", "id"}}},
	)
	report, err := judged(t.Context(), engine, planned(t, engine, suite))
	require.NoError(t, err)
	assert.Equal(t, 3, wire.taken(), "one for all counts, one for each of two key sets")
	for _, c := range report.Suites[0].Checks[20:] {
		assert.Equal(t, quality.Pass, c.Verdict, c.Reason)
	}
}

// What every job of a run carries.
func TestJobsCarryTheOptions(t *testing.T) {
	srv := fake()
	at := time.Date(2024, 5, 31, 6, 0, 0, 0, time.UTC)
	engine := engineOf(t, srv, bq.Options{MaxBytesBilled: 1 << 40, Labels: map[string]string{"suite": "games"}, Location: "EU", SnapshotAt: at})
	suite := someRows()
	suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Unique{Columns: []string{"season"}}})
	_, err := judged(t.Context(), engine, planned(t, engine, suite))
	require.NoError(t, err)
	queries := srv.Queries()
	require.Len(t, queries, 2)
	for _, q := range queries {
		assert.Equal(t, int64(1<<40), q.MaximumBytesBilled)
		assert.Equal(t, map[string]string{"suite": "games"}, q.Labels)
		assert.Equal(t, "EU", q.Location)
		require.True(t, slices.ContainsFunc(q.Parameters, func(p *bqapi.QueryParameter) bool {
			return p.ParameterType.Type == "TIMESTAMP" && strings.HasPrefix(p.ParameterValue.Value, "2024-05-31 06:00:00")
		}), "the instant of the snapshot")
	}
}

func TestBytesAreThoseOfTheStatementsThatServeTheSuite(t *testing.T) {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		if strings.Contains(q.SQL, "key_rows") {
			return fakebq.Answer{Columns: fakebq.Columns("a INTEGER", "b INTEGER", "c INTEGER", "d INTEGER", "e INTEGER"), Rows: [][]any{{7, 7, 0, 0, 0}}, Bytes: 500}
		}
		a := sevens(q.SQL)
		a.Bytes = 30
		return a
	}
	engine := engineOf(t, srv, bq.Options{})
	counts, keys, none := someRows(), someRows(), someRows()
	keys.Name, keys.Rules = "keys", []quality.Rule{{Check: checks.Unique{Columns: []string{"season"}}}}
	none.Name, none.Table = "none", "nba.nowhere"
	plan := planned(t, engine, counts, keys, none)
	require.Len(t, plan.Statements, 2, "counts, which serve both, and keys")
	report, err := judged(t.Context(), engine, plan)
	require.NoError(t, err)
	assert.Equal(t, int64(30), *report.Suites[0].BytesScanned)
	assert.Equal(t, int64(530), *report.Suites[1].BytesScanned)
	assert.Nil(t, report.Suites[2].BytesScanned, "no statement served it")
}

// What is read of a statement in parts is read for the statement.
func TestBytesOfPartsAddUp(t *testing.T) {
	srv := tooLong()
	engine := engineOf(t, srv, bq.Options{})
	report, err := judged(t.Context(), engine, planned(t, engine, fourChecks()))
	require.NoError(t, err)
	assert.Equal(t, int64(len(srv.Ran())-1), *report.Suites[0].BytesScanned, "a byte for each query, but none for the clock")
}

func TestExplainDryRunsEveryStatement(t *testing.T) {
	srv := fake()
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		if strings.Contains(q.SQL, "nonsense") {
			return fakebq.Answer{Refuse: fakebq.InvalidQuery("Unrecognized name: nonsense")}
		}
		return seven()
	}
	engine := engineOf(t, srv, bq.Options{})
	suite := someRows()
	suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Unique{Columns: []string{"season"}}, Where: expr.RawSQL("nonsense")})
	cost, err := engine.Explain(t.Context(), planned(t, engine, suite, func() quality.Suite { s := someRows(); s.Name = "again"; return s }()))
	require.NoError(t, err)
	assert.Empty(t, srv.Ran())
	require.Len(t, cost.Statements, 2)
	for _, s := range cost.Statements {
		assert.ErrorContains(t, s.Err, "Unrecognized name: nonsense")
		assert.NotEmpty(t, s.SQL)
	}
	_, known := cost.Bytes()
	assert.False(t, known)

	cost, err = engine.Explain(t.Context(), planned(t, engine, someRows()))
	require.NoError(t, err)
	bytes, known := cost.Bytes()
	assert.True(t, known)
	assert.Equal(t, int64(20<<20), bytes)
	assert.Empty(t, srv.Ran())
}

// The fake refuses a query that has no filter on the partitions' column.
func TestTablesThatRequireAPartitionFilter(t *testing.T) {
	srv := fake()
	srv.AddTable("nba", "games", bqapi.Table{
		Schema:           &bqapi.TableSchema{Fields: fakebq.Columns("game_date DATE", "season STRING")},
		TimePartitioning: &bqapi.TimePartitioning{Type: "DAY", Field: "game_date", RequirePartitionFilter: true},
	})
	srv.Answer = func(fakebq.Query) fakebq.Answer {
		return fakebq.Answer{Columns: fakebq.Columns("n INTEGER", "m INTEGER"), Rows: [][]any{{7, 0}}, Bytes: 1}
	}
	engine := engineOf(t, srv, bq.Options{})
	suite := someRows()
	report, err := judged(t.Context(), engine, planned(t, engine, suite))
	require.NoError(t, err)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, "without a filter over column(s) 'game_date'")

	suite.Date, suite.From, suite.To = "game_date", civil.Date{Year: 2024, Month: 1, Day: 1}, civil.Date{Year: 2024, Month: 1, Day: 31}
	report, err = judged(t.Context(), engine, planned(t, engine, suite))
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	assert.Equal(t, int64(1), *report.Suites[0].BytesScanned)
}
