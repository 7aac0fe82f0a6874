package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const wholeGames = `
suite: games
table: d.games
checks:
  - rows: {at_least: 2}
    by: day
  - complete: points
`

func TestReady(t *testing.T) {
	for name, c := range map[string]struct {
		games, suite, table, date string
		code                      int
		says                      string
	}{
		"whole":              {"day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n", wholeGames, "d.form", "2026-01-02", exitPass, "pass d.games, all dates to 2026-01-01: last 2 before by who"},
		"not whole":          {"day,who,points\n2026-01-01,a,\n2026-01-01,b,2\n", wholeGames, "d.form", "2026-01-02", exitFail, "fail d.games, all dates to 2026-01-01"},
		"whole on the days":  {"day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n2026-01-02,a,\n", wholeGames, "d.form", "2026-01-02", exitPass, "pass d.games"},
		"nothing there":      {"day,who,points\n2026-01-01,a,1\n", wholeGames, "d.form", "2026-01-01", exitUnknown, "unknown d.games, all dates to 2025-12-31"},
		"a table without":    {"day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n", wholeGames, "d.store", "2026-01-01", exitUnknown, "unknown d.form, 2026-01-01: no suite says whether it is whole"},
		"worse than unknown": {"day,who,points\n2026-01-01,a,1\n", wholeGames, "d.store", "2026-01-01", exitFail, "fail d.games, all dates to 2026-01-01: same date by who; d.form is made from it, last 2 before by who"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, map[string]string{"tables.yaml": chain, "games.csv": c.games, "games_suite.yaml": c.suite})
			code, stdout, stderr := cliOn(t, "ready", c.table, "--date", c.date, "--tables", filepath.Join(dir, "tables.yaml"))
			require.Equal(t, c.code, code, stdout+stderr)
			require.Contains(t, stdout, c.says)
			code, stdout, _ = cliOn(t, "ready", c.table, "--date", c.date, "--tables", filepath.Join(dir, "tables.yaml"), "-o", "json")
			require.Equal(t, c.code, code)
			require.True(t, json.Valid([]byte(stdout)))
		})
	}
}

// What a table is made from is only as whole as what that is made from.
func TestReadyLooksAllTheWayUp(t *testing.T) {
	const tables = `
d.raw: {date: day, key: [day, who], source: raw.csv%s}
d.games: {date: day, key: [day, who], source: games.csv, suites: games_suite.yaml, from: d.raw}
d.store: {date: day, key: [day, who], source: games.csv, from: d.games}
`
	files := map[string]string{
		"games.csv": "day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n", "games_suite.yaml": wholeGames,
		"raw.csv": "day,who,points\n2026-01-01,a,\n", "raw_suite.yaml": "suite: raw\ntable: d.raw\nchecks:\n  - complete: points\n",
	}
	for suites, want := range map[string]struct {
		code int
		says string
	}{
		"":                         {exitUnknown, "unknown d.raw, 2026-01-01: no suite"},
		", suites: raw_suite.yaml": {exitFail, "fail d.raw, 2026-01-01: d.games is made from it, same date by who"},
	} {
		files["tables.yaml"] = fmt.Sprintf(tables, suites)
		dir := folder(t, files)
		code, stdout, stderr := cliOn(t, "ready", "d.store", "--date", "2026-01-01", "--tables", filepath.Join(dir, "tables.yaml"))
		require.Equal(t, want.code, code, stdout+stderr)
		require.Contains(t, stdout, "pass d.games, 2026-01-01: same date by who")
		require.Contains(t, stdout, want.says)
	}
}

// What passes of an empty table says nothing of it.
func TestReadyHasToHaveSeenRows(t *testing.T) {
	for checks, want := range map[string]int{
		"rows: {at_most: 100}":                      exitUnknown,
		"distinct: who\n    at_most: 100":           exitUnknown,
		"rows: {at_most: 0}\n    where: points < 0": exitPass,
	} {
		games := "day,who,points\n2026-01-01,a,1\n"
		if want == exitUnknown {
			games = "day,who,points\n2025-01-01,a,1\n" // none of the day
		}
		dir := folder(t, map[string]string{
			"tables.yaml": "d.games: {date: day, key: [day, who], source: games.csv, suites: s.yaml}\nd.store: {date: day, key: [day, who], from: d.games}\n",
			"games.csv":   games,
			"s.yaml":      "suite: s\ntable: d.games\nchecks:\n  - " + checks + "\n",
		})
		code, stdout, stderr := cliOn(t, "ready", "d.store", "--date", "2026-01-01", "--tables", filepath.Join(dir, "tables.yaml"))
		require.Equal(t, want, code, checks+stdout+stderr)
		if want == exitUnknown {
			require.Contains(t, stdout, "unknown d.games, 2026-01-01: its suites have seen no row")
			require.Contains(t, stdout, "NOT READY: d.store of 2026-01-01 (d.games: unknown)\n")
			continue
		}
		require.Contains(t, stdout, "READY: d.store of 2026-01-01 can be built.\n")
	}
}

// A calendar tells an empty day on which nothing was due from one on which something was.
func TestReadyOnADayWithoutGames(t *testing.T) {
	dir := folder(t, map[string]string{
		"tables.yaml": "d.games: {date: day, key: [day, who], source: games.csv, suites: s.yaml}\nd.sched: {date: day, key: [day, who], source: sched.csv}\nd.store: {date: day, key: [day, who], from: d.games}\n",
		"games.csv":   "day,who\n2026-01-01,a\n",
		"sched.csv":   "day,who\n2026-01-01,a\n2026-01-03,a\n",
		"s.yaml":      "suite: s\ntable: d.games\ndate: day\ncalendar: {table: d.sched}\nchecks:\n  - rows: {at_most: 9}\n",
	})
	for date, want := range map[string]int{"2026-01-01": exitPass, "2026-01-02": exitPass, "2026-01-03": exitUnknown} {
		code, stdout, stderr := cliOn(t, "ready", "d.store", "--date", date, "--tables", filepath.Join(dir, "tables.yaml"))
		require.Equal(t, want, code, date+stdout+stderr)
	}
}

func TestReadyRefusesSuitesOnAnotherTable(t *testing.T) {
	dir := folder(t, map[string]string{"tables.yaml": chain, "games.csv": "day,who,points\n2026-01-01,a,1\n", "games_suite.yaml": strings.Replace(wholeGames, "d.games", "d.gams", 1)})
	code, _, stderr := cliOn(t, "ready", "d.form", "--date", "2026-01-02", "--tables", filepath.Join(dir, "tables.yaml"))
	require.Equal(t, exitUsage, code, stderr)
	require.Contains(t, stderr, "games_suite.yaml is on d.games: each says its table itself")
}

// What is not due yet is waited for.
func TestReadyWaits(t *testing.T) {
	dir := folder(t, map[string]string{
		"tables.yaml":      chain,
		"games.csv":        "day,who,points\n2026-01-01,a,1\n",
		"due.csv":          "day,who,ready\n2026-01-01,a,2026-01-02 00:00:00\n2026-01-01,b,2026-01-09 00:00:00\n",
		"games_suite.yaml": "suite: games\ntable: d.games\nchecks:\n  - cover: [day, who]\n    of: {source: due.csv, due: ready}\n",
	})
	code, stdout, stderr := cliOn(t, "ready", "d.form", "--date", "2026-01-02", "--tables", filepath.Join(dir, "tables.yaml"))
	require.Equal(t, exitWaiting, code, stdout+stderr)
	require.Contains(t, stdout, "waiting d.games, all dates to 2026-01-01")
}
