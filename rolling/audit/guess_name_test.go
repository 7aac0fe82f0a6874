package audit

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

var numbers = []string{"points", "minutes_played", "usage_rate", "field_goals_made", "field_goal_attempts", "rebounds"}

func TestNamesSayWindows(t *testing.T) {
	for name, want := range map[string]hints{
		"points_avg_last_10":          {values: []string{"points"}, stats: []string{"avg"}, windows: []rolling.Window{rolling.Last(10), rolling.Days(10)}},
		"avg_usage_rate_last_7_games": {values: []string{"usage_rate"}, stats: []string{"avg", "ratio"}, windows: []rolling.Window{rolling.Last(7), rolling.Days(7)}},
		"minutes_avg_7d":              {values: []string{"minutes_played"}, stats: []string{"avg"}, windows: []rolling.Window{rolling.Days(7), rolling.Last(7)}},
		"min_avg_2w":                  {values: []string{"minutes_played"}, stats: []string{"avg"}, windows: []rolling.Window{rolling.Days(14), rolling.Last(2)}},
		"PtsMaxL5":                    {values: []string{"points"}, stats: []string{"max", "avg"}, windows: []rolling.Window{rolling.Last(5), rolling.Days(5)}},
		"reb_total_last_3_incl":       {values: []string{"rebounds"}, stats: []string{"sum", "avg"}, windows: []rolling.Window{rolling.Last(3), rolling.Days(3)}, including: true},
		"fg_pct_l20":                  {values: []string{"field_goals_made", "field_goal_attempts"}, stats: []string{"ratio", "avg"}, windows: []rolling.Window{rolling.Last(20), rolling.Days(20)}},
	} {
		got := hintsOf(name, numbers)
		require.True(t, got.sure, name)
		got.sure, got.windows, got.said = false, got.windows[:2], 0
		require.Equal(t, want, got, name)
	}
	require.Equal(t, rolling.Last(10), hintsOf("points_3pt_avg_last_10", numbers).windows[0])
	for _, name := range []string{"form", "form_2024", "form_0"} {
		h := hintsOf(name, numbers)
		require.False(t, h.sure, name)
		require.Empty(t, h.values)
		require.Len(t, h.windows, 2*len(usualSizes))
	}
}

func TestNamesLie(t *testing.T) {
	is, err := rolling.New(rolling.Max("points"), rolling.Days(10))
	require.NoError(t, err)
	for name, want := range map[string]string{
		"points_max_10d":     "",
		"points_10d":         "",
		"form":               "",
		"points_max_last_10": "the name says 10 rows and they are 10 days",
		"points_avg_10d":     "the name says avg and it is max",
		"points_sum_1d":      "the name says sum and it is max, the name says 1 day and they are 10 days",
	} {
		require.Equal(t, want, hintsOf(name, numbers).lies(is), name)
	}
}

func FuzzNames(f *testing.F) {
	f.Add("points_avg_last_10", "points")
	f.Add("Δpts7D__", "ptsΔ")
	f.Fuzz(func(t *testing.T, name, column string) {
		h := hintsOf(name, []string{column})
		require.NotEmpty(t, h.windows)
		for _, s := range h.statistics() {
			require.NotEmpty(t, s.Kind())
		}
	})
}
