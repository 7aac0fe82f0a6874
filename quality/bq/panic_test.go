package bq_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/checks"
)

// A client that panics, as it does on answers that are none, takes with it what it
// was asked for and nothing else. Here it is the transport that panics.
func TestAClientThatPanicsTakesOneStatement(t *testing.T) {
	for name, op := range map[string]fakebq.Op{"start": fakebq.JobsInsert, "result": fakebq.JobsGetQueryResults} {
		t.Run(name, func(t *testing.T) {
			srv := fake()
			engine := engineOf(t, srv, bq.Options{NoSnapshot: true, Parallel: 1})
			suite := someRows()
			suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Unique{Columns: []string{"season"}}})
			plan := planned(t, engine, suite)
			srv.Inject(fakebq.Fault{Op: op, Panic: "no such answer", Skip: skipped(op)})
			report, err := judged(t.Context(), engine, plan)
			require.NoError(t, err)
			checks := report.Suites[0].Checks
			assert.Equal(t, quality.Pass, checks[0].Verdict, checks[0].Reason)
			assert.Equal(t, quality.Unknown, checks[1].Verdict)
			assert.Contains(t, checks[1].Reason, "the BigQuery client panicked: no such answer (in ")
		})
	}
}

// skipped are the requests of the first statement.
func skipped(op fakebq.Op) int {
	if op == fakebq.JobsInsert {
		return 1
	}
	return 2 // it is there, and its page
}

func TestAClientThatPanicsOnMetadataIsUnknown(t *testing.T) {
	srv := fake()
	srv.Inject(fakebq.Fault{Op: fakebq.TablesGet, Panic: "no such answer"})
	report, err := quality.Run(t.Context(), engineOf(t, srv, bq.Options{}), now, someRows())
	require.NoError(t, err)
	assert.Equal(t, quality.Unknown, report.Verdict)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, "table nba.games: the BigQuery client panicked: no such answer")
}

func TestAClientThatPanicsOnADryRunExplainsTheRest(t *testing.T) {
	srv := fake()
	engine := engineOf(t, srv, bq.Options{Parallel: 1})
	plan := planned(t, engine, severalStatements())
	srv.Inject(fakebq.Fault{Op: fakebq.JobsInsert, Panic: "no such answer"})
	cost, err := engine.Explain(t.Context(), plan)
	require.NoError(t, err)
	assert.ErrorContains(t, cost.Statements[0].Err, "the BigQuery client panicked: no such answer")
	assert.NoError(t, cost.Statements[1].Err)
}

func TestAClientThatPanicsOnceTheRowsAreHereLosesNone(t *testing.T) {
	srv := fake()
	engine := engineOf(t, srv, bq.Options{})
	plan := planned(t, engine, someRows())
	srv.Inject(fakebq.Fault{Op: fakebq.JobsGet, Panic: "no such answer"})
	report, err := judged(t.Context(), engine, plan)
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict)
	assert.Nil(t, report.Suites[0].BytesScanned)
}

// Without jobs of our own, as on the emulator.
func TestAClientThatPanicsOnARequestIsUnknown(t *testing.T) {
	srv := fake()
	engine := engineOf(t, srv, bq.Options{Dialect: bq.Dialect{NoJobs: true, NoTimeTravel: true, NoDryRun: true}})
	plan := planned(t, engine, someRows())
	srv.Inject(fakebq.Fault{Op: fakebq.JobsQuery, Panic: "no such answer"})
	report, err := judged(t.Context(), engine, plan)
	require.NoError(t, err)
	assert.Equal(t, quality.Unknown, report.Verdict)
	assert.Contains(t, report.Suites[0].Checks[0].Reason, "the BigQuery client panicked: no such answer")
}
