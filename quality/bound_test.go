package quality_test

import (
	"math"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/quality"
)

func TestBoundsOnSharesAreExact(t *testing.T) {
	share := func(text string) quality.Limit {
		l, err := quality.ParseShare(text)
		require.NoError(t, err)
		return l
	}
	for _, tt := range []struct {
		name     string
		bound    quality.Bound
		num, den int64
		holds    bool
	}{
		{"95% of 20 is 19", quality.AtLeast(share("95%")), 19, 20, true},
		{"18 of 20 is less", quality.AtLeast(share("95%")), 18, 20, false},
		{"at_least is inclusive", quality.AtLeast(share("1/3")), 1, 3, true},
		{"more_than is strict", quality.MoreThan(share("1/3")), 1, 3, false},
		{"more_than by one row", quality.MoreThan(share("95%")), 20, 20, true},
		{"at_most is inclusive", quality.AtMost(share("5%")), 1, 20, true},
		{"less_than is strict", quality.LessThan(share("5%")), 1, 20, false},
		{"3 bad of 1.86 million are not 0", quality.AtMost(share("0%")), 3, 1_860_000, false},
		{"3 missing of 1.86 million are not all", quality.AtLeast(share("100%")), 1_859_997, 1_860_000, false},
		{"94.96% is not 95%", quality.AtLeast(share("95%")), 9496, 10000, false},
		{"a share that no float64 holds", quality.AtLeast(share("0.1%")), 1, 1000, true},
		{"one row of 9 quintillion", quality.AtLeast(share("100%")), math.MaxInt64 - 1, math.MaxInt64, false},
		{"of nothing, nothing holds", quality.AtMost(share("50%")), 0, 0, false},
		{"allow so many bad rows", quality.Allow(1), 19, 20, true},
		{"allow no more than that", quality.Allow(1), 18, 20, false},
		{"allow of nothing", quality.Allow(1), 0, 0, false},
		{"no limit", quality.AtLeast(quality.Ratio(1, 0)), 1, 1, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.holds, tt.bound.Holds(*quality.ObservedShare(tt.num, tt.den)))
		})
	}
}

func TestBoundsOnCountsAreExact(t *testing.T) {
	ten := quality.Count(10)
	for _, tt := range []struct {
		bound quality.Bound
		holds []int64
		fails []int64
	}{
		{quality.AtLeast(ten), []int64{10, 11}, []int64{0, 9}},
		{quality.MoreThan(ten), []int64{11}, []int64{9, 10}},
		{quality.AtMost(ten), []int64{0, 10}, []int64{11}},
		{quality.LessThan(ten), []int64{9}, []int64{10, 11}},
	} {
		for _, n := range tt.holds {
			require.True(t, tt.bound.Holds(*quality.ObservedCount(n)), "%s, %d", tt.bound, n)
		}
		for _, n := range tt.fails {
			require.False(t, tt.bound.Holds(*quality.ObservedCount(n)), "%s, %d", tt.bound, n)
		}
	}
}

func TestParseShare(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"95%", "0.95"},
		{"99.5%", "0.995"},
		{" 95 % ", "0.95"},
		{"19/20", "0.95"},
		{"1/3", "1/3"},
		{"0.1%", "0.001"},
		{"100%", "1"},
		{"0%", "0"},
	} {
		l, err := quality.ParseShare(tt.text)
		require.NoError(t, err, tt.text)
		require.Equal(t, tt.want, l.String(), tt.text)
	}
}

func TestParseShareRefuses(t *testing.T) {
	for _, text := range []string{"", "95", "0.95", "%", "95%%", "19/20%", "1/0", "-5%", "+5%", "1e2%", "5,5%", "1.2.3%", "1/2/3", ".%", "a/b", "0x5%", strings.Repeat("9", 100) + "%"} {
		_, err := quality.ParseShare(text)
		require.ErrorContains(t, err, "is no share: write a percentage such as 95% or a ratio such as 19/20", text)
	}
	_, err := quality.ParseShare("101%")
	require.EqualError(t, err, `"101%" is more than 100%`)
}

func FuzzParseShare(f *testing.F) {
	f.Add("95%")
	f.Add("19/20")
	f.Fuzz(func(t *testing.T, text string) {
		l, err := quality.ParseShare(text)
		if err != nil {
			return
		}
		require.False(t, quality.AtLeast(l).Holds(*quality.ObservedShare(0, 1)) && quality.MoreThan(l).Holds(*quality.ObservedShare(0, 1)), "a share is 0 or more")
		require.True(t, quality.AtMost(l).Holds(*quality.ObservedShare(0, 1)))
		require.True(t, quality.AtLeast(l).Holds(*quality.ObservedShare(1, 1)))
	})
}

func TestBoundsReadAsPeopleWriteThem(t *testing.T) {
	for _, tt := range []struct {
		bound         quality.Bound
		machine, text string
	}{
		{quality.AtLeast(quality.Percent(95)), "at_least 0.95", "at_least 95%"},
		{quality.MoreThan(quality.Ratio(1, 3)), "more_than 1/3", "more_than 1/3"},
		{quality.AtMost(quality.Count(20000)), "at_most 20000", "at_most 20,000"},
		{quality.Allow(1), "allow 1", "allow 1"},
		{quality.LessThan(quality.Limit{}), "less_than ", "less_than"},
	} {
		require.Equal(t, tt.machine, tt.bound.String())
		require.Equal(t, tt.text, tt.bound.Human())
	}
}

func TestShareIsNeverWrittenAsWhatItIsNot(t *testing.T) {
	at95 := quality.AtLeast(quality.Percent(95))
	for _, tt := range []struct {
		num, den int64
		bounds   []quality.Bound
		want     string
	}{
		{9214, 19333, nil, "47.7%"},
		{19, 20, []quality.Bound{at95}, "95.0%"},
		{9496, 10000, []quality.Bound{at95}, "94.96%"},
		{9496, 10000, nil, "95.0%"},
		{9504, 10000, []quality.Bound{quality.AtMost(quality.Percent(95))}, "95.04%"},
		{3, 1_860_000, nil, "0.0002%"},
		{1_859_997, 1_860_000, nil, "99.9998%"},
		{0, 5, nil, "0.0%"},
		{5, 5, nil, "100.0%"},
		{1, 3, []quality.Bound{quality.AtLeast(quality.Ratio(1, 3))}, "33.3%"},
		{1, math.MaxInt64, nil, "0.00000000000000001%"},
		{0, 0, nil, "-"},
	} {
		require.Equal(t, tt.want, quality.Share(tt.num, tt.den, tt.bounds...))
	}
}

func TestWrittenShareLiesOnTheSideOfItsBoundThatTheShareLiesOn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, 1<<40).Draw(t, "den")
		num := rapid.Int64Range(0, den).Draw(t, "num")
		percent := rapid.Int64Range(0, 100).Draw(t, "percent")

		text := strings.TrimSuffix(quality.Share(num, den, quality.AtLeast(quality.Percent(percent))), "%")
		shown, ok := new(big.Rat).SetString(text)
		require.True(t, ok, text)
		exact := new(big.Rat).Mul(big.NewRat(num, den), big.NewRat(100, 1))
		for _, mark := range []int64{0, percent, 100} {
			m := big.NewRat(mark, 1)
			require.Equal(t, exact.Cmp(m), shown.Cmp(m), "%d of %d is written %s", num, den, text)
		}
	})
}
