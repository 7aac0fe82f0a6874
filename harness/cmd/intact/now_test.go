package main_test

import (
	"strings"
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

// Suites are judged at the time that --now says.
func TestCheckNow(t *testing.T) {
	waived := strings.Replace(suite, "at_least: 95%", "waive: {owner: ann, reason: source is dead, until: 2020-01-01}", 1)
	dir := write(t, map[string]string{"suite.yaml": waived, "games.csv": whole + "2023-24,2023-10-25,bob,9,\n"})
	for _, c := range []struct {
		command, now string
		code         int
		says         string
	}{
		{"check", "2020-01-01", 0, "waived by ann until 2020-01-01"},
		{"check", "2020-01-01T18:59:59-05:00", 0, "waived by ann until 2020-01-01"},
		{"check", "2020-01-01T19:00:00-05:00", 1, "the waiver of ann expired on 2020-01-01"},
		{"check", "yesterday", 2, `invalid argument "yesterday" for "--now" flag: write a time such as`},
		{"check", "2020-02-30", 2, `invalid argument "2020-02-30" for "--now" flag`},
		{"plan", "2020-01-01", 0, "statement 1 of 2"},
		{"plan", "", 2, `invalid argument "" for "--now" flag`},
	} {
		got := run(t, dir, c.command, "--now", c.now, "suite.yaml")
		assert.Equal(t, c.code, got.code, "%v: %s", c, got.stderr)
		assert.Contains(t, got.stdout+got.stderr, c.says)
	}
}
