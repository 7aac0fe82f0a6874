package panel_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/suitefile/form"
	"github.com/intactdata/intact/rolling/panel"
)

func names(s panel.Spec) []string {
	var out []string
	for _, w := range s.Windows {
		out = append(out, w.Name())
	}
	return out
}

func TestWindowsAreEachStatisticOverEachRange(t *testing.T) {
	var s panel.Spec
	require.NoError(t, s.Ask(panel.Windows{Value: []string{"points"}, Stat: []string{"mean", "max"}, Ratio: []string{"made/tried"}, Last: []int64{5}, Days: []int64{7}}))
	require.Equal(t, []string{
		"points_avg_last_5", "points_avg_7d", "points_max_last_5", "points_max_7d", "made_per_tried_ratio_last_5", "made_per_tried_ratio_7d",
	}, names(s))
}

// A limit is for the windows that it can bind.
func TestLimitsAreForTheWindowsThatTheyBind(t *testing.T) {
	var s panel.Spec
	require.NoError(t, s.Ask(panel.Windows{Value: []string{"points"}, Last: []int64{10}, Days: []int64{7}, MaxSpan: 30, MaxAge: 5}))
	var limits [][2]int
	for _, w := range s.Windows {
		span, age := w.Limits()
		limits = append(limits, [2]int{span, age})
	}
	require.Equal(t, [][2]int{{30, 5}, {0, 5}}, limits)
}

// What is asked of a copy is not asked of another.
func TestCopiesOfASpecAreAskedApart(t *testing.T) {
	base := panel.Spec{Entity: []string{"player"}, At: "day"}
	for _, n := range []int64{1, 2, 3} {
		require.NoError(t, base.Ask(panel.Windows{Value: []string{"points"}, Last: []int64{n}}))
	}
	a, b := base, base
	require.NoError(t, a.Ask(panel.Windows{Value: []string{"points"}, Last: []int64{4}}))
	require.NoError(t, b.Ask(panel.Windows{Value: []string{"points"}, Last: []int64{5}}))
	require.Equal(t, "points_avg_last_4", names(a)[3])
}

func TestWhatCannotBeAskedIsAMistake(t *testing.T) {
	points := []string{"points"}
	for says, w := range map[string]panel.Windows{
		"value is missing: name the columns to average, such as points":                                                        {Last: []int64{1}},
		"last is missing: say how many rows (last: 10) or days (days: 7) a window is over":                                     {Value: points},
		"stat is of the columns of value, and there are none: name them, or leave it out":                                      {Ratio: []string{"a/b"}, Stat: []string{"sum"}, Last: []int64{1}},
		`stat "median" is not known: it is mean, sum, count, min, max, stddev_pop, stddev_samp; a ratio of sums is ratio: A/B`: {Value: points, Stat: []string{"median"}, Last: []int64{1}},
		`ratio "points" is not of the form NUMERATOR/DENOMINATOR`:                                                              {Ratio: points, Last: []int64{1}},
		"days 0 is no window: give at least 1":                                                                                 {Value: points, Days: []int64{0}},
	} {
		t.Run(says, func(t *testing.T) {
			var s panel.Spec
			err := s.Ask(w)
			require.EqualError(t, err, says)
			require.True(t, errors.As(err, new(panel.Mistake)))
			require.Empty(t, s.Windows)
		})
	}
}

func TestSpecsThatMakeNoSenseAreMistakes(t *testing.T) {
	for says, spoil := range map[string]func(*panel.Spec){
		"entity is missing: name the columns that say whose row it is, such as player": func(s *panel.Spec) { s.Entity = nil },
		"at is missing: name the column that says when, such as game_date":             func(s *panel.Spec) { s.At = "" },
		"no window is asked for":                      func(s *panel.Spec) { s.Windows = nil },
		"window points_avg_last_2 is asked for twice": func(s *panel.Spec) { s.Windows = append(s.Windows, s.Windows...) },
		`expected_map names "points", which is no key column of the rows: those are player, day`: func(s *panel.Spec) {
			s.Expected.Map = map[string][]string{"points": {"x"}}
		},
		`expected_map names the key column player twice, once as "player"`: func(s *panel.Spec) {
			s.Expected.Map = map[string][]string{"player": {"x"}, "entity": {"y"}}
		},
		"expected_map gives several columns for each of day, player: only one key column can have several": func(s *panel.Spec) {
			s.Expected.Map = map[string][]string{"player": {"x", "y"}, "day": {"z", "w"}}
		},
	} {
		t.Run(says, func(t *testing.T) {
			s := last2(t)
			require.NoError(t, s.Validate())
			spoil(&s)
			err := s.Validate()
			require.EqualError(t, err, says)
			require.True(t, errors.As(err, new(panel.Mistake)))
		})
	}
}

// Whoever writes specs otherwise than YAML does says how.
func TestErrorsWriteSettingsAsTheirAuthorDoes(t *testing.T) {
	s := panel.Spec{Wording: func(setting, value string) string { return "<" + setting + " " + value + ">" }}
	require.EqualError(t, s.Ask(panel.Windows{Value: []string{"points"}}), "<last > is missing: say how many rows (<last 10>) or days (<days 7>) a window is over")
}

func TestKeysReadWhatTheyDescribe(t *testing.T) {
	const document = `
entity: [league, player]
at: day
order: game
reset: season
counted: minutes > 0
zone: America/New_York
history_from: 2020-10-01
expected: {where: "status != 'out'", map: {player: [a, b]}, by: team, due: ready}
windows: {value: points, stat: [sum, max], ratio: made/tried, last: [5, 10], days: 7, include_current: true, max_span: 30, max_age: 3}
`
	var s panel.Spec
	var w panel.Windows
	require.NoError(t, form.Read("panel", "p.yaml", []byte(document), func() form.Form {
		return form.Map(append(s.Keys(),
			form.Key{Name: "expected", Form: form.Map(s.Expected.Keys()...)},
			form.Key{Name: "windows", Form: form.Map(w.Keys()...)})...)
	}))
	require.Equal(t, panel.Windows{
		Value: []string{"points"}, Stat: []string{"sum", "max"}, Ratio: []string{"made/tried"}, Last: []int64{5, 10}, Days: []int64{7},
		IncludeCurrent: true, MaxSpan: 30, MaxAge: 3,
	}, w)
	require.Equal(t, []any{[]string{"league", "player"}, "day", []string{"game"}, "season", "minutes > 0", "America/New_York", "2020-10-01"},
		[]any{s.Entity, s.At, s.Order, s.Reset, s.Counted.String(), s.Zone.String(), s.HistoryFrom.String()})
	require.Equal(t, []any{"status != 'out'", map[string][]string{"player": {"a", "b"}}, "team", "ready"},
		[]any{s.Expected.Where.String(), s.Expected.Map, s.Expected.By, s.Expected.Due})
	err := form.Read("panel", "p.yaml", []byte("zone: Mars\n"), func() form.Form { return form.Map(new(panel.Spec).Keys()...) })
	require.ErrorContains(t, err, `panel p.yaml:1:7: zone: "Mars" is no time zone`)
}
