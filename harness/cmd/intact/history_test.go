package main_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
)

// kept is a suite whose bound is loose: half of a day's usage may be missing.
const kept = `suite: games
table: d.games
source: games.csv
checks:
  - complete: usage
    by: season
    at_least: 50%
`

// figures looks at what the suite above came to. A share that is within its bound can
// have fallen all the same.
const figures = `suite: figures
table: d.history
source: history.ndjson
date: run_at
from: today
to: today
checks:
  - against:
      measure: {mean: observed}
      baseline: {from: today-7d, to: yesterday}
      least: 3
      change: ±10%
    where: record = 'finding' AND check_id = 'complete:usage by season'
    by: segment
`

// put writes a file into a folder.
func put(t *testing.T, dir, name, text string) {
	t.Helper()
	require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
}

// day is ten rows of a season, of which so many have usage.
func day(populated int) string {
	text := "season,player,usage\n"
	for i := range 10 {
		usage := ""
		if i < populated {
			usage = "0.5"
		}
		text += fmt.Sprintf("2025-26,p%d,%s\n", i, usage)
	}
	return text
}

// seven days are kept: 10 of 10 rows had usage, on the last one 7.
func keepDays(t *testing.T, dir, into string, args ...string) {
	t.Helper()
	put(t, dir, "games.yaml", kept)
	for d := 1; d <= 7; d++ {
		put(t, dir, "games.csv", day(map[bool]int{true: 7, false: 10}[d == 7]))
		got := run(t, dir, append([]string{"check", "games.yaml", "--history", into, "--now", fmt.Sprintf("2026-01-0%d", d), "--run-id", fmt.Sprintf("day-%d", d)}, args...)...)
		require.Equal(t, 0, got.code, "%s%s", got.stdout, got.stderr)
	}
}

// The history is a table like any other: a suite reads it.
func TestASuiteFindsAShareThatFellWithinItsBound(t *testing.T) {
	dir := t.TempDir()
	keepDays(t, dir, "history.ndjson")
	doc, err := os.ReadFile(filepath.Join(root, "harness", "history", "doc.go"))
	require.NoError(t, err)
	require.Contains(t, strings.ReplaceAll(string(doc), "//\t", ""), figures, "as the package shows it")
	put(t, dir, "figures.yaml", figures)
	got := run(t, dir, "check", "figures.yaml", "--now", "2026-01-07T12:00:00Z")
	assert.Equal(t, 1, got.code, "%s%s", got.stdout, got.stderr)
	assert.Contains(t, got.stdout, "mean of observed: 0.7 on 2026-01-07, against 1 on 2025-12-31 to 2026-01-06, not change ±10%")
	got = run(t, dir, "check", "figures.yaml", "--now", "2026-01-06T12:00:00Z")
	assert.Equal(t, 0, got.code, "%s%s", got.stdout, got.stderr)
}

func TestHistoryShowsAFigureOverTime(t *testing.T) {
	dir := t.TempDir()
	keepDays(t, dir, "history.ndjson")
	got := run(t, dir, "history", "games", "complete:usage by season", "--history", "history.ndjson")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "season=2025-26 │ ██████▁ │ 7 of 10 │ pass    │    7")
	assert.Contains(t, got.stdout, "2026-01-07 00:00Z day-7: pass by rows")
	assert.Contains(t, got.stdout, "no verdict changed")

	put(t, dir, "games.csv", day(4))
	require.Equal(t, 1, run(t, dir, "check", "games.yaml", "--history", "history.ndjson", "--now", "2026-01-08").code)
	got = run(t, dir, "history", "complete:usage by season", "--history", "history.ndjson", "-n", "2", "-o", "json")
	require.Equal(t, 0, got.code, got.stderr)
	var shown struct {
		Series []struct {
			Segment string
			Runs    []struct{ Numerator, Denominator int64 }
		}
		Changes []struct{ From, To, Reason string }
	}
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &shown))
	require.Len(t, shown.Series, 1)
	require.Len(t, shown.Series[0].Runs, 2)
	assert.Equal(t, []int64{4, 10}, []int64{shown.Series[0].Runs[1].Numerator, shown.Series[0].Runs[1].Denominator})
	require.Len(t, shown.Changes, 1)
	assert.Equal(t, []string{"pass", "fail"}, []string{shown.Changes[0].From, shown.Changes[0].To})
}

// What cannot be kept blocks, unless the verdict is worse, and is told beside it.
func TestRunThatIsNotKept(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "games.yaml", kept)
	for _, c := range []struct{ populated, code int }{{10, 3}, {4, 1}} {
		put(t, dir, "games.csv", day(c.populated))
		got := run(t, dir, "check", "games.yaml", "--history", "no-folder/history.ndjson")
		assert.Equal(t, c.code, got.code)
		assert.Contains(t, got.stdout, fmt.Sprintf("%d of 10", c.populated), "the verdict is printed")
		assert.Contains(t, got.stderr, "the run could not be appended: history no-folder/history.ndjson: ")
	}
	for says, args := range map[string][]string{
		"--run-id names the run in a history": {"--run-id", "r"},
		"is 1 to 200 letters":                 {"--history", "h", "--run-id", "a b"},
		"--history bq: names no table":        {"--history", "bq:"},
	} {
		got := run(t, dir, append([]string{"check", "games.yaml"}, args...)...)
		assert.Equal(t, 2, got.code)
		assert.Contains(t, got.stderr, says)
	}
}

// Runs of one suite that looked at other things are told apart.
func TestVariablesAreKept(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "games.yaml", strings.NewReplacer("table:", "variables: {share: 50%}\ntable:", "50%", "${share}").Replace(kept))
	put(t, dir, "games.csv", day(4))
	assert.Equal(t, 1, run(t, dir, "check", "games.yaml", "--history", "h.ndjson", "--run-id", "a").code)
	assert.Equal(t, 0, run(t, dir, "check", "games.yaml", "--history", "h.ndjson", "--run-id", "b", "--var", "share=40%").code)
	got := run(t, dir, "history", "complete:usage by season", "--history", "h.ndjson")
	assert.Contains(t, got.stdout, `a: fail by rows with {"share":"50%"}`)
	assert.Contains(t, got.stdout, `b: pass by rows with {"share":"40%"}`)
}

// A gate and a watch keep their last look; a gate whose look is not kept stays closed.
func TestLooksAreKept(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "games.yaml", kept)
	put(t, dir, "games.csv", day(10))
	t.Setenv("INTACT_HISTORY", "history.ndjson")
	got := run(t, dir, "gate", "games.yaml", "--run-id", "gate", "--", "go", "version")
	assert.Equal(t, 0, got.code, got.stderr)
	got = run(t, dir, "watch", "games.yaml", "--run-id", "watch")
	assert.Equal(t, 0, got.code, got.stderr)
	put(t, dir, "games.csv", day(4))
	got = run(t, dir, "gate", "games.yaml", "--run-id", "closed", "--", "go", "version")
	assert.Equal(t, 1, got.code, got.stderr)
	got = run(t, dir, "history", "complete:usage by season")
	assert.Contains(t, got.stdout, "gate: pass by rows")
	assert.Contains(t, got.stdout, "watch: pass by rows")
	assert.Contains(t, got.stdout, "closed: fail by rows")

	t.Setenv("INTACT_HISTORY", "no-folder/history.ndjson")
	put(t, dir, "games.csv", day(10))
	got = run(t, dir, "gate", "games.yaml", "--", "go", "version")
	assert.Equal(t, 3, got.code)
	assert.Empty(t, got.stdout)
	assert.Contains(t, got.stderr, "the run could not be appended: history no-folder/history.ndjson: ")
	assert.Contains(t, got.stderr, "go was not started")
	assert.Equal(t, 3, run(t, dir, "watch", "games.yaml").code)
}

func TestHistoryThatHasNoSuchCheck(t *testing.T) {
	dir := t.TempDir()
	keepDays(t, dir, "history.ndjson")
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"complete:usage by seson", "--history", "history.ndjson"}, 2, "(did you mean \"complete:usage by season\"?): it has\n  'games' 'complete:usage by season'"},
		{[]string{"other", "complete:usage by season", "--history", "history.ndjson"}, 2, `of suite "other"`},
		{[]string{"rows", "--history", "none.ndjson"}, 3, "none.ndjson"},
		{[]string{"rows"}, 2, "add --history FILE"},
		{[]string{"rows", "--history", "empty.ndjson"}, 3, "has no run yet"},
	} {
		put(t, dir, "empty.ndjson", "")
		got := run(t, dir, append([]string{"history"}, c.args...)...)
		assert.Equal(t, c.code, got.code, got.stderr)
		assert.Contains(t, got.stderr, c.says)
	}
}

// A run that a process was killed in is told by its line, and those around it are shown.
func TestHistoryTellsOfATornLine(t *testing.T) {
	dir := t.TempDir()
	keepDays(t, dir, "history.ndjson")
	text, err := os.ReadFile(filepath.Join(dir, "history.ndjson"))
	require.NoError(t, err)
	lines := strings.Count(string(text), "\n")
	put(t, dir, "history.ndjson", string(text[:len(text)-9]))
	got := run(t, dir, "history", "complete:usage by season", "--history", "history.ndjson")
	assert.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stderr, fmt.Sprintf("history.ndjson: line %d is skipped: it is torn", lines))
	assert.Contains(t, got.stderr, "run day-7 has ")
	assert.Contains(t, got.stdout, "last of 6 runs")
	require.Equal(t, 0, run(t, dir, "check", "games.yaml", "--history", "history.ndjson", "--run-id", "day-7", "--now", "2026-01-07").code)
	got = run(t, dir, "history", "complete:usage by season", "--history", "history.ndjson")
	assert.Contains(t, got.stdout, "last of 7 runs", "it was kept again, for it was not whole")
}

func TestHistoryInATable(t *testing.T) {
	ds := emulator.NewDataset(t)
	t.Setenv(emulator.EnvEmulator, ds.Server().Endpoint())
	dir, table := t.TempDir(), "bq:"+ds.ID+".history"
	keepDays(t, dir, table, "--engine", "emulator")
	got := run(t, dir, "check", "games.yaml", "--history", table, "--engine", "emulator", "--run-id", "day-7")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stderr, "run day-7 is in "+table+" already")
	got = run(t, dir, "history", "games", "complete:usage by season", "--history", table, "--engine", "emulator")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "season=2025-26 │ ██████▁ │ 7 of 10 │ pass    │    7")
	assert.Contains(t, got.stdout, "day-7: pass by emulator")
	got = run(t, dir, "history", "complete:usge by season", "--history", table, "--engine", "emulator")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, `did you mean "complete:usage by season"?`)
	text := strings.NewReplacer("source: history.ndjson\n", "", "d.history", ds.ID+".history").Replace(figures)
	put(t, dir, "figures.yaml", text)
	got = run(t, dir, "check", "figures.yaml", "--engine", "emulator", "--now", "2026-01-07T12:00:00Z")
	assert.Equal(t, 1, got.code, "%s%s", got.stdout, got.stderr)
	assert.Contains(t, got.stdout, "mean of observed: 0.7 on 2026-01-07, against 1 on 2025-12-31 to 2026-01-06")
}

// What a table redacts is not in its history.
func TestHistoryHidesWhatIsRedacted(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "games.csv", "season,player,salary\n2025-26,Joan Doe,1234567\n2025-26,Joan Doe,7654321\n")
	put(t, dir, "games.yaml", `suite: games
table: d.games
source: games.csv
tables:
  d.games: {redact: [player, salary]}
checks:
  - unique: player
  - in: {player: [ann, bob]}
  - max: salary
    at_most: 1000
  - range: {salary: [0, 1000]}
  - top_share: player
    at_most: 10%
`)
	got := run(t, dir, "check", "games.yaml", "--history", "history.ndjson")
	require.Equal(t, 1, got.code, "%s%s", got.stdout, got.stderr)
	text, err := os.ReadFile(filepath.Join(dir, "history.ndjson"))
	require.NoError(t, err)
	for _, secret := range []string{"Joan", "1234567", "7654321"} {
		assert.NotContains(t, string(text), secret)
	}
	assert.Contains(t, string(text), `"redacted":true`, "the player of most rows was measured")
}
