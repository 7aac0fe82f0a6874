package engines_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/fakebq"
	"github.com/intactdata/intact/harness/internal/reference"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/googlesql"
)

// No engine of the tests reads an earlier instant. The reference implementation
// takes the statements as far as that: they are GoogleSQL.
func TestStatementsOfAnInstantAreGoogleSQL(t *testing.T) {
	ev := reference.Require(t)
	db, err := ev.Load(t.Context(), reference.Table{
		Name:    "fake.nba.games",
		Columns: []reference.Column{{Name: "game_date", Type: "DATE"}, {Name: "season", Type: "STRING"}, {Name: "points", Type: "INT64"}},
	})
	require.NoError(t, err)
	at := time.Date(2024, 5, 31, 6, 0, 0, 0, time.UTC)
	engine := engineOf(t, fake(), bq.Options{})
	plan := planned(t, engine, severalStatements())
	require.Len(t, plan.Statements, 3)
	for _, st := range plan.Statements {
		s, err := googlesql.Renderer{Project: "fake", SnapshotAt: at}.Render(st)
		require.NoError(t, err)
		var params []reference.Param
		for name, v := range s.Parameters {
			params = append(params, reference.Param{Name: name, Type: string(v.Type()), Value: v.Go()})
		}
		_, err = db.Query(t.Context(), s.Text, params...)
		require.ErrorContains(t, err, "SetReadTime() not implemented")
	}
}

// serviceNow is the fake's clock, far from that of this machine.
var serviceNow = time.Date(2031, 2, 3, 4, 5, 6, 789000000, time.UTC)

const clockQuery = "SELECT CURRENT_TIMESTAMP()"

// instants are the TIMESTAMP parameters of the queries that read a table, "" for
// one that has none, and how often the clock was asked.
func instants(srv *fakebq.Server) (read []string, clock int) {
	for _, q := range srv.Queries() {
		if q.SQL == clockQuery {
			clock++
			continue
		}
		at := ""
		for _, p := range q.Parameters {
			if p.ParameterType.Type == "TIMESTAMP" {
				at = p.ParameterValue.Value
			}
		}
		if (at != "") != strings.Contains(q.SQL, "FOR SYSTEM_TIME AS OF @") {
			at = "a parameter without its clause, or the other way round"
		}
		read = append(read, at)
	}
	return read, clock
}

func TestSeveralStatementsReadOneInstantOfTheServicesClock(t *testing.T) {
	const service, given = "2031-02-03 04:05:06.789+00:00", "2024-05-31 06:00:00+00:00"
	for name, tc := range map[string]struct {
		options bq.Options
		suite   quality.Suite
		clock   int
		read    []string
	}{
		"several":             {bq.Options{}, severalStatements(), 1, []string{service, service, service}},
		"one needs none":      {bq.Options{}, someRows(), 0, []string{""}},
		"one that is given":   {bq.Options{SnapshotAt: time.Date(2024, 5, 31, 6, 0, 0, 0, time.UTC)}, severalStatements(), 0, []string{given, given, given}},
		"what is newest":      {bq.Options{NoSnapshot: true}, severalStatements(), 0, []string{"", "", ""}},
		"without time travel": {bq.Options{Dialect: bq.Dialect{NoTimeTravel: true}}, severalStatements(), 0, []string{"", "", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			srv := fake()
			srv.Now = func() time.Time { return serviceNow }
			engine := engineOf(t, srv, tc.options)
			_, err := judged(t.Context(), engine, planned(t, engine, tc.suite))
			require.NoError(t, err)
			read, clock := instants(srv)
			assert.Equal(t, tc.clock, clock, "how often the clock was asked")
			assert.Equal(t, tc.read, read)
		})
	}
}

// A statement that is measured in parts is several.
func TestThePartsOfAStatementReadOneInstant(t *testing.T) {
	srv := tooLong()
	srv.Now = func() time.Time { return serviceNow }
	engine := engineOf(t, srv, bq.Options{})
	report, err := judged(t.Context(), engine, planned(t, engine, fourChecks()))
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict)
	_, clock := instants(srv)
	assert.Equal(t, 1, clock)
	var read []string
	for _, sql := range srv.Ran() {
		if sql != clockQuery {
			read = append(read, sql)
		}
	}
	require.Greater(t, len(read), 1)
	for _, sql := range read {
		assert.Contains(t, sql, "FOR SYSTEM_TIME AS OF @")
	}
}

func TestWithoutTheServicesClockNothingIsKnown(t *testing.T) {
	srv := fake()
	engine := engineOf(t, srv, bq.Options{})
	plan := planned(t, engine, severalStatements())
	srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Error: fakebq.QuotaExceeded()})
	report, err := judged(t.Context(), engine, plan)
	require.NoError(t, err)
	for _, c := range report.Suites[0].Checks {
		assert.Equal(t, quality.Unknown, c.Verdict)
		assert.Contains(t, c.Reason, "the instant to read all tables at could not be had")
		assert.Contains(t, c.Reason, "quota is used up")
	}
	assert.Empty(t, srv.Ran())
}

// severalStatements counts over a table, over its keys, and over rows derived
// from it.
func severalStatements() quality.Suite {
	s := someRows()
	s.Rules = append(s.Rules,
		quality.Rule{Check: quality.Unique{Columns: []string{"game_date"}}, By: []string{"season"}},
		quality.Rule{Check: latest{quality.RowCount{Bounds: []quality.Bound{quality.AtLeast(quality.Count(1))}}}},
	)
	return s
}

// latest is a check on the newest rows of a table.
type latest struct{ quality.Check }

func (latest) Derive(s quality.Scope) (quality.Relation, error) {
	return quality.Derived(newest{s.Relation}), nil
}

type newest struct{ of quality.Relation }

func (n newest) Key() string { return "newest rows of " + n.of.Key() }

func (n newest) Inputs() []quality.Relation { return []quality.Relation{n.of} }

func (n newest) Schema(inputs []expr.Schema) (expr.Schema, error) { return inputs[0], nil }

func (n newest) Rows(inputs []expr.Source) expr.Source { return inputs[0] }

func (n newest) SQL(inputs []string) (quality.Query, error) {
	return quality.Query{Text: "SELECT * FROM " + inputs[0] + " AS a WHERE game_date >= '2024-01-01' -- the newest"}, nil
}
