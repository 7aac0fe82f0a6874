package checks_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// A quantile is the value of that rank among the sorted ones, and is held against that of
// the baseline by its share.
func TestAQuantileAgainstThatOfOtherRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-4, 12), 1, 30)
		judged, before := values.Draw(t, "judged"), values.Draw(t, "baseline")
		hundredths := rapid.Int64Range(1, 100).Draw(t, "q")
		percent := rapid.Int64Range(0, 150).Draw(t, "change")
		nth := func(of []int64) int64 {
			sorted := slices.Sorted(slices.Values(of))
			rank := (hundredths*int64(len(of)) + 99) / 100
			return sorted[rank-1]
		}
		now, then := nth(judged), nth(before)
		holds := 100*abs(now-then) <= percent*abs(then)

		src := map[string]expr.Source{}
		for name, values := range map[string][]int64{"t": judged, "b": before} {
			of, err := rows.Columns(rows.Column{Name: "x", Values: values})
			require.NoError(t, err)
			src[name] = of
		}
		suite := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{{Check: checks.QuantileChange{
			Column: "x", Q: quality.Number(big.NewRat(hundredths, 100)), Baseline: checks.Baseline{Of: checks.Against{Table: "b"}, Least: 1},
			Bounds: []quality.Bound{quality.ChangeBy(quality.Percent(percent))},
		}}}}
		report, err := quality.Run(t.Context(), rows.NewEngine(src), time.Unix(0, 0), suite)
		require.NoError(t, err)
		f := report.Suites[0].Checks[0].Findings[0]
		require.NotNil(t, f.Observed, f.Reason)
		require.Equal(t, []string{big.NewRat(now, 1).RatString(), big.NewRat(then, 1).RatString()}, []string{f.Observed.Value.RatString(), f.Details[0].Value.Value.RatString()})
		require.Equal(t, holds, f.Verdict == quality.Pass, f.Reason)
		require.Equal(t, !holds, f.Verdict == quality.Fail, f.Reason)
	})
}

func TestQuantilesOfTooFewValuesAreUnknown(t *testing.T) {
	type row struct {
		X *float64 `bigquery:"x"`
	}
	for name, c := range map[string]struct {
		judged, before []*float64
		says           string
	}{
		"none here":  {[]*float64{nil, nil}, []*float64{some(1), some(2)}, "nothing to judge: x has 0 values, and least is 2"},
		"none there": {[]*float64{some(1), some(2)}, []*float64{nil}, "nothing to judge: x has 0 values in b, and least is 2"},
		"one there":  {[]*float64{some(1), some(2)}, []*float64{some(1), nil}, "nothing to judge: x has 1 value in b, and least is 2"},
	} {
		t.Run(name, func(t *testing.T) {
			src := map[string]expr.Source{}
			for table, values := range map[string][]*float64{"t": c.judged, "b": c.before} {
				var held []row
				for _, x := range values {
					held = append(held, row{x})
				}
				of, err := rows.Of(held)
				require.NoError(t, err)
				src[table] = of
			}
			suite := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{{Check: checks.QuantileChange{
				Column: "x", Q: quality.Number(big.NewRat(1, 2)), Baseline: checks.Baseline{Of: checks.Against{Table: "b"}, Least: 2},
				Bounds: []quality.Bound{quality.ChangeBy(quality.Percent(10))},
			}}}}
			report, err := quality.Run(t.Context(), rows.NewEngine(src), time.Unix(0, 0), suite)
			require.NoError(t, err)
			f := report.Suites[0].Checks[0].Findings[0]
			require.Equal(t, quality.Unknown, f.Verdict)
			require.Equal(t, c.says, f.Reason)
		})
	}
}

func some(x float64) *float64 { return &x }

func abs(x int64) int64 { return max(x, -x) }
