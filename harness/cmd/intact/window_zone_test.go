package main_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// reasons are those of a window, row by row.
func reasons(t *testing.T, text, window string) string {
	t.Helper()
	var out []string
	for _, r := range records(t, text) {
		out = append(out, r[window]+" "+r[window+"_reason"]+" "+r[window+"_observed"]+"/"+r[window+"_expected"])
	}
	return strings.Join(out, ", ")
}

// A zone says whose days a window is over: of a double-header neither game sees the
// other, and the day that summer time ends is one day like all others.
func TestWindowZone(t *testing.T) {
	const games = "player,game_date,points\n" +
		"ann,2024-11-01T20:00:00-04:00,1\nann,2024-11-02T13:00:00-04:00,2\nann,2024-11-02T20:00:00-04:00,6\nann,2024-11-03T20:00:00-05:00,7\n"
	files := map[string]string{
		"games.csv": games, "sheet.csv": games,
		"zone.yaml": "zone: America/New_York\n", "wrong.yaml": "\nzone: New York\n",
		"dates.csv": "player,game_date,points\nann,2024-11-01,1\nann,2024-11-02,2\nann,2024-11-03,6\n",
		"clock.csv": strings.NewReplacer("-04:00", "", "-05:00", "").Replace(games),
	}
	for name, c := range map[string]struct {
		args []string
		days string
		want string
	}{
		"24 hours":              {nil, "1", " warmup 0/0,  warmup 1/1, 1.5 whole 2/2,  empty 0/0"},
		"a zone":                {[]string{"--zone", "America/New_York"}, "1", " warmup 0/0, 1 whole 1/1, 1 whole 1/1, 4 whole 2/2"},
		"in a spec":             {[]string{"--spec", "zone.yaml"}, "1", " warmup 0/0, 1 whole 1/1, 1 whole 1/1, 4 whole 2/2"},
		"of another one":        {[]string{"--zone", "UTC"}, "1", " warmup 0/0,  warmup 0/0, 1.5 whole 2/2, 6 whole 1/1"},
		"with its point":        {[]string{"--zone", "America/New_York", "--include-current"}, "1", "1 whole 1/1, 2 whole 1/1, 4 whole 2/2, 7 whole 1/1"},
		"history from a day on": {[]string{"--zone", "America/New_York", "--history-from", "2024-10-31"}, "1", " empty 0/0, 1 whole 1/1, 1 whole 1/1, 4 whole 2/2"},
		"history from that day": {[]string{"--zone", "America/New_York", "--history-from", "2024-11-01"}, "1", " warmup 0/0, 1 whole 1/1, 1 whole 1/1, 4 whole 2/2"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := run(t, write(t, files), append([]string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--days", c.days, "--expected", "sheet.csv"}, c.args...)...)
			require.Equal(t, 0, got.code, got.stderr)
			name := "points_avg_1d"
			if strings.Contains(got.stdout, "_incl") {
				name += "_incl"
			}
			assert.Equal(t, c.want, reasons(t, got.stdout, name))
		})
	}
	t.Run("dates are days anywhere", func(t *testing.T) {
		dir := write(t, files)
		args := []string{"window", "dates.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--days", "1,2"}
		assert.Equal(t, run(t, dir, args...), run(t, dir, append(args, "--zone", "Pacific/Apia")...))
	})
	t.Run("a limit counts its days", func(t *testing.T) {
		args := []string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1", "--max-age", "1"}
		assert.Contains(t, run(t, write(t, files), args...).stdout, "ann,2024-11-03T20:00:00-05:00,7,,stale,") // 25 hours
		assert.Contains(t, run(t, write(t, files), append(args, "--zone", "America/New_York")...).stdout, "ann,2024-11-03T20:00:00-05:00,7,6,whole,")
	})
	t.Run("datetimes have their own", func(t *testing.T) {
		got := run(t, write(t, files), "window", "clock.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--days", "1", "--type", "game_date=DATETIME", "--zone", "Asia/Tokyo")
		require.Equal(t, 0, got.code, got.stderr)
		assert.Equal(t, " warmup 0/, 1 whole 1/, 1 whole 1/, 4 whole 2/", reasons(t, got.stdout, "points_avg_1d"))
	})
	for says, args := range map[string][]string{
		`wrong.yaml:2:7: zone: "New York" is no time zone: write one such as UTC or America/New_York`: {"--spec", "wrong.yaml"},
		`"Local" is no time zone`: {"--zone", "Local"},
	} {
		got := run(t, write(t, files), windowArgs(args...)...)
		assert.Equal(t, 2, got.code)
		assert.Contains(t, got.stderr, says)
	}
}

// A DATETIME is of no zone, and so are its keys in messages.
func TestWindowPrintsDatetimesWithoutAZone(t *testing.T) {
	dir := write(t, map[string]string{
		"games.csv": "player,game_date,points\nann,2026-01-01 19:30:00,4\nann,2026-01-03 19:30:00,6\nann,2026-01-04 19:30:00,6\n",
		"sheet.csv": "player,game_date\nann,2026-01-01 19:30:00\nann,2026-01-02 19:30:00\nann,2026-01-03 19:30:00\n",
	})
	for typ, zone := range map[string]string{"DATETIME": "", "TIMESTAMP": "+00"} {
		got := run(t, dir, windowArgs("--expected", "sheet.csv", "--type", "game_date="+typ, "--last", "2")...)
		require.Equal(t, 0, got.code, got.stderr)
		assert.Contains(t, got.stderr, "gap: ann as of 2026-01-03 19:30:00"+zone+" (games.csv:3): 2026-01-02 19:30:00"+zone+" expected")
	}
	got := run(t, dir, windowArgs("--expected", "sheet.csv", "--type", "game_date=DATETIME", "--last", "1")...)
	assert.Contains(t, got.stdout, "ann,2026-01-04 19:30:00,6,6,whole,1,1")
}
