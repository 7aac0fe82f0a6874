package quality_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

func TestSegmentsAreOrderedAsOrderByOrdersThem(t *testing.T) {
	segment := func(vs ...any) quality.Segment {
		values := make([]expr.Value, len(vs))
		for i, v := range vs {
			values[i] = value(v)
		}
		return quality.NewSegment([]string{"a", "b"}[:len(vs)], values)
	}
	for _, order := range [][]quality.Segment{
		{segment(nil), segment(math.NaN()), segment(math.Inf(-1)), segment(-1.5), segment(0.0), segment(math.Inf(1))},
		{segment(nil), segment(-10), segment(-9), segment(9), segment(10)},
		{segment(nil), segment(""), segment("10"), segment("9"), segment("a"), segment("ä")},
		{segment(nil), segment(rat("-10")), segment(rat("9.5")), segment(rat("10"))},
		{segment(nil), segment(false), segment(true)},
		{segment(nil, "z"), segment("a", nil), segment("a", "b"), segment("b", nil)},
	} {
		for i, x := range order {
			for j, y := range order {
				want := 0
				switch {
				case i < j:
					want = -1
				case i > j:
					want = 1
				}
				require.Equal(t, want, x.Compare(y), "%s and %s", x, y)
				require.Equal(t, i == j, x.Key() == y.Key(), "%s and %s", x, y)
			}
		}
	}
}

func TestSegmentsThatReadAlikeHaveKeysOfTheirOwn(t *testing.T) {
	of := func(column string, v any) string {
		return quality.NewSegment([]string{column}, []expr.Value{value(v)}).Key()
	}
	require.NotEqual(t, of("a", nil), of("a", "null"))
	require.NotEqual(t, of("a", 1), of("a", "1"))
	require.NotEqual(t, of("a", nil), of("b", nil))
	require.Equal(t, of("a", 0.0), of("a", math.Copysign(0, -1)))
}
