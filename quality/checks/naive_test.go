package checks_test

import (
	"fmt"
	"math/big"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// meets is a bound of a whole number on one.
func meets(op string, n, limit int64) bool {
	switch op {
	case "at_least":
		return n >= limit
	case "more_than":
		return n > limit
	case "at_most":
		return n <= limit
	}
	return n < limit
}

var bounds = map[string]func(quality.Limit) quality.Bound{
	"at_least": quality.AtLeast, "more_than": quality.MoreThan, "at_most": quality.AtMost, "less_than": quality.LessThan,
}

// passes judges a check on a column of whole numbers, all of them there.
func passes(t *rapid.T, c quality.Check, values []int64) bool {
	src, err := rows.Columns(rows.Column{Name: "x", Values: values}, rows.Column{Name: "at", Values: places(len(values))})
	if err != nil {
		t.Fatal(err)
	}
	suite := quality.Suite{Name: "s", Table: "t", Rules: []quality.Rule{{Check: c}}}
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"t": src}), time.Unix(0, 0), suite)
	if err != nil {
		t.Fatal(err)
	}
	if report.Verdict == quality.Unknown {
		t.Fatal(report.Suites[0].Checks[0].Reason)
	}
	return report.Verdict == quality.Pass
}

// places are times of which each but the last is that of two rows.
func places(n int) []int64 {
	out := make([]int64, n)
	for i := range out {
		out[i] = int64(i / 2)
	}
	return out
}

// The q-quantile is the value at the rank that q of all values round up to.
func TestQuantilesAreThoseOfSortedValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-5, 5), 1, 30).Draw(t, "values")
		den := rapid.Int64Range(1, 40).Draw(t, "of")
		num := rapid.Int64Range(1, den).Draw(t, "q")
		op := rapid.SampledFrom([]string{"at_least", "more_than", "at_most", "less_than"}).Draw(t, "bound")
		limit := rapid.Int64Range(-6, 6).Draw(t, "limit")

		sorted := slices.Sorted(slices.Values(values))
		rank := (num*int64(len(values)) + den - 1) / den
		want := meets(op, sorted[rank-1], limit)
		got := passes(t, checks.Quantile{
			Column: "x", Q: quality.Number(big.NewRat(num, den)), Bounds: []quality.Bound{bounds[op](quality.Count(limit))},
		}, values)
		if got != want {
			t.Fatalf("the %d/%d-quantile of %v is %d, and %s %d is %v", num, den, values, sorted[rank-1], op, limit, got)
		}
	})
}

// A column never falls where the least of each time is at least the greatest before.
func TestMonotoneIsOfNeighbouringTimes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 6), 3, 12).Draw(t, "values")
		strict := rapid.Bool().Draw(t, "strict")
		want := true
		for i := 2; i < len(values); i += 2 {
			before, now := slices.Max(values[i-2:i]), slices.Min(values[i:min(i+2, len(values))])
			want = want && (now > before || now == before && !strict)
		}
		if got := passes(t, checks.Monotone{Column: "x", At: "at", Strict: strict}, values); got != want {
			t.Fatalf("%v, strict %v: %v", values, strict, got)
		}
	})
}

// The largest share is that of the value which is there most often.
func TestTopShareIsThatOfTheMostFrequent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 4), 1, 20).Draw(t, "values")
		percent := rapid.Int64Range(1, 99).Draw(t, "percent")
		counts, most := map[int64]int64{}, int64(0)
		for _, v := range values {
			counts[v]++
			most = max(most, counts[v])
		}
		want := most*100 <= percent*int64(len(values))
		if got := passes(t, checks.TopShare{Column: "x", Bounds: []quality.Bound{quality.AtMost(quality.Percent(percent))}}, values); got != want {
			t.Fatal(fmt.Sprint(values, percent, got))
		}
	})
}
