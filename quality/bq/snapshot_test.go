package bq_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

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
		quality.Rule{Check: checks.Unique{Columns: []string{"game_date"}}, By: []string{"season"}},
		quality.Rule{Check: derived{func(of quality.Relation) quality.Derivation { return newest{of} }}},
	)
	return s
}

// derived is a check that there are rows which a derivation makes of a table.
type derived struct {
	of func(quality.Relation) quality.Derivation
}

func (derived) Describe() quality.Description { return quality.Description{Kind: "derived"} }

func (l derived) asks(s quality.Scope) quality.Request {
	return quality.Request{Of: quality.Derived(l.of(s.Relation)), Metric: quality.Tally{Of: expr.Lit(true)}}
}

func (l derived) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{l.asks(s)}, nil
}

func (l derived) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, l.asks(s), func(seg quality.Segment, n quality.Counts) quality.Finding {
		return s.JudgeCount(seg, n.True, []quality.Bound{quality.AtLeast(quality.Count(1))})
	})
}

type newest struct{ of quality.Relation }

func (n newest) Key() string { return "newest rows of " + n.of.Key() }

func (n newest) Inputs() []quality.Relation { return []quality.Relation{n.of} }

func (n newest) Schema(inputs []expr.Schema) (expr.Schema, error) { return inputs[0], nil }

func (n newest) Rows(inputs []expr.Source) expr.Source { return inputs[0] }

func (n newest) SQL(inputs []string) (quality.Query, error) {
	return quality.Query{Text: "SELECT * FROM " + inputs[0] + " AS a WHERE game_date >= '2024-01-01' -- the newest"}, nil
}
