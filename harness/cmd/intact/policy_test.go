package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// policySuite is on one game of the 5th, which is lost, between one of the 4th and a
// break; the clock is 18:00 in New York on the 6th, when the 5th is due.
const policySuite = `suite: games
table: d.games
date: game_date
source: games.csv
calendar:
  source: schedule.csv
  date: day
  where: league = 'NBA'
  due: 06:00 America/New_York + 36h
`

const (
	policyGames    = "game_date,points\n2026-01-04,100\n2026-01-04,90\n2026-01-08,\n"
	policySchedule = "day,league\n2026-01-04,NBA\n2026-01-05,NBA\n2026-01-05,NBA\n2026-01-08,NBA\n2026-01-20,other\n"
)

func TestWhatIsDueByExitCode(t *testing.T) {
	const (
		beforeDue = "2026-01-06T22:59:59Z"
		onceDue   = "2026-01-06T23:00:00Z"
		complete  = "checks:\n  - complete: points\n"
	)
	for name, c := range map[string]struct {
		checks string
		args   []string
		code   int
		says   string
	}{
		"a day that is not due": {
			complete, []string{"--date", "2026-01-05", "--now", beforeDue}, 4,
			"WAITING: 1 of 1 check blocks",
		},
		"when it is due": {
			complete, []string{"--date", "2026-01-05", "--now", beforeDue}, 4,
			"due 2026-01-06 18:00 EST: nothing to judge: there is no row in scope",
		},
		"once it is": {
			complete, []string{"--date", "2026-01-05", "--now", onceDue}, 3,
			"there is no row in scope; 2 rows were due",
		},
		"rows once they are": {
			"checks:\n  - rows: {at_least: 1}\n", []string{"--date", "2026-01-05", "--now", onceDue}, 1, "0 rows, not at_least 1",
		},
		"a share of what was due": {
			"checks:\n  - rows: {at_least: 50% of due}\n", []string{"--from", "2026-01-04", "--to", "2026-01-05", "--now", onceDue}, 0, "2 of 3",
		},
		"a greater one": {
			"checks:\n  - rows: {at_least: 67% of due}\n", []string{"--from", "2026-01-04", "--to", "2026-01-05", "--now", onceDue}, 1,
			"2 of 3 rows that were due (66.7%), not at_least 67% of due: 1 row short",
		},
		"a break": {
			complete, []string{"--date", "2026-01-06", "--now", "2026-01-12T00:00:00Z"}, 0, "none of 1 check blocks",
		},
		"after the last game of the league": {
			complete, []string{"--date", "2026-01-09", "--now", "2026-01-12T00:00:00Z"}, 3,
			"knows of 2026-01-04 to 2026-01-08, and not of 2026-01-09",
		},
		"waiting is not as bad as a failure": {
			"checks:\n  - complete: points\n  - rows: {at_least: 9}\n", []string{"--from", "2026-01-04", "--to", "2026-01-08", "--now", onceDue}, 1, "2 rows, not at_least 9",
		},
		"early rows that are not whole wait": {
			complete, []string{"--from", "2026-01-04", "--to", "2026-01-08", "--now", onceDue}, 4,
			"due 2026-01-09 18:00 EST: 2 of 3 rows (66.7%), not at_least 100%: 1 row short",
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := policyFiles(t, policySuite+c.checks)
			got := run(t, dir, append([]string{"check", "suite.yaml"}, c.args...)...)
			assert.Equal(t, c.code, got.code, got.stdout+got.stderr)
			assert.Contains(t, got.stdout, c.says, got.stderr)
		})
	}
}

func policyFiles(t *testing.T, suite string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{"suite.yaml": suite, "games.csv": policyGames, "schedule.csv": policySchedule} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestWaiversByExitCode(t *testing.T) {
	const suite = "suite: games\ntable: d.games\nsource: games.csv\nchecks:\n  - complete: points\n"
	waive := func(more string) string {
		return suite + "    waive: {owner: ana, reason: the box score is lost, until: 2026-01-31" + more + "}\n"
	}
	for name, c := range map[string]struct {
		suite string
		args  []string
		code  int
		says  []string
	}{
		"waived":      {waive(""), nil, 0, []string{"WAIVED: none of 1 check blocks, 1 is waived.", "waived by ana until 2026-01-31, the box score is lost: 2 of 3 rows"}},
		"expired":     {waive(""), []string{"--now", "2026-02-01"}, 1, []string{"(the waiver of ana expired on 2026-01-31)", "1 waiver has expired"}},
		"below floor": {waive(", down_to: 67%"), nil, 1, []string{"below the waiver's floor of 67%"}},
		"idle":        {strings.Replace(waive(""), "points", "game_date", 1), nil, 0, []string{"PASS: none of 1 check blocks, 1 waiver meets nothing.", "note: the waiver of ana until 2026-01-31 meets nothing: take it out"}},
		"a warning":   {suite + "    severity: warn\n", nil, 0, []string{"WARN: none of 1 check blocks, 1 warns."}},
		"strict":      {suite + "    severity: warn\n", []string{"--strict"}, 1, []string{"1 of 1 check blocks"}},
		"the same claim twice": {
			suite + "  - id: again\n    complete: [points]\n    severity: warn\n", nil, 1,
			[]string{"warning: again claims what complete:points does: one of them is enough"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := run(t, policyFiles(t, c.suite), append([]string{"check", "suite.yaml", "--now", "2026-01-31"}, c.args...)...)
			assert.Equal(t, c.code, got.code, got.stdout+got.stderr)
			for _, says := range c.says {
				assert.Contains(t, got.stdout, says)
			}
		})
	}
}

// What no data can pass, or none can fail, is a mistake that is told where it stands.
func TestClaimsThatNoDataCanPassOrFail(t *testing.T) {
	const head = "suite: games\ntable: d.games\nsource: games.csv\n"
	for checks, says := range map[string]string{
		"checks:\n  - {complete: points, at_least: 0%}\n":                                    "at_least 0% holds for every table",
		"checks:\n  - {complete: points, at_most: 100%}\n":                                   "at_most 100% holds for every table",
		"checks:\n  - {complete: points, more_than: 100%}\n":                                 "more_than 100% holds for no table",
		"checks:\n  - {complete: points, at_least: 90%, less_than: 90%}\n":                   "at_least 90% and less_than 90%: nothing lies between them",
		"checks:\n  - rows: {at_least: 0}\n":                                                 "at_least 0 holds for every table",
		"checks:\n  - rows: {at_least: 10, at_most: 9}\n":                                    "at_least 10 and at_most 9: nothing lies between them",
		"checks:\n  - rows: {more_than: 5, less_than: 6}\n":                                  "more_than 5 and less_than 6: nothing lies between them",
		"checks:\n  - rows: {at_least: 90% of due}\n":                                        "a bound of what was due needs the suite's calendar",
		"checks:\n  - {range: {points: [50, 0]}}\n":                                          "no value lies between 50 and 0",
		"checks:\n  - {complete: points, where: 1 = 2}\n":                                    "1 = 2 is TRUE for no row",
		"checks:\n  - {complete: points, where: points > 5 AND points < 3}\n":                "is TRUE for no row",
		"checks:\n  - {complete: points, where: points = NULL}\n":                            "is TRUE for no row",
		"where: 1 = 1\nchecks:\n  - complete: points\n":                                      "1 = 1 is TRUE for every row: leave it out",
		"date: game_date\nfrom: 2026-02-01\nto: 2026-01-01\nchecks:\n  - complete: points\n": "to 2026-01-01 is before from 2026-02-01",
	} {
		t.Run(says, func(t *testing.T) {
			got := run(t, policyFiles(t, head+checks), "check", "suite.yaml")
			assert.Equal(t, 2, got.code, got.stdout)
			assert.Regexp(t, `suite suite\.yaml:\d+:\d+: `, got.stderr)
			assert.Contains(t, got.stderr, says)
		})
	}
}

// A calendar that is the table under test, by another name, says nothing.
func TestACalendarIsKeptApart(t *testing.T) {
	suite := "suite: games\ntable: d.games\ndate: game_date\nsource: games.csv\ncalendar: {source: link.csv}\nchecks:\n  - complete: game_date\n"
	dir := policyFiles(t, suite)
	require.NoError(t, os.Symlink("games.csv", filepath.Join(dir, "link.csv")))
	got := run(t, dir, "check", "suite.yaml")
	assert.Equal(t, 3, got.code, got.stdout)
	assert.Contains(t, got.stdout, "they are the same rows: an oracle is kept apart from the table that it judges")
}

func TestOnlySomeChecks(t *testing.T) {
	const suite = `suite: games
table: d.games
source: games.csv
checks:
  - complete: points
    tags: [slow]
  - complete: game_date
    id: dated
  - complete: points
    where: game_date IS NOT NULL
    tags: [slow, nightly]
`
	for name, c := range map[string]struct {
		only []string
		code int
		says string
	}{
		"an id":             {[]string{"dated"}, 0, "PASS: none of 1 check blocks."},
		"a tag":             {[]string{"slow"}, 1, "FAIL: 2 of 2 checks block"},
		"an id and a tag":   {[]string{"dated", "nightly"}, 1, "FAIL: 1 of 2 checks blocks"},
		"the id of a suite": {[]string{"complete:points"}, 1, "FAIL: 1 of 1 check blocks"},
		"its second":        {[]string{"complete:points #2"}, 1, "FAIL: 1 of 1 check blocks"},
		"nothing":           {[]string{"dated", "hourly"}, 2, `--only "hourly" is the id or a tag of no check`},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"check", "suite.yaml"}
			for _, o := range c.only {
				args = append(args, "--only", o)
			}
			got := run(t, policyFiles(t, suite), args...)
			assert.Equal(t, c.code, got.code, got.stdout+got.stderr)
			assert.Contains(t, got.stdout+got.stderr, c.says)
		})
	}
}

func TestLabelsAreForBigQuery(t *testing.T) {
	dir := policyFiles(t, policySuite+"checks:\n  - complete: points\n")
	got := run(t, dir, "check", "suite.yaml", "--label", "team=data")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "--location, --max-bytes, --label and --no-snapshot are for BigQuery")
	got = run(t, dir, "check", "suite.yaml", "--label", "Team=data", "--project", "p")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, `--label "Team" is no name of a label`)
}

// What a report prints of waivers, programs read as well.
func TestWaiversInJSON(t *testing.T) {
	const suite = "suite: games\ntable: d.games\nsource: games.csv\nchecks:\n  - complete: points\n    waive: {owner: ana, reason: lost, until: 2026-01-31}\n  - complete: points\n    id: again\n"
	got := run(t, policyFiles(t, suite), "check", "suite.yaml", "-o", "json", "--now", "2026-01-31")
	var report struct {
		Suites []struct {
			Warnings []string
			Checks   []struct{ Waiver map[string]any }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &report), got.stderr)
	require.Equal(t, []string{"again claims what complete:points does: one of them is enough"}, report.Suites[0].Warnings)
	require.Equal(t, map[string]any{
		"owner": "ana", "reason": "lost", "until": "2026-01-31", "expired": false, "waives": 1.0, "meets_nothing": false, "unmet": []any{},
	}, report.Suites[0].Checks[0].Waiver)
	require.Nil(t, report.Suites[0].Checks[1].Waiver)
}
