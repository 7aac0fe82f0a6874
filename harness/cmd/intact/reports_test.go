//go:build unix

package main_test

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/creack/pty"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/joshdk/go-junit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// aHole is rows on which the suite fails.
const aHole = whole + "2023-24,2023-10-25,nobody,9,\n"

// TestOneRunIsReportedInSeveralForms: what CI reads and what a pull request shows are of
// one run, and say the same.
func TestOneRunIsReportedInSeveralForms(t *testing.T) {
	dir := folder(t, suite, aHole)
	got := run(t, dir, "check", "suite.yaml", "-o", "junit", "--report", "out.md", "--report", "out.json")
	assert.Equal(t, 1, got.code, got.stderr)
	suites, err := junit.Ingest([]byte(got.stdout))
	require.NoError(t, err)
	require.Len(t, suites, 1)
	assert.Equal(t, [3]int{2, 1, 1}, [3]int{suites[0].Totals.Tests, suites[0].Totals.Passed, suites[0].Totals.Failed})
	failure := suites[0].Tests[0].Error.Error()
	assert.Contains(t, failure, "season=2023-24: 1 of 2 rows where minutes > 0 (50.0%), not at_least 95%")
	markdown, err := os.ReadFile(filepath.Join(dir, "out.md"))
	require.NoError(t, err)
	assert.Contains(t, string(markdown), "### Intact: FAIL: 1 of 2 checks blocks")
	written, err := os.ReadFile(filepath.Join(dir, "out.json"))
	require.NoError(t, err)
	assert.True(t, json.Valid(written))
}

func TestRedactedValuesAreInNoForm(t *testing.T) {
	hidden := strings.Replace(suite, "source:", "tables: {d.games: {redact: [player]}}\nsource:", 1)
	dir := folder(t, hidden, aHole)
	for _, form := range []string{"table", "json", "junit", "markdown"} {
		got := run(t, dir, "check", "suite.yaml", "-o", form)
		assert.Equal(t, 1, got.code, "%s: %s", form, got.stderr)
		assert.NotContains(t, got.stdout, "nobody", form)
	}
}

// A report that nobody can read is no verdict, whatever the verdict was.
func TestReportsThatCannotBeWritten(t *testing.T) {
	dir := folder(t, suite, whole)
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no /dev/full")
	}
	defer full.Close()
	for _, form := range []string{"table", "json", "junit", "markdown"} {
		var said strings.Builder
		cmd := exec.CommandContext(t.Context(), intact, "check", "suite.yaml", "-o", form)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, full, &said
		_ = cmd.Run()
		assert.Equal(t, 3, cmd.ProcessState.ExitCode(), form)
		assert.Equal(t, "intact: the report could not be written: write /dev/stdout: no space left on device\n", said.String(), form)
	}
	for path, want := range map[string]struct {
		code int
		says string
	}{
		"nowhere/out.xml":    {3, "--report nowhere/out.xml cannot be written: no such file or directory"},
		"games.csv/out.xml":  {3, "--report games.csv/out.xml cannot be written: not a directory"},
		"/proc/self/out.xml": {3, "--report /proc/self/out.xml cannot be written"},
		"/dev/null":          {2, "--report /dev/null: its name says no form"},
		"out":                {2, "--report out: its name says no form: it ends with .xml for junit, .md for markdown, .json or .txt"},
	} {
		for _, command := range [][]string{{"check", "suite.yaml"}, {"gate", "suite.yaml"}} {
			args := append(command, "--report", path)
			if command[0] == "gate" {
				args = append(args, "--", "echo", "started")
			}
			got := run(t, dir, args...)
			assert.Equal(t, want.code, got.code, "%s %s", command[0], path)
			assert.Contains(t, got.stderr, want.says, command[0])
			assert.NotContains(t, got.stdout, "started")
		}
	}
}

func TestAGateReportsItsLastLook(t *testing.T) {
	dir := folder(t, suite, whole)
	got := run(t, dir, "gate", "suite.yaml", "--report", "out.xml", "--", "echo", "started")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Equal(t, "started\n", got.stdout)
	suites, err := junit.IngestFile(filepath.Join(dir, "out.xml"))
	require.NoError(t, err)
	assert.Equal(t, 2, suites[0].Totals.Passed)
}

// Who has read enough goes away, and hears nothing of it.
func TestAReaderMayGoAway(t *testing.T) {
	dir := folder(t, suite, whole)
	r, w, err := os.Pipe()
	require.NoError(t, err)
	r.Close()
	var said strings.Builder
	cmd := exec.CommandContext(t.Context(), intact, "check", "suite.yaml")
	cmd.Dir, cmd.Stdout, cmd.Stderr = dir, w, &said
	_ = cmd.Run()
	w.Close()
	assert.Equal(t, 3, cmd.ProcessState.ExitCode())
	assert.Empty(t, said.String())
}

func TestANarrowTerminal(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), intact, "check", "suite.yaml")
	cmd.Dir = folder(t, suite, aHole)
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 20, Cols: 40})
	require.NoError(t, err)
	shown, _ := io.ReadAll(terminal) // Linux ends it with an error
	_ = cmd.Wait()
	assert.Equal(t, 1, cmd.ProcessState.ExitCode())
	assert.Contains(t, string(shown), "FAIL")
	for line := range strings.SplitSeq(strings.ReplaceAll(string(shown), "\r", ""), "\n") {
		if len(strings.Fields(line)) > 1 {
			assert.LessOrEqual(t, text.StringWidthWithoutEscSequences(line), 40, line)
		}
	}
}

// A table is read once, whatever the number of files that speak of it.
func TestManySuitesAreOneRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	write("games.csv", whole)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "suites"), 0o700))
	const files = 500
	for i := range files {
		write(fmt.Sprintf("suites/s%03d.yaml", i), fmt.Sprintf("suite: s%03d\ntable: d.games\nsource: ../games.csv\nchecks:\n- rows: {at_least: 4}\n- complete: player\n  at_least: 95%%\n", i))
	}
	write("suites/tables.yaml", "d.games: {key: [game_date, player]}\n")
	var report struct {
		Queries int   `json:"queries"`
		Suites  []any `json:"suites"`
	}
	for _, of := range []string{"suites", "suites/**/s*.yaml"} {
		got := run(t, dir, "check", of, "-o", "json")
		require.Equal(t, 0, got.code, got.stderr)
		require.NoError(t, json.Unmarshal([]byte(got.stdout), &report))
		assert.Equal(t, 1, report.Queries)
		assert.Len(t, report.Suites, files)
	}
	write("suites/s250.yaml", "suite: s250\ntable: d.games\ncheks: []\n")
	write("suites/notes.yaml", "title: x\n")
	got := run(t, dir, "check", "suites")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, `suites/s250.yaml:3:1: unknown key "cheks" (did you mean "checks"?)`)
	assert.Contains(t, got.stderr, "suites/notes.yaml is neither a suite")
	assert.Empty(t, got.stdout)
	got = run(t, dir, "check", "nothing/*.yaml")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "nothing/*.yaml: no file is like")
}

func TestVariablesOnTheCommandLine(t *testing.T) {
	of := "suite: games\nvariables: {season: , least: 2}\ntable: d.games\nsource: games.csv\nchecks:\n- rows:\n    at_least: ${least}\n  where: season = ${season}\n"
	dir := folder(t, of, whole)
	for want, args := range map[string][]string{
		"0 PASS": {"--var", "season=2022-23"},
		"1 3":    {"--var", "season=2022-23", "--var", "least=3"},
		"2 suite suite.yaml:2:13: the variable season has no value":         {},
		"2 no suite declares the variable seson (did you mean \"season\"?)": {"--var", "season=2022-23", "--var", "seson=1"},
		"2 season is given twice": {"--var", "season=1", "--var", "season=2"},
		"2 write NAME=VALUE":      {"--var", "season"},
		"1 0 rows where season = '2022-23\\' OR TRUE OR \\'', not at_least 2":  {"--var", "season=2022-23' OR TRUE OR '"},
		"2 the variable season: its value is not UTF-8, or has control charac": {"--var", "season=\x1b[31m"},
	} {
		code, says, _ := strings.Cut(want, " ")
		got := run(t, dir, append([]string{"check", "suite.yaml"}, args...)...)
		assert.Equal(t, code, fmt.Sprint(got.code), "%v: %s", args, got.stderr)
		assert.Contains(t, got.stdout+got.stderr, says, "%v", args)
	}
}
