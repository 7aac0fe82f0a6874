package main_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
)

// folder holds a suite and its rows.
func folder(t *testing.T, suite, rows string) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "suite.yaml"), []byte(suite), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "games.csv"), []byte(rows), 0o600))
	return dir
}

var stamp = regexp.MustCompile(`(?m)^  "(at|engine)": .*\n`)

// reported is the JSON report of a check, to the byte but for when it was made and by
// which engine.
func reported(t *testing.T, dir, engine string) outcome {
	t.Helper()
	out := run(t, dir, "check", "suite.yaml", "-o", "json", "--engine", engine, "--rows-at-fault", "3")
	out.stdout = stamp.ReplaceAllString(out.stdout, "")
	out.stdout = standing.ReplaceAllString(out.stdout, "")
	return out
}

// standing is where a row stands, which SQL does not know.
var standing = regexp.MustCompile(`"(file|line)": .*`)

// The same suite on the same rows gives the same report, whether the rows are counted
// in memory or by SQL.
func TestEnginesAgree(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	dir := folder(t, suite, whole+`2023-24,2023-10-25,bob,9,
2023-24,2023-10-25,bob,9,7.5
,2023-10-26,,3,1.5
2023-24,,cid,3,1.5
`)
	inMemory := reported(t, dir, "rows")
	bySQL := reported(t, dir, "emulator")
	assert.Equal(t, 1, inMemory.code, inMemory.stderr)
	assert.Equal(t, 1, bySQL.code, bySQL.stderr)
	if diff := cmp.Diff(inMemory.stdout, bySQL.stdout); diff != "" {
		t.Errorf("the emulator reports otherwise (-rows +emulator):\n%s", diff)
	}
	again := reported(t, dir, "emulator")
	assert.Equal(t, bySQL, again, "the first run left something behind")
}

// The emulator stores NaN as NULL: what it would count are not the rows given.
func TestRowsThatTheEmulatorCannotHoldAreUnknown(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	got := run(t, folder(t, suite, whole+"2023-24,2023-10-26,cid,5,NaN\n"), "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code)
	assert.Contains(t, got.stdout, `row 5, column "usage": it is NaN, which the emulator stores as NULL: use --engine rows`)
}

// Columns that no check reads need not be anything that the emulator can hold.
func TestColumnsThatNobodyReadsAreNotLoaded(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, emulator.Require(t).Endpoint())
	const odd = "suite: s\ntable: d.t\nsource: games.csv\nchecks: [complete: a, rows: {at_least: 2}]\n"
	for _, header := range []string{",a,b", "x,a,X", "`,a,b"} {
		dir := write(t, map[string]string{"suite.yaml": odd, "games.csv": header + "\n0,1,NaN\n1,3,n/a\n"})
		got := run(t, dir, "check", "suite.yaml", "--engine", "emulator")
		assert.Equal(t, 0, got.code, header+got.stdout+got.stderr)
	}
	dir := write(t, map[string]string{"suite.yaml": strings.Replace(odd, "complete: a", "complete: b", 1), "games.csv": "a,b\n1,2\n1,n/a\n"})
	got := run(t, dir, "check", "suite.yaml", "--engine", "emulator")
	assert.Equal(t, 3, got.code, got.stdout)
	assert.Contains(t, got.stdout, `games.csv:3: column "b": "n/a" stands for no value`)
}

func TestWithoutEmulatorOneLineSaysHowToGetIt(t *testing.T) {
	t.Setenv(emulator.EnvEmulator, "")
	t.Setenv("PATH", t.TempDir())
	for _, command := range []string{"check", "watch"} { // which does not wait for one
		got := run(t, folder(t, suite, whole), command, "suite.yaml", "--engine", "emulator")
		assert.Equal(t, 3, got.code)
		assert.Empty(t, got.stdout)
		assert.Contains(t, got.stderr, "build it once")
		assert.Equal(t, 1, strings.Count(got.stderr, "\n"), got.stderr)
	}
}

func TestPlanShowsStatements(t *testing.T) {
	got := run(t, folder(t, suite, whole), "plan", "suite.yaml", "--project", "my-project", "--engine", "rows")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "statement 1 of 2: fold on d.games for games\n")
	assert.Contains(t, got.stdout, "reads    4 columns: season, game_date, minutes, usage\n")
	assert.Contains(t, got.stdout, "statement 2 of 2: keyed on d.games for games\n")
	assert.Contains(t, got.stdout, "reads    2 columns: game_date, player\n")
}

func TestPlanOfAMissingColumn(t *testing.T) {
	text := strings.Replace(suite, "complete: usage", "complete: usag", 1)
	got := run(t, folder(t, text, whole), "plan", "suite.yaml")
	assert.Equal(t, 3, got.code, got.stderr)
	assert.Contains(t, got.stdout, `cannot be measured: games, complete:usag by season: there is no column "usag" (did you mean "usage"?)`)
}
