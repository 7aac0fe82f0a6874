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

// Bins by quantiles are those between the edges that sorted values give.
func TestQuantilesOfABaselineAreEdges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-4, 12), 1, 30)
		judged, before := values.Draw(t, "judged"), values.Draw(t, "baseline")
		bins := rapid.IntRange(2, 12).Draw(t, "bins")
		sorted := slices.Sorted(slices.Values(before))
		var edges []*big.Rat
		for i := 1; i < bins; i++ {
			rank := (i*len(before) + bins - 1) / bins // the least value that i/bins of them do not exceed
			if e := big.NewRat(sorted[rank-1], 1); len(edges) == 0 || edges[len(edges)-1].Cmp(e) < 0 {
				edges = append(edges, e)
			}
		}
		src := map[string]expr.Source{}
		for name, values := range map[string][]int64{"t": judged, "b": before} {
			of, err := rows.Columns(rows.Column{Name: "x", Values: values})
			if err != nil {
				t.Fatal(err)
			}
			src[name] = of
		}
		drift := func(quantiles int, edges []*big.Rat) quality.Rule {
			return quality.Rule{Check: checks.Drift{
				Column: "x", Baseline: checks.Baseline{Of: checks.Against{Table: "b"}, Least: 1}, Quantiles: quantiles, Edges: edges,
				PSI: quality.Number(big.NewRat(1, 10)), JensenShannon: quality.Number(big.NewRat(1, 10)),
			}}
		}
		suite := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{drift(bins, nil), drift(0, edges)}}
		report, err := quality.Run(t.Context(), rows.NewEngine(src), time.Unix(0, 0), suite)
		if err != nil {
			t.Fatal(err)
		}
		got, want := report.Suites[0].Checks[0].Findings, report.Suites[0].Checks[1].Findings
		for i := range want {
			if got[i].Observed == nil || want[i].Observed == nil || got[i].Observed.Value.Cmp(want[i].Observed.Value) != 0 {
				t.Fatalf("%s, and by edges %v %s", got[i].Reason, edges, want[i].Reason)
			}
		}
	})
}

func TestEdgesOfOneWidth(t *testing.T) {
	of := func(from, to, width int64) (string, error) {
		edges, err := checks.EdgesOf(big.NewRat(from, 10), big.NewRat(to, 10), big.NewRat(width, 10))
		text := ""
		for _, e := range edges {
			text += e.FloatString(1) + " "
		}
		return text, err
	}
	got, err := of(1, 4, 1)
	require.NoError(t, err)
	require.Equal(t, "0.1 0.2 0.3 0.4 ", got)
	got, err = of(0, 10, 4)
	require.NoError(t, err)
	require.Equal(t, "0.0 0.4 0.8 ", got)
	for _, mistake := range [][3]int64{{0, 10, 0}, {0, 10, -1}, {10, 10, 1}, {0, 10000, 1}} {
		_, err := of(mistake[0], mistake[1], mistake[2])
		require.Error(t, err)
	}
}
