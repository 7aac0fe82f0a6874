package rolling_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/intactdata/intact/rolling"
)

func TestParse(t *testing.T) {
	for name, want := range map[string]struct {
		statistic  rolling.Statistic
		window     rolling.Window
		includesIt bool
	}{
		"points_avg_last_10":          {rolling.Mean("points"), rolling.Last(10), false},
		"usage_rate_avg_7d":           {rolling.Mean("usage_rate"), rolling.Days(7), false},
		"points_avg_last_5_incl":      {rolling.Mean("points"), rolling.Last(5), true},
		"points_sum_30d_incl":         {rolling.Sum("points"), rolling.Days(30), true},
		"points_count_7d":             {rolling.Count("points"), rolling.Days(7), false},
		"points_min_last_3":           {rolling.Min("points"), rolling.Last(3), false},
		"points_max_last_3":           {rolling.Max("points"), rolling.Last(3), false},
		"points_stddev_pop_last_10":   {rolling.StddevPop("points"), rolling.Last(10), false},
		"points_stddev_samp_last_10":  {rolling.StddevSamp("points"), rolling.Last(10), false},
		"fgm_per_fga_ratio_last_10":   {rolling.RatioOfSums("fgm", "fga"), rolling.Last(10), false},
		"points_per_game_avg_last_10": {rolling.Mean("points_per_game"), rolling.Last(10), false},
		"x_7d_avg_last_2":             {rolling.Mean("x_7d"), rolling.Last(2), false},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := rolling.Parse(name)
			require.NoError(t, err)
			require.Equal(t, want.statistic, s.Statistic())
			require.Equal(t, want.window, s.Window())
			require.Equal(t, want.includesIt, s.Includes())
			require.Equal(t, name, s.Name())
		})
	}
}

func TestParseRefuses(t *testing.T) {
	for name, want := range map[string]string{
		"points_avg_10":                      `_last_10 for rows or _10d for days`,
		"avg_usage_rate_last_7_games":        `"games" is no window`,
		"points_last_10":                     `write points_avg_last_10`,
		"points":                             `"points" is no window`,
		"":                                   `"" is no window`,
		"_avg_last_3":                        `"" is no column name`,
		"points_avg_last_0":                  `from 1 to 1000000`,
		"points_avg_last_010":                `without leading zeros`,
		"points_avg_0d":                      `from 1 to 36525`,
		"points_avg_last_99999999999999":     `from 1 to 1000000`,
		"points_stddev_samp_last_1":          `take at least 2 rows`,
		"fgm_ratio_last_10":                  `one numerator and one denominator`,
		"a_per_b_per_c_ratio_last_10":        `one numerator and one denominator`,
		"fga_per_fga_ratio_last_10":          `name another denominator`,
		"points\n_avg_last_10":               `no column name`,
		"points_average_last_10":             `ends in no statistic`,
		"points_avg_last_10_including":       `"including" is no window`,
		"points_avg_last_ten":                `"ten" is no window`,
		"points_avg_d":                       `"d" is no window`,
		"points_avg_last_1_0":                `_last_0 for rows`,
		"points_avg_lasts_10":                `of what?`,
		"points_avg_last_10_incl_incl":       `"incl" is no window`,
		"points_per_ratio_last_10_per_x_avg": `"avg" is no window`,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := rolling.Parse(name)
			require.ErrorContains(t, err, want)
		})
	}
}

func TestNewRefuses(t *testing.T) {
	mean := rolling.Mean("points")
	for want, c := range map[string]struct {
		statistic rolling.Statistic
		window    rolling.Window
		options   []rolling.Option
	}{
		"no statistic":           {window: rolling.Last(3)},
		"no window":              {statistic: mean},
		"from 1 to 1000000":      {statistic: mean, window: rolling.Last(-1)},
		"from 1 to 36525 days":   {statistic: mean, window: rolling.Days(40_000)},
		"limit on the span":      {mean, rolling.Last(3), []rolling.Option{rolling.MaxSpan(0)}},
		"limit on the age":       {mean, rolling.Last(3), []rolling.Option{rolling.MaxAge(-3)}},
		"one row spans no time":  {mean, rolling.Last(1), []rolling.Option{rolling.MaxSpan(3)}},
		"never spans more":       {mean, rolling.Days(7), []rolling.Option{rolling.MaxSpan(7)}},
		"never older":            {mean, rolling.Days(7), []rolling.Option{rolling.MaxAge(9)}},
		"the name says last_7":   {mean, rolling.Days(7), []rolling.Option{rolling.Named("points_avg_last_7")}},
		"the name says 10d":      {mean, rolling.Last(10), []rolling.Option{rolling.Named("form_10d_incl")}},
		"printable text":         {mean, rolling.Days(7), []rolling.Option{rolling.Named(" x")}},
		"\"\" is no column name": {rolling.Mean(""), rolling.Days(7), nil},
	} {
		t.Run(want, func(t *testing.T) {
			_, err := rolling.New(c.statistic, c.window, c.options...)
			require.ErrorContains(t, err, want)
		})
	}
}

// What a spec is named parses back to it.
func TestNamesParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		column := rapid.StringMatching(`[a-z]([a-z0-9_]*[a-z0-9])?`).Draw(t, "column")
		statistic := rapid.SampledFrom([]func(string) rolling.Statistic{
			rolling.Mean, rolling.Sum, rolling.Count, rolling.Min, rolling.Max, rolling.StddevPop, rolling.StddevSamp,
		}).Draw(t, "statistic")(column)
		window := rolling.Last(rapid.IntRange(2, 1_000_000).Draw(t, "rows"))
		if rapid.Bool().Draw(t, "days") {
			window = rolling.Days(rapid.IntRange(1, 36_525).Draw(t, "days"))
		}
		var options []rolling.Option
		if rapid.Bool().Draw(t, "including") {
			options = append(options, rolling.Including())
		}
		s, err := rolling.New(statistic, window, options...)
		require.NoError(t, err)
		again, err := rolling.Parse(s.Name())
		require.NoError(t, err)
		require.Equal(t, s, again)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"points_avg_last_10", "usage_rate_avg_7d", "fgm_per_fga_ratio_last_10_incl", "points_stddev_samp_30d", "points_avg_10"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s, err := rolling.Parse(name)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		require.Equal(t, name, s.Name())
		again, err := rolling.Parse(s.Name())
		require.NoError(t, err)
		require.Equal(t, s, again)
	})
}

func TestReasonsParseBack(t *testing.T) {
	for r := rolling.Duplicate; r <= rolling.Whole; r++ {
		again, err := rolling.ParseReason(r.String())
		require.NoError(t, err)
		require.Equal(t, r, again)
	}
	_, err := rolling.ParseReason("none")
	require.ErrorContains(t, err, `"none" is no reason: it is one of ["duplicate" "gap"`)
}
