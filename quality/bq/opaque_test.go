package bq_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
)

// Of a column that expressions cannot look into it is counted whether it holds
// anything.
func TestColumnsOfOtherTypesAreCounted(t *testing.T) {
	ds := emulator.NewDataset(t)
	table := "`" + emulator.Project + "`.`" + ds.ID + "`.`other`"
	require.NoError(t, ds.Exec(t.Context(), "CREATE TABLE "+table+" (j JSON, s STRUCT<a INT64>, xs ARRAY<INT64>)"))
	require.NoError(t, ds.Exec(t.Context(), "INSERT INTO "+table+" VALUES (JSON '{}', STRUCT(1), [1]), (NULL, NULL, [])"))
	engine := onEmulator(t, ds)
	suite := quality.Suite{Name: "other", Table: ds.ID + ".other"}
	for _, c := range []string{"j", "s", "xs"} {
		suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Complete{Columns: []string{c}}})
	}
	suite.Rules = append(suite.Rules, quality.Rule{Check: checks.Unique{Columns: []string{"xs"}}})
	report, err := quality.Run(t.Context(), engine, now, suite)
	require.NoError(t, err)
	checks := report.Suites[0].Checks
	assert.Contains(t, checks[0].Reason, "1 of 2 rows")
	assert.Contains(t, checks[1].Reason, "1 of 2 rows")
	assert.Equal(t, quality.Pass, checks[2].Verdict, "an empty array is an array: %s", checks[2].Reason)
	assert.Equal(t, quality.Unknown, checks[3].Verdict)
	assert.Contains(t, checks[3].Reason, "cannot be grouped")
}
