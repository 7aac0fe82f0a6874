package quality_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// sums tells the sum of a column.
type sums struct{ of string }

func (sums) Describe() quality.Description { return quality.Description{Kind: "sums"} }

func (c sums) asks() quality.Request { return quality.Request{Metric: quality.Sum{Of: col(c.of)}} }

func (c sums) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.asks()}, nil
}

func (c sums) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, c.asks(), func(seg quality.Segment, v expr.Value) quality.Finding {
		return quality.Finding{Segment: seg, Verdict: quality.Pass, Reason: fmt.Sprintf("%s %s", v.Type(), v)}
	})
}

// The sum of two of the greatest INT64 does not fit in INT64.
func TestSumIsExact(t *testing.T) {
	const most = int64(1<<63 - 1)
	got := check(t, quality.Suite{}, quality.Rule{Check: sums{"points"}, By: []string{"season"}},
		column[int64]("points", most, most, nil, nil), seasons)
	require.Equal(t, "BIGNUMERIC 18446744073709551614", got.Findings[0].Reason)
	require.Equal(t, "NULL null", got.Findings[1].Reason, "of no value there is no sum")
}
