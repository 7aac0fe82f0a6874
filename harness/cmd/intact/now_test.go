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

// The days of suites can be told by the clock, in the suite and on the command line.
func TestDaysByTheClock(t *testing.T) {
	days := func(s string) string { return strings.Replace(suite, "date: game_date\n", "date: game_date\n"+s, 1) }
	dir := write(t, map[string]string{
		"plain.yaml": days(""), "relative.yaml": days("from: today-1d\nto: today\n"), "zone.yaml": days("from: yesterday\nzone: America/New_York\n"),
		"undated.yaml": strings.Replace(suite, "date: game_date\n", "", 1), "games.csv": whole,
	})
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"check --now 2023-10-25 relative.yaml", 3, "game_date from 2023-10-24 to 2023-10-25"},
		{"check --now 2023-10-25T03:00:00Z zone.yaml", 3, "game_date from 2023-10-23"}, // it is still the 24th there, and yesterday the 23rd
		{"check --now 2023-10-25 --date 2022-10-18 relative.yaml", 3, "game_date from 2022-10-18 to 2022-10-18"},
		{"check --now 2023-10-25 --from yesterday plain.yaml", 3, "game_date from 2023-10-24"},
		{"check --now 2023-10-25 --to today-300d relative.yaml", 2, "to is 299 days before from"},
		{"check --now 2023-10-25 --from 2023-10-24 --to today-300d plain.yaml", 2, "to 2022-12-29 is before from 2023-10-24"},
		{"check --from 2022-01-01 plain.yaml", 0, "game_date from 2022-01-01"},
		{"check --from today undated.yaml", 2, "from and to need date, the table's date column"},
		{"check --from soon plain.yaml", 2, `"soon" is no day: write a date such as 2021-10-01, or today, yesterday or today-14d`},
		{"check --date today --to today plain.yaml", 2, "--date is the first day and the last: leave out --from and --to"},
		{"plan --date 2022-10-18 plain.yaml", 0, "2022-10-18"},
		{"gate --date 2022-10-18 plain.yaml -- echo ran", 3, "segment"},
	} {
		got := run(t, dir, strings.Fields(c.args)...)
		assert.Equal(t, c.code, got.code, "%v: %s", c, got.stderr)
		assert.Contains(t, got.stdout+got.stderr, c.says)
	}
}
