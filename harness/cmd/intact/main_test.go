package main_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// intact is the built command: go run would turn every exit code into 1.
var intact string

// envRole turns this test binary into another program, for a test that needs one.
const envRole = "INTACT_TEST_ROLE"

var roles = map[string]func(){"dying emulator": dyingEmulator}

func TestMain(m *testing.M) {
	if play, ok := roles[os.Getenv(envRole)]; ok {
		play()
		return
	}
	dir, err := os.MkdirTemp("", "intact")
	if err == nil {
		intact = filepath.Join(dir, "intact")
		var out []byte
		if out, err = exec.Command("go", "build", "-o", intact, ".").CombinedOutput(); err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "the command cannot be built:", err)
		os.Exit(1)
	}
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

type outcome struct {
	code           int
	stdout, stderr string
}

func run(t *testing.T, dir string, args ...string) outcome {
	t.Helper()
	return runWith(t, dir, "", args...)
}

// runWith is run with standard input.
func runWith(t *testing.T, dir, stdin string, args ...string) outcome {
	t.Helper()
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(t.Context(), intact, args...)
	cmd.Dir, cmd.Stdin, cmd.Stdout, cmd.Stderr = dir, strings.NewReader(stdin), &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return outcome{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}
}

const header = "season,game_date,player,minutes,usage\n"

// whole is rows on which the suite below passes.
const whole = header + `2022-23,2022-10-18,ann,30,20.5
2022-23,2022-10-18,bob,12,11.0
2023-24,2023-10-24,ann,28,19.5
2023-24,2023-10-24,bob,,
`

const suite = `suite: games
table: d.games
date: game_date
source: games.csv
checks:
  - complete: usage
    where: minutes > 0
    by: season
    expect: ["2022-23", "2023-24"]
    at_least: 95%
  - unique: [game_date, player]
`

// The codes are the contract that deployments are gated by.
func TestExitCodes(t *testing.T) {
	cut := gzipped(t, strings.Repeat("2022-23,2022-10-18,ann,30,20.5\n", 500))
	for name, c := range map[string]struct {
		suite string            // replaces parts of the suite above, as old→new
		files map[string]string // games.csv unless named
		args  []string
		code  int
		says  string // on stdout for a verdict, on stderr otherwise
	}{
		"whole data": {code: 0, says: "PASS"},
		"a hole": {
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,\n"},
			code:  1, says: "1 of 2 rows where minutes > 0 (50.0%), not at_least 95%: 1 row short",
		},
		"an all-NULL column": {
			files: map[string]string{"games.csv": header + "2022-23,2022-10-18,ann,30,\n2023-24,2023-10-24,ann,28,\n"},
			code:  1, says: "0 of 1 row where minutes > 0 (0.0%)",
		},
		"a NULL in a key": {
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,,9,3.5\n"},
			code:  1, says: "1 row has a key with a NULL part",
		},
		"a NULL date in a key": {
			files: map[string]string{"games.csv": whole + "2023-24,,cid,9,3.5\n"},
			code:  1, says: "1 row has a key with a NULL part",
		},
		"an all-NULL column where bad rows are allowed": {
			suite: "at_least: 95%→allow: 10",
			files: map[string]string{"games.csv": header + "2022-23,2022-10-18,ann,30,\n2023-24,2023-10-24,ann,28,\n"},
			code:  1, says: "no row is populated, whatever is allowed",
		},
		"dates that are NULL under complete": {
			suite: "complete: usage\n    where: minutes > 0→complete: game_date\n    \"null\": ok",
			files: map[string]string{"games.csv": whole + "2023-24,,cid,9,3.5\n2023-24,,dan,9,3.5\n"},
			code:  1, says: "4 of 6 rows (66.7%), not at_least 95%",
		},
		"no date at all under complete": {
			suite: "complete: usage\n    where: minutes > 0→complete: game_date",
			files: map[string]string{"games.csv": header + "2022-23,,ann,30,1\n2023-24,,bob,30,1\n"},
			code:  1, says: "0 of 2 rows (0.0%), not at_least 95%",
		},
		"the scope of the suite is told": {
			suite: "date: game_date→date: game_date\nfrom: 2022-10-01\nwhere: player != 'bob'",
			code:  0, says: "rows of game_date from 2022-10-01, where player != 'bob' (TRUE 2, FALSE 2, NULL 0)",
		},
		"NULL dates outside of the suite's filter": {
			suite: "date: game_date→date: game_date\nwhere: player != 'cid'",
			files: map[string]string{"games.csv": whole + "2023-24,,cid,9,3.5\n"},
			code:  0, says: "PASS",
		},
		"a bound that every table meets": {
			suite: "- unique: [game_date, player]→- rows: {at_least: 0}",
			code:  2, says: "at_least 0 holds for every table",
		},
		"two suites of one name": {
			args: []string{"check", "suite.yaml", "suite.yaml"},
			code: 2, says: `two suites have the name "games"`,
		},
		"no rows": {
			files: map[string]string{"games.csv": header},
			code:  3, says: "nothing to judge",
		},
		"an empty file": {
			files: map[string]string{"games.csv": ""},
			code:  3, says: "games.csv",
		},
		"a filter that is TRUE for nothing": {
			suite: "minutes > 0→minutes > 100",
			code:  3, says: "minutes > 100 is TRUE for none of 2 rows (FALSE 1, NULL 1)",
		},
		"an absent expected season": {
			suite: `"2023-24"]→"2023-24", "2024-25"]`,
			code:  3, says: "season=2024-25: nothing to judge: the segment is expected, and there is no row of it",
		},
		"a segment column with NULLs": {
			files: map[string]string{"games.csv": whole + ",2023-10-25,cid,9,3.5\n"},
			code:  3, says: "1 row is in no segment",
		},
		"a missing column": {
			suite: "complete: usage→complete: usag",
			code:  3, says: `there is no column "usag" (did you mean "usage"?)`,
		},
		"a missing file": {
			suite: "source: games.csv→source: gmaes.csv",
			code:  3, says: "gmaes.csv",
		},
		"a glob that matches nothing": {
			suite: "source: games.csv→source: 2026-*.csv",
			code:  3, says: "2026-*.csv",
		},
		"no file at all": {
			suite: "source: games.csv→owner: nobody",
			code:  3, says: "table d.games: there are no rows for it",
		},
		"a cut .gz": {
			suite: "source: games.csv→source: games.csv.gz",
			files: map[string]string{"games.csv.gz": cut[:len(cut)-20]},
			code:  3, says: "games.csv.gz",
		},
		"a cell that does not parse": {
			suite: "source: games.csv→columns: {usage: FLOAT64}\nsource: games.csv",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,n/a\n"},
			code:  3, says: `games.csv:6`,
		},
		"a misspelt key": {
			suite: "at_least: 95%→atleast: 95%",
			code:  2, says: `suite suite.yaml:10:5: unknown key "atleast" (did you mean "at_least"?)`,
		},
		"a bare number as a share": {
			suite: "at_least: 95%→at_least: 0.95",
			code:  2, says: "suite.yaml:10",
		},
		"a broken expression": {
			suite: "minutes > 0→minutes >",
			code:  2, says: "suite.yaml:7",
		},
		"no suite":        {args: []string{"check"}, code: 2, says: "check needs a suite"},
		"no such suite":   {args: []string{"check", "nothing.yaml"}, code: 2, says: "nothing.yaml"},
		"no such flag":    {args: []string{"check", "--ouput", "json", "suite.yaml"}, code: 2, says: "--ouput"},
		"no such command": {args: []string{"chekc", "suite.yaml"}, code: 2, says: "chekc"},
		"warned and waived are counted": {
			suite: "at_least: 95%→waive: {owner: ann, reason: source is dead, until: 9999-12-31}",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,\n"},
			code:  0, says: "WAIVED: none of 2 checks blocks, 1 is waived.",
		},
		"no such output": {args: []string{"check", "-o", "xml", "suite.yaml"}, code: 2, says: `--output "xml"`},
		"no command":     {args: []string{}, code: 2, says: "name a command"},
		"data for a table of no suite": {
			args: []string{"check", "suite.yaml", "--data", "d.game=games.csv"},
			code: 2, says: "which no suite reads",
		},
		"a warning": {
			suite: "at_least: 95%→severity: warn",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,\n"},
			code:  0, says: "warn",
		},
		"a warning under --strict": {
			suite: "at_least: 95%→severity: warn",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,\n"},
			args:  []string{"check", "--strict", "suite.yaml"},
			code:  1, says: "warn",
		},
		"a waived failure": {
			suite: "at_least: 95%→waive: {owner: ann, reason: source is dead, until: 9999-12-31}",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,\n"},
			code:  0, says: "waived by ann until 9999-12-31, source is dead",
		},
		"an expired waiver": {
			suite: "at_least: 95%→waive: {owner: ann, reason: source is dead, until: 2020-01-01}",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-25,bob,9,\n"},
			code:  1, says: "the waiver of ann expired on 2020-01-01",
		},
		"failed and unknown together": {
			suite: "complete: usage→complete: usag",
			files: map[string]string{"games.csv": whole + "2023-24,2023-10-24,bob,9,3.5\n"},
			code:  1, says: "1 surplus row of 1 duplicate key",
		},
		"a folder of suites": {args: []string{"check", "."}, code: 0, says: "PASS"},
		"help":               {args: []string{"check", "--help"}, code: 0, says: "SUITE"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			text := suite
			if old, replacement, ok := strings.Cut(c.suite, "→"); ok {
				require.Contains(t, text, old)
				text = strings.Replace(text, old, replacement, 1)
			}
			files := map[string]string{"suite.yaml": text, "games.csv": whole}
			for name, body := range c.files {
				files[name] = body
			}
			for name, body := range files {
				require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
			}
			args := c.args
			if args == nil {
				args = []string{"check", "suite.yaml"}
			}
			got := run(t, dir, args...)
			assert.Equal(t, c.code, got.code, "stdout:\n%s\nstderr:\n%s", got.stdout, got.stderr)
			where := got.stdout
			if c.code == 2 {
				where = got.stderr
				assert.Empty(t, got.stdout, "wrong usage leaves stdout to results")
			}
			assert.Contains(t, where, c.says)
		})
	}
}

// A pipe has one reading: what comes from it is kept.
func TestAPipeIsKept(t *testing.T) {
	dir := folder(t, strings.Replace(suite, "games.csv", "pipe.csv", 1), whole)
	pipe := filepath.Join(dir, "pipe.csv")
	if out, err := exec.Command("mkfifo", pipe).CombinedOutput(); err != nil {
		t.Skipf("no pipe can be made here: %s", out)
	}
	rows, err := os.ReadFile(filepath.Join(dir, "games.csv"))
	require.NoError(t, err)
	go func() { _ = os.WriteFile(pipe, rows, 0o600) }()
	got := run(t, dir, "check", "suite.yaml")
	assert.Equal(t, 0, got.code, got.stdout+got.stderr)

	got = run(t, dir, "check", "suite.yaml", "--timeout", "50ms")
	assert.Equal(t, 3, got.code, "nobody writes to it")
	assert.Contains(t, got.stderr, "there was no answer within 50ms")
}

func gzipped(t *testing.T, rows string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write([]byte(header + rows))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return b.String()
}

const root = "../../.."

// The night, as a stranger meets it: three seasons by name.
func TestNight(t *testing.T) {
	got := run(t, root, "check", "testdata/player_game_summary.yaml", "-o", "json")
	require.Equal(t, 1, got.code, got.stderr)
	var report struct {
		SchemaVersion int `json:"schema_version"`
		Suites        []struct {
			Checks []struct {
				Kind     string
				Segments []struct {
					Segment                map[string]string
					Verdict                string
					Observed               float64
					Numerator, Denominator int64
					Bound                  string
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &report))
	require.Equal(t, 2, report.SchemaVersion)
	seasons := map[string]string{}
	for _, s := range report.Suites[0].Checks[0].Segments {
		assert.Equal(t, "fail", s.Verdict)
		assert.Equal(t, "at_least 0.95", s.Bound)
		assert.InDelta(t, float64(s.Numerator)/float64(s.Denominator), s.Observed, 1e-6)
		seasons[s.Segment["season"]] = fmt.Sprintf("%.1f%%", 100*s.Observed)
	}
	assert.Equal(t, map[string]string{"2022-23": "47.9%", "2023-24": "47.7%", "2025-26": "0.0%"}, seasons)
}

func TestCleanState(t *testing.T) {
	got := run(t, root, "check", "testdata/player_game_summary.yaml",
		"--data", "nba_analytics.player_game_summary=testdata/clean/player_game.csv.gz")
	assert.Equal(t, 0, got.code, got.stdout+got.stderr)
}

// A variable in the environment is a flag that the command line overrides.
func TestFlagOverEnvironment(t *testing.T) {
	t.Setenv("INTACT_OUTPUT", "json")
	assert.True(t, json.Valid([]byte(run(t, root, "check", "testdata/player_game_summary.yaml").stdout)))
	assert.False(t, json.Valid([]byte(run(t, root, "check", "testdata/player_game_summary.yaml", "-o", "table").stdout)))
}

// A variable of a script that is not set is no flag that was left out: local rows would
// be looked at, and nothing kept.
func TestFlagWithoutAValue(t *testing.T) {
	for _, name := range []string{"project", "history", "run-id", "output"} {
		got := run(t, root, "check", "testdata/player_game_summary.yaml", "--"+name, "")
		assert.Equal(t, 2, got.code, name)
		assert.Contains(t, got.stderr, "--"+name+" has an empty value: give it one, or leave it out")
	}
	t.Setenv("INTACT_PROJECT", "")
	got := run(t, root, "check", "testdata/player_game_summary.yaml")
	assert.Equal(t, 2, got.code)
	assert.Contains(t, got.stderr, "environment variable INTACT_PROJECT is empty: give it a value, or unset it")
}
