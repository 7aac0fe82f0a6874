package quality_test

import (
	"math"
	"strings"
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

// A text of 300 bytes is shown by its first 64, not within a character, and by what
// tells it from another that begins alike; its key is all of it.
func TestLongValuesAreShownShortened(t *testing.T) {
	of := func(text string) quality.Segment { return quality.NewSegment([]string{"a"}, []expr.Value{value(text)}) }
	long := strings.Repeat("é", 150)
	require.Equal(t, "a="+strings.Repeat("x", 256), of(strings.Repeat("x", 256)).String())
	require.Regexp(t, "^a="+strings.Repeat("é", 32)+`… \(300 bytes, CRC-32 [0-9a-f]{8}\)$`, of(long).String())
	odd := of("y\n" + long).String()
	require.True(t, strings.HasPrefix(odd, `a="y\n`+strings.Repeat("é", 31)+`"… (302 bytes, `), odd)
	require.NotEqual(t, of(long).String(), of(long[:298]+"è").String())
	require.NotEqual(t, of(long).Key(), of(long[:298]+"è").Key())
	require.Contains(t, quality.Shortened("123456789"+strings.Repeat("\x00", 1<<20)), "(1,048,585 bytes, ")
	require.Contains(t, quality.Shortened(strings.Repeat("\x80", 300)), "(300 bytes, ", "what is no text is shown as well")
}
