package checks_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// told runs one check on columns of a table.
func told(t *testing.T, rule quality.Rule, columns ...rows.Column) quality.CheckReport {
	t.Helper()
	src, err := rows.Columns(columns...)
	require.NoError(t, err)
	suite := quality.Suite{
		Name: "s", Table: "d.t", Rules: []quality.Rule{rule},
		Tables: []quality.Table{{Name: "d.t", Redact: []string{"secret"}}},
	}
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"d.t": src}), time.Unix(0, 0), suite)
	require.NoError(t, err)
	return report.Suites[0].Checks[0]
}

func TestReportsSayWhatWasFound(t *testing.T) {
	x := rows.Column{Name: "x", Values: []float64{50, 0, 0.1, 7}, Valid: []bool{true, true, true, false}}
	n := rows.Column{Name: "n", Values: []int64{1, 1, 2, 3}}
	s := rows.Column{Name: "s", Values: []string{"BOS", "BOS", "LAL", "bos"}}
	secret := rows.Column{Name: "secret", Values: []string{"a", "a", "a", "b"}}
	none := rows.Column{Name: "none", Values: make([]int64, 4), Valid: make([]bool, 4)}
	none2 := rows.Column{Name: "none2", Values: make([]int64, 4), Valid: make([]bool, 4)}
	dnp := rows.Column{Name: "dnp", Values: []bool{true, false, false, false}}
	half, few := []quality.Bound{quality.AtLeast(quality.Percent(50))}, []quality.Bound{quality.AtMost(quality.Percent(30))}
	for _, tt := range []struct {
		check         quality.Check
		claim, reason string
	}{
		{checks.In{Of: []checks.Listed{{"s", []expr.Value{v("BOS"), v("LAL")}}}, Bounds: half},
			"s in (BOS, LAL) at_least 50%", "3 of 4 values of s (75.0%)"},
		{checks.Pattern{Of: []checks.Matching{{"s", "^[A-Z]{3}$"}}},
			"s matches ^[A-Z]{3}$ at_least 100%", "3 of 4 values of s (75.0%), not at_least 100%: 1 row short"},
		{checks.Length{Of: []checks.Ends{{Column: "s", Low: v(4)}}, Bounds: half},
			"s from 4 characters at_least 50%", "0 of 4 values of s (0.0%), not at_least 50%: 2 rows short"},
		{checks.Assert{Of: must(expr.ParseExpr("x < 1")), Bounds: half},
			"x < 1 at_least 50%", "2 of 4 rows (50.0%), NULL for 1"},
		{checks.Implies{If: expr.Col("dnp"), Then: expr.Col("n").Eq(1)},
			"if dnp then n = 1 at_least 100%", "4 of 4 rows (100.0%); if is TRUE for 1 row"},
		{checks.Total{Of: []string{"x", "n"}, To: v(1), Tolerance: v(2)},
			"x + n = 1 ± 2 at_least 100%", "2 of 4 rows with a total (50.0%), not at_least 100%: 2 rows short"},
		{checks.Group{By: []string{"s"}, Assert: must(quality.ParseAggregated("max(n) = min(n)"))},
			"max(n) = min(n) by (s) at_least 100%", "3 of 3 groups (100.0%)"},
		{checks.Group{By: []string{"s"}, Assert: must(quality.ParseAggregated("max(n) > 1"))},
			"max(n) > 1 by (s) at_least 100%", "2 of 3 groups (66.7%), not at_least 100%: 1 group short"},
		{checks.Monotone{Column: "x", At: "n"},
			"x never falls with n at_least 100%", "0 of 1 step (0.0%), not at_least 100%: 1 step short, beside 1 NULL"},
		{checks.Total{Of: []string{"none", "none2"}, To: v(1)},
			"none + none2 = 1 at_least 100%", "nothing to judge: NULL for all 4 rows"},
		{checks.Monotone{Column: "n", Of: []string{"s"}, At: "x"},
			"n of each s never falls with x at_least 100%", "1 of 1 step (100.0%), beside 1 value without x: null: ok sets them aside"},
		{checks.TopShare{Column: "s", Bounds: few},
			"each value of s at_most 30% of its values", "2 of 4 values of s are 'BOS' (50.0%), not at_most 30%"},
		{checks.TopShare{Column: "secret", Bounds: few},
			"each value of secret at_most 30% of its values", "3 of 4 values of secret are a value that is redacted (75.0%), not at_most 30%"},
		{checks.Defaults{Of: []checks.Listed{{"x", []expr.Value{v(50), v(0)}}}, Bounds: few},
			"x is 50 or 0 at_most 30%", "2 of 3 values of x are 50 or 0 (66.7%), not at_most 30%, beside 1 NULL"},
		{checks.Distinct{Column: "n", Bounds: []quality.Bound{quality.AtLeast(quality.Count(4))}},
			"distinct values of n at_least 4", "3 distinct values of n, not at_least 4"},
		{checks.Number{Of: checks.Mean, Column: "n", Bounds: []quality.Bound{quality.Between(num("2"), num("3"))}},
			"mean of n between [2, 3]", "mean of 4 values of n is 1.75, not between [2, 3]"},
		{checks.Number{Of: checks.Max, Column: "x", Bounds: []quality.Bound{quality.AtMost(num("50"))}},
			"max of x at_most 50", "max of 3 values of x is 50, beside 1 NULL"},
		{checks.Quantile{Column: "n", Q: num("0.5"), Bounds: []quality.Bound{quality.Between(num("1"), num("1.5"))}},
			"0.5-quantile of n at_least 1, 0.5-quantile of n at_most 1.5", "all 2 segments hold"},
		{checks.Quantile{Column: "n", Q: num("0.5"), Bounds: []quality.Bound{quality.AtMost(num("1.5"))}},
			"0.5-quantile of n at_most 1.5", "2 of 4 values of n are up to 1.5 (50.0%); the 0.5-quantile is at most 1"},
		{checks.Quantile{Column: "n", Q: num("0.75"), Bounds: []quality.Bound{quality.AtMost(num("1.5"))}},
			"0.75-quantile of n at_most 1.5", "2 of 4 values of n are up to 1.5 (50.0%), not at_least 75%: 1 row short; the 0.75-quantile is at least 2"},
		{checks.CompleteEach{Of: []checks.Floor{{Columns: "?"}, {"x", half}}, Except: []string{"s"}},
			"each of ?, x at_least 50% except s populated at_least 100%", "all 2 segments hold"},
		{checks.CompleteEach{Of: []checks.Floor{{Columns: "?"}}},
			"each of ? populated at_least 100%", "x: 3 of 4 rows (75.0%), not at_least 100%: 1 row short"},
	} {
		got := told(t, quality.Rule{Check: tt.check}, x, n, s, secret, dnp, none, none2)
		require.Equal(t, tt.claim, got.Claim)
		require.Equal(t, tt.reason, got.Reason, tt.claim)
	}
}

// A number is never printed as if it met a bound that it misses.
func TestANumberThatMissesItsBoundShowsIt(t *testing.T) {
	x := rows.Column{Name: "x", Values: []float64{50.000000000000007}}
	got := told(t, quality.Rule{Check: checks.Number{Of: checks.Max, Column: "x", Bounds: []quality.Bound{quality.AtMost(num("50"))}}}, x)
	require.Equal(t, "max of 1 value of x is 50.00000000000001, not at_most 50", got.Reason)
}

func TestTheLeastOfARedactedColumnIsNotPrinted(t *testing.T) {
	secret := rows.Column{Name: "secret", Values: []int64{1, 2}}
	got := told(t, quality.Rule{Check: checks.Number{Of: checks.Min, Column: "secret", Bounds: []quality.Bound{quality.AtLeast(num("1"))}}}, secret)
	require.Equal(t, "unknown: could not be evaluated: secret is redacted, and its min is one of its values, which would be printed", got.Verdict.String()+": "+got.Reason)
}
