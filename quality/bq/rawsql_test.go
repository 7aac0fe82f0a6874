package bq_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// A filter that would end the statement and go on never gets to the service.
func TestAFilterCannotBeginAnotherStatement(t *testing.T) {
	ds := emulator.NewDataset(t)
	engine := onEmulator(t, ds, stats())
	suite := quality.Suite{Name: "stats", Table: ds.ID + ".stats", Rules: []quality.Rule{{
		Check: checks.Complete{Columns: []string{"stat_01"}},
		Where: expr.RawSQL("TRUE))); SELECT (((1"),
	}}}
	_, err := quality.Run(t.Context(), engine, now, suite)
	require.ErrorContains(t, err, ") closes nothing")
	suite.Rules[0].Where = expr.RawSQL("stat_01 >= 0 -- of all ; rows")
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	assert.Equal(t, quality.Pass, report.Verdict, report.Suites[0].Checks[0].Reason)
	assert.Equal(t, quality.ObservedShare(40, 40), report.Suites[0].Checks[0].Findings[0].Observed)
}
