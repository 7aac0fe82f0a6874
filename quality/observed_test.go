package quality_test

import (
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

func TestBoundsOnEveryUnit(t *testing.T) {
	low, high := quality.Number(rat("80")), quality.Number(rat("120.5"))
	for _, tt := range []struct {
		bound    quality.Bound
		observed *quality.Observed
		holds    bool
	}{
		{quality.Between(low, high), quality.ObservedNumber(rat("80")), true},
		{quality.Between(low, high), quality.ObservedNumber(rat("120.5")), true},
		{quality.Between(low, high), quality.ObservedNumber(rat("120.5000000000000000000001")), false},
		{quality.Between(low, high), quality.ObservedNumber(rat("79.999999999999999999999")), false},
		{quality.Between(low, quality.Limit{}), quality.ObservedNumber(rat("90")), false},
		{quality.AtLeast(quality.Day(day(2025, 10, 21))), quality.ObservedDate(day(2025, 10, 21)), true},
		{quality.MoreThan(quality.Day(day(2025, 10, 21))), quality.ObservedDate(day(2025, 10, 21)), false},
		{quality.Within(36 * time.Hour), quality.ObservedAge(36 * time.Hour), true},
		{quality.Within(36 * time.Hour), quality.ObservedAge(36*time.Hour + 1), false},
		{quality.AtMost(quality.Number(rat("0.2"))), quality.ObservedDistance(rat("1/5")), true},
		{quality.AtLeast(quality.Number(rat("0"))), quality.ObservedNumber(nil), false},
		{quality.Allow(3), quality.ObservedCount(1), false},
	} {
		require.Equal(t, tt.holds, tt.bound.Holds(*tt.observed), "%s of %s", tt.bound, tt.observed)
	}
}

func TestChangeAgainstABaseline(t *testing.T) {
	tenth, tenPoints := quality.ChangeBy(quality.Percent(10)), quality.ChangeByPoints(10)
	share := quality.ObservedShare
	for _, tt := range []struct {
		bound              quality.Bound
		observed, baseline *quality.Observed
		holds              bool
		mistake            string
	}{
		{tenth, share(90, 100), share(100, 100), true, ""},
		{tenth, share(899, 1000), share(100, 100), false, ""},
		{tenth, share(55, 100), share(50, 100), true, ""},
		{tenth, share(551, 1000), share(50, 100), false, ""},
		{tenth, quality.ObservedNumber(rat("-11")), quality.ObservedNumber(rat("-10")), true, ""},
		{tenth, quality.ObservedNumber(rat("1")), quality.ObservedNumber(rat("0")), false, "the baseline is 0, of which no change is a percentage"},
		{tenPoints, share(60, 100), share(50, 100), true, ""},
		{tenPoints, share(601, 1000), share(50, 100), false, ""},
		{tenPoints, share(1, 100), share(0, 100), true, ""},
		{tenPoints, quality.ObservedCount(5), quality.ObservedCount(5), false, "change ±10 points is for shares, and this is a count: write a percentage"},
		{tenth, share(1, 2), quality.ObservedCount(1), false, "a share cannot be compared with a count"},
		{tenth, share(1, 2), share(0, 0), false, "there is nothing to compare"},
	} {
		holds, err := tt.bound.HoldsAgainst(*tt.observed, *tt.baseline)
		require.Equal(t, tt.holds, holds, "%s: %s against %s", tt.bound, tt.observed, tt.baseline)
		if tt.mistake == "" {
			require.NoError(t, err)
			continue
		}
		require.EqualError(t, err, tt.mistake)
	}
	require.False(t, tenth.Holds(*share(1, 2)), "without a baseline")
}

func TestObservedReadsAsPeopleWriteIt(t *testing.T) {
	third, _ := quality.ObservedFloat(1.0 / 3)
	for want, o := range map[string]*quality.Observed{
		"12,087 of 25,244": quality.ObservedShare(12087, 25244),
		"1,000":            quality.ObservedCount(1000),
		"104.77":           quality.ObservedNumber(rat("104.77")),
		"0.333333":         third,
		"2025-10-21":       quality.ObservedDate(day(2025, 10, 21)),
		"36h":              quality.ObservedAge(36 * time.Hour),
		"1h30m":            quality.ObservedAge(90 * time.Minute),
		"1h0m5s":           quality.ObservedAge(time.Hour + 5*time.Second),
		"0s":               quality.ObservedAge(0),
		"-":                quality.ObservedNumber(nil),
	} {
		require.Equal(t, want, o.String())
	}
	for _, f := range []float64{math.NaN(), math.Inf(1)} {
		_, ok := quality.ObservedFloat(f)
		require.False(t, ok, "%v is no number", f)
	}
}

func TestBoundsOfEveryUnitReadAsPeopleWriteThem(t *testing.T) {
	for _, tt := range []struct {
		bound       quality.Bound
		text, human string
	}{
		{quality.Between(quality.Number(rat("80")), quality.Number(rat("1200.5"))), "between [80, 1200.5]", "between [80, 1200.5]"},
		{quality.Between(quality.Percent(10), quality.Percent(20)), "between [0.1, 0.2]", "between [10%, 20%]"},
		{quality.Within(36 * time.Hour), "within 36h", "within 36h"},
		{quality.AtMost(quality.Day(day(2025, 10, 21))), "at_most 2025-10-21", "at_most 2025-10-21"},
		{quality.ChangeBy(quality.Percent(10)), "change ±10%", "change ±10%"},
		{quality.ChangeByPoints(10), "change ±10 points", "change ±10 points"},
	} {
		require.Equal(t, tt.text, tt.bound.String())
		require.Equal(t, tt.human, tt.bound.Human())
	}
}

func TestAChangeIsReadExactly(t *testing.T) {
	for text, want := range map[string]string{
		"±10%": "change ±10%", "10 %": "change ±10%", "±0.5%": "change ±0.5%", "±150%": "change ±150%",
		"±10 points": "change ±10 points", "1 point": "change ±1 points", "±2.5 points": "change ±2.5 points",
	} {
		b, err := quality.ParseChange(text)
		require.NoError(t, err, text)
		require.Equal(t, want, b.Human(), text)
	}
	for _, text := range []string{"", "10", "±10", "-10%", "±%", "±1e3%", "10 pt", "±10%%"} {
		_, err := quality.ParseChange(text)
		require.Error(t, err, text)
	}
}
