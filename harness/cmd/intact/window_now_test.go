package main_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// What was waiting then can be looked at again: the clock is what --now says.
func TestWindowNow(t *testing.T) {
	dir := write(t, map[string]string{
		"games.csv":  gameHeader + game("ann", "2026-01-01", "4"),
		"sheet.csv":  "player,game_date,due,day\nann,2026-01-01,2026-01-02T06:00:00Z,2026-01-01\nann,2026-01-02,2026-01-03T06:00:00Z,2026-01-02\n",
		"points.csv": "player,game_date\nann,2026-01-03\n",
	})
	for _, c := range []struct{ due, now, zone, want string }{
		{"due", "2026-01-03T05:59:59Z", "", "waiting"},
		{"due", "2026-01-03T01:00:00-05:00", "", "gap"},
		{"due", "2026-01-03", "", "waiting"},
		{"due", "2026-01-04", "", "gap"},
		{"day", "2026-01-02T23:59:59Z", "", "waiting"},
		{"day", "2026-01-03", "", "gap"}, // the day has ended
		{"day", "2026-01-03T00:00:00Z", "America/New_York", "waiting"},
		{"day", "2026-01-03", "America/New_York", "gap"},
	} {
		args := windowArgs("--expected", "sheet.csv", "--points", "points.csv", "--expected-due", c.due, "--now", c.now)
		if c.zone != "" {
			args = append(args, "--zone", c.zone)
		}
		got := run(t, dir, args...)
		require.Equal(t, 0, got.code, got.stderr)
		assert.Contains(t, got.stdout, "ann,2026-01-03,,"+c.want+",0,1", "%v", c)
	}
}
