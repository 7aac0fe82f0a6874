package report_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// heldUp is a suite of which a file holds up twenty checks, and another one a check.
func heldUp() *quality.Report {
	s := quality.SuiteReport{Suite: "s", Table: "d.t", Verdict: quality.Unknown}
	for i := range 20 {
		s.Checks = append(s.Checks, quality.CheckReport{ID: fmt.Sprintf("c%d", i), Verdict: quality.Unknown, Reason: "t.csv is not there"})
	}
	s.Checks = append(s.Checks, quality.CheckReport{ID: "other", Verdict: quality.Unknown, Reason: "u.csv is not there"})
	return &quality.Report{Verdict: quality.Unknown, Suites: []quality.SuiteReport{s}}
}

func TestACauseIsToldOnce(t *testing.T) {
	const told = "c0 and 19 more checks\n  unknown: t.csv is not there\nother\n  unknown: u.csv is not there\n"
	var b bytes.Buffer
	require.NoError(t, report.Table(&b, heldUp(), report.Options{}))
	assert.Contains(t, b.String(), told)
	assert.Equal(t, 21, strings.Count(b.String(), "│ unknown │"), "each check has its verdict")
	b.Reset()
	require.NoError(t, report.Lines(&b, heldUp(), report.Options{}))
	assert.Contains(t, b.String(), told)
	b.Reset()
	require.NoError(t, report.Lines(&b, heldUp(), report.Options{All: true}))
	assert.Contains(t, b.String(), "c0, c1, c2, ", "every check is named where all are wanted")
	assert.Equal(t, 1, strings.Count(b.String(), "t.csv is not there"))
	assert.EqualError(t, heldUp().Err(), "d.t, c0 and 19 more checks: unknown: t.csv is not there\nd.t, other: unknown: u.csv is not there")
	b.Reset()
	require.NoError(t, report.JSON(&b, heldUp()))
	assert.Equal(t, 20, strings.Count(b.String(), "t.csv is not there"), "a program finds it with each check")
}
