package checks_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/rows"
)

func between(column string, low, high any) checks.Ends {
	return checks.Ends{Column: column, Low: value(low), High: value(high)}
}

func TestRangeJudgesValuesAndTellsNULLsBesideThem(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, tt := range []struct {
		name    string
		of      checks.Ends
		bounds  []quality.Bound
		table   rows.Column
		verdict quality.Verdict
		reason  string
	}{
		{"both ends are inside", between("x", 0, 50), nil, floats("x", 0.0, 50.0), quality.Pass, "2 of 2 values of x (100.0%)"},
		{"one off", between("x", 0, 50), nil, floats("x", 0.0, 50.5), quality.Fail, "1 of 2 values of x (50.0%), not at_least 100%: 1 row short"},
		{"exactly at the bound", between("x", 0, 50), []quality.Bound{percent(50)}, floats("x", 0.0, 50.5), quality.Pass, "1 of 2 values of x (50.0%)"},
		{"a NULL is no value", between("x", 0, 50), nil, floats("x", 1.0, nil), quality.Pass, "1 of 1 value of x (100.0%), beside 1 NULL"},
		{"nothing but NULL", between("x", 0, 50), nil, floats("x", nil, nil), quality.Unknown, "nothing to judge: x is NULL in all 2 rows"},
		{"no row", between("x", 0, 50), nil, floats("x"), quality.Unknown, "nothing to judge: there is no row in scope"},
		{"NaN lies nowhere", between("x", nil, 50), nil, floats("x", nan, 1.0), quality.Fail, "1 of 2 values of x (50.0%), not at_least 100%: 1 row short"},
		{"an infinity lies outside", between("x", 0, 50), nil, floats("x", inf, 1.0), quality.Fail, "1 of 2 values of x (50.0%), not at_least 100%: 1 row short"},
		{"but for an open end", between("x", 0, nil), nil, floats("x", inf, 1.0), quality.Pass, "2 of 2 values of x (100.0%)"},
		{"dates", between("x", "2025-10-01", "2026-06-30"), nil, dates("x", day(2025, 10, 1), day(2026, 6, 30)), quality.Pass, "2 of 2 values of x (100.0%)"},
		{"a text for a number", between("x", "a", "b"), nil, floats("x", 1.0), quality.Unknown, "could not be evaluated: x BETWEEN 'a' AND 'b': x is FLOAT64 and 'a' is STRING: they cannot be compared"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := check(t, quality.Suite{}, quality.Rule{Check: checks.Range{Of: []checks.Ends{tt.of}, Bounds: tt.bounds}}, tt.table)
			require.Equal(t, tt.verdict.String()+": "+tt.reason, got.Verdict.String()+": "+got.Reason)
		})
	}
}

func TestRangeJudgesEachColumnAndSegmentByItself(t *testing.T) {
	rule := quality.Rule{Check: checks.Range{Of: []checks.Ends{between("x", 0, 9), between("y", 0, 9)}}, By: []string{"season"}}
	got := check(t, quality.Suite{}, rule, floats("x", 1.0, 2.0, 3.0, 10.0), floats("y", 1.0, 10.0, 3.0, 4.0), seasons)
	var failed []string
	for _, f := range got.Findings {
		if f.Verdict == quality.Fail {
			failed = append(failed, f.Segment.String()+" "+f.Subject)
		}
	}
	require.Equal(t, []string{"season=2022-23 y", "season=2023-24 x"}, failed)
	require.Equal(t, "x from 0 to 9, y from 0 to 9 at_least 100%", got.Claim)
}

func TestRangesThatNoValueLiesInAreRefused(t *testing.T) {
	for _, tt := range []struct {
		err string
		of  []checks.Ends
	}{
		{"it names no column", nil},
		{"x: no value lies between 5 and 0.5", []checks.Ends{between("x", 5, 0.5)}},
		{"x: the ends 5 and 'a' cannot be compared", []checks.Ends{between("x", 5, "a")}},
		{"x is open at both ends, so that nothing could lie outside", []checks.Ends{between("x", nil, nil)}},
		{`it names "X" twice`, []checks.Ends{between("x", 0, 1), between("X", 0, 1)}},
	} {
		require.EqualError(t, checks.Range{Of: tt.of}.Validate(), tt.err)
	}
}
