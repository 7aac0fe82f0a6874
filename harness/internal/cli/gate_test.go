package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

func TestGateWaitsWhileTheTableIsMended(t *testing.T) {
	e := before(t, holes).then(func() {}).thenRows(half).thenRows(full)
	require.Equal(t, exitPass, e.run(t.Context(), "gate", "SUITE", "--wait", "45m", "--every", "90s"), e.stderr.String())
	assert.True(t, e.ran())
	assert.Equal(t, `[0s] complete:usage by season: season=2022-23 1 of 2 (50.0%) (and 1 more)
[1m30s] complete:usage by season: season=2022-23 1 of 2 (50.0%), no change in 1m30s (and 1 more)
[3m0s] complete:usage by season: season=2023-24 1 of 2 (50.0%)
[4m30s] complete:usage by season: pass
PASS: none of 2 checks blocks.
open after 4 looks in 4m30s: go starts
`, e.stderr.String())
}

func TestGateGivesUpWhenTheWaitIsOver(t *testing.T) {
	e := before(t, holes)
	assert.Equal(t, exitFail, e.run(t.Context(), "gate", "SUITE", "--wait", "100s", "--every", "1m", "--status", "STATUS"))
	assert.False(t, e.ran())
	assert.Equal(t, []time.Duration{time.Minute, 40 * time.Second}, e.slept)
	assert.True(t, strings.HasSuffix(regexp.MustCompile(`\S*/games.csv`).ReplaceAllString(e.stderr.String(), "games.csv"), `games on d.games: fail
complete:usage by season
  fail season=2022-23: 1 of 2 rows (50.0%), not at_least 95%: 1 row short (first: usage=null games.csv:3)
  fail season=2023-24: 1 of 2 rows (50.0%), not at_least 95%: 1 row short (first: usage=null games.csv:5)
FAIL: 1 of 2 checks blocks: nothing that needs this data goes on.
intact: not all suites pass after 3 looks in 1m40s: go was not started
`), e.stderr.String())
	got := e.status()
	assert.Equal(t, []any{"not started", "closed", "fail", 3, 1}, []any{got.Command, got.Gate, got.Verdict, got.Looks, *got.Exit})
	assert.Equal(t, 75, e.run(t.Context(), "gate", "SUITE", "--closed-exit", "75"))
}

// A look in mid-run, between the DELETE and the INSERT, passes: what is left is
// whole.
func TestGateThatSettlesIsNotFooledInMidRun(t *testing.T) {
	deleted := "season,usage\n2022-23,1\n2023-24,2\n"
	inserted := deleted + "2022-23,\n2023-24,\n"
	run := func(settle string) *evenings {
		e := before(t, holes).thenRows(deleted).thenRows(inserted).thenRows(full)
		require.Equal(t, exitPass, e.run(t.Context(), "gate", "SUITE", "--wait", "10m", "--settle", settle))
		return e
	}
	assert.Len(t, run("1").slept, 1, "it passes where only half of the rows are there")
	e := run("2")
	assert.Len(t, e.slept, 4)
	assert.Contains(t, e.stderr.String(), "[1m0s] all suites pass: 1 of 2 looks in a row with the same counts\n")
}

func TestPassesThatDoNotSettleAreWaitedFor(t *testing.T) {
	e := before(t, full)
	for n := range 3 {
		e.thenRows(full + strings.Repeat("2023-24,5\n", n+1))
	}
	assert.Equal(t, exitWaiting, e.run(t.Context(), "gate", "SUITE", "--wait", "3m", "--settle", "2"))
	assert.False(t, e.ran())
	assert.Contains(t, e.stderr.String(), "all suites pass, but not with the same counts (--settle), after 4 looks in 3m0s")
}

// What a script can mend meanwhile.
func TestGateWaitsForWhatIsNotThereYet(t *testing.T) {
	for name, rows := range map[string]string{
		"no file":       "",
		"no column":     "season\n2022-23\n2023-24\n",
		"no row":        "season,usage\n",
		"another file":  "season,usage\n2022-23,1\n", // of the same glob, with the second row
		"a broken file": "season,usage\n2022-23,1\n\"2023",
	} {
		t.Run(name, func(t *testing.T) {
			e := before(t, rows)
			mended := full
			switch name {
			case "no file":
				require.NoError(t, os.Remove(filepath.Join(e.dir, "games.csv")))
			case "another file":
				mended = rows
				e.then(func() { e.write("games2.csv", "season,usage\n2023-24,2\n") })
			}
			e.thenRows(mended)
			assert.Equal(t, exitPass, e.run(t.Context(), "gate", "SUITE", "--wait", "10m"), e.stderr.String())
			assert.True(t, e.ran())
		})
	}
}

// What nothing but another suite or another command line mends.
func TestGateEndsAtOnceWhereWaitingIsInVain(t *testing.T) {
	for name, c := range map[string]struct {
		suite string // replaces a part of it, as old→new
		args  []string
		code  int
		says  string
	}{
		"a misspelt key":      {"at_least: 95%→atleast: 95%", nil, exitUsage, `unknown key "atleast"`},
		"no source":           {"source: games*.csv→owner: ann", nil, exitUnknown, "there are no rows for it"},
		"raw SQL on files":    {"by: season→where: {sql: usage > 0}", nil, exitUnknown, "raw SQL needs an engine that runs SQL"},
		"no such suite":       {"", []string{"gate", "nothing.yaml", "--wait", "45m"}, exitUsage, "nothing.yaml"},
		"a negative wait":     {"", []string{"gate", "SUITE", "--wait", "-1m"}, exitUsage, "--wait -1m0s: a time is 0 or more"},
		"no time from look":   {"", []string{"gate", "SUITE", "--wait", "1m", "--every", "0s"}, exitUsage, "--every 0s"},
		"every without wait":  {"", []string{"gate", "SUITE", "--every", "1m"}, exitUsage, "add --wait"},
		"settle without wait": {"", []string{"gate", "SUITE", "--settle", "2"}, exitUsage, "--settle 2 needs as many looks"},
		"settle on nothing":   {"", []string{"gate", "SUITE", "--settle", "0"}, exitUsage, "--settle 0"},
		"a gate of exit 0":    {"", []string{"gate", "SUITE", "--closed-exit", "0"}, exitUsage, "--closed-exit 0"},
	} {
		t.Run(name, func(t *testing.T) {
			e := before(t, full)
			if was, is, ok := strings.Cut(c.suite, "→"); ok {
				require.Contains(t, gateSuite, was)
				e.write("suite.yaml", strings.Replace(gateSuite, was, is, 1))
			}
			if c.args == nil {
				c.args = []string{"gate", "SUITE", "--wait", "45m", "--closed-exit", "75", "--status", "STATUS"}
				if c.code == exitUnknown {
					c.code = 75 // it has looked, once
				}
			}
			assert.Equal(t, c.code, e.run(t.Context(), c.args...), e.stderr.String())
			assert.False(t, e.ran())
			assert.Empty(t, e.slept)
			assert.Contains(t, e.stderr.String(), c.says)
		})
	}
}

func TestGateNeedsASuiteAndACommand(t *testing.T) {
	for _, c := range []struct {
		args []string
		says string
	}{
		{[]string{"gate", "suite.yaml"}, "gate needs a command after --"},
		{[]string{"gate", "suite.yaml", "--"}, "gate needs a command after --"},
		{[]string{"gate", "--", "echo"}, "gate needs a suite before --"},
		{[]string{"watch"}, "watch needs a suite"},
	} {
		var stderr bytes.Buffer
		code := Run(t.Context(), Process{Args: c.args, Stderr: &stderr, LookupEnv: func(string) (string, bool) { return "", false }})
		assert.Equal(t, exitUsage, code)
		assert.Contains(t, stderr.String(), c.says)
	}
}

func TestWarningsCloseAStrictGate(t *testing.T) {
	e := before(t, holes)
	e.write("suite.yaml", strings.Replace(gateSuite, "at_least: 95%", "at_least: 95%\n    severity: warn", 1))
	assert.Equal(t, exitPass, e.run(t.Context(), "gate", "SUITE"))
	assert.True(t, e.ran())
	assert.Contains(t, e.stderr.String(), "warn season=2022-23: 1 of 2 rows (50.0%)", "it is let through, and told")
	assert.Equal(t, exitFail, e.run(t.Context(), "gate", "SUITE", "--strict"))
	assert.False(t, e.ran())
}

// A connection that is lost is no verdict: it is tried again, and an end of the
// wait without one is an error, not a closed gate.
func TestGateTriesALostConnectionAgain(t *testing.T) {
	e := before(t, full)
	srv := fakebq.New()
	srv.AddDataset("d", "EU")
	tries := 0
	e.open = func(ctx context.Context, _ string) (*bigquery.Client, error) {
		if tries++; tries < 3 {
			return nil, errors.New("no route to host")
		}
		return srv.Client(ctx)
	}
	code := e.run(t.Context(), "gate", "SUITE", "--project", fakebq.Project, "--wait", "2m", "--status", "STATUS")
	assert.Equal(t, exitUnknown, code)
	assert.Contains(t, e.stderr.String(), "[1m0s] nothing was seen, and the next look may: BigQuery cannot be reached: no route to host\n")
	assert.Contains(t, e.stderr.String(), "Not found: Table fake:d.games", "at the third look it was there, and the table was not")
	assert.Equal(t, gateClosed, e.status().Gate)

	e.open = func(context.Context, string) (*bigquery.Client, error) { return nil, errors.New("no route to host") }
	assert.Equal(t, exitUnknown, e.run(t.Context(), "gate", "SUITE", "--project", fakebq.Project, "--wait", "2m", "--status", "STATUS"))
	got := e.status()
	assert.Equal(t, gateError, got.Gate)
	assert.Equal(t, "nothing was seen (3 looks in 2m0s): BigQuery cannot be reached: no route to host: go was not started", got.Message)
}

func TestTimeoutBoundsALook(t *testing.T) {
	e := before(t, full)
	srv := fakebq.New()
	srv.AddDataset("d", "EU")
	srv.Inject(fakebq.Fault{Hang: true, Times: fakebq.Always})
	e.open = func(ctx context.Context, _ string) (*bigquery.Client, error) { return srv.Client(ctx) }
	assert.Equal(t, exitUnknown, e.run(t.Context(), "gate", "SUITE", "--project", fakebq.Project, "--wait", "1m", "--timeout", "50ms"))
	assert.Contains(t, e.stderr.String(), "[0s] nothing was seen, and the next look may: ")
	assert.Contains(t, e.stderr.String(), "[1m0s] nothing was seen, and the next look may: ")
	assert.Contains(t, e.stderr.String(), "there was no answer within 50ms (--timeout)")
}

func TestStatusKeepsItsSchema(t *testing.T) {
	s, err := statusSchema()
	require.NoError(t, err)
	schema, err := s.Resolve(nil)
	require.NoError(t, err)
	for name, rows := range map[string]string{"open": full, "closed": holes} {
		e := before(t, rows)
		e.run(t.Context(), "gate", "SUITE", "--status", "STATUS")
		text, err := os.ReadFile(filepath.Join(e.dir, "status.json"))
		require.NoError(t, err)
		var got map[string]any
		require.NoError(t, json.Unmarshal(text, &got))
		require.Equal(t, name, got["gate"])
		require.NoError(t, schema.Validate(got))
		got["gate"] = "ajar"
		require.Error(t, schema.Validate(got))
	}
}

// Whoever reads "started" can rely on it, so what cannot be kept is not started.
func TestStatusIsKeptBeforeTheStart(t *testing.T) {
	e := before(t, holes)
	kept := filepath.Join(e.dir, "kept")
	require.NoError(t, os.Mkdir(kept, 0o700))
	e.then(func() {
		require.NoError(t, os.RemoveAll(kept))
		e.write("games.csv", full)
	})
	assert.Equal(t, exitUnknown, e.run(t.Context(), "gate", "SUITE", "--wait", "45m", "--status", filepath.Join(kept, "status.json")))
	assert.False(t, e.ran())
	assert.Contains(t, e.stderr.String(), "go was not started: --status ")
}

func TestInterruptedGateStartsNothing(t *testing.T) {
	ctx, interrupt := context.WithCancel(t.Context())
	e := before(t, holes).then(interrupt)
	assert.Equal(t, exitUnknown, e.run(ctx, "gate", "SUITE", "--wait", "45m", "--closed-exit", "75", "--status", "STATUS"))
	assert.False(t, e.ran())
	assert.Len(t, e.slept, 1)
	assert.Contains(t, e.stderr.String(), "intact: interrupted: go was not started")
	got := e.status()
	assert.Equal(t, []any{"not started", "interrupted", 3}, []any{got.Command, got.Gate, *got.Exit})
}

func TestWatchPrintsChanges(t *testing.T) {
	e := before(t, holes).then(func() {}).thenRows(half).then(func() {}).thenRows(full)
	require.Equal(t, exitPass, e.run(t.Context(), "watch", "SUITE"), e.stderr.String())
	assert.Equal(t, `[0s] complete:usage by season: season=2022-23 1 of 2 (50.0%) (and 1 more)
[2m0s] complete:usage by season: season=2023-24 1 of 2 (50.0%)
[4m0s] complete:usage by season: pass
PASS: none of 2 checks blocks.
`, e.stdout.String())
	assert.Empty(t, e.stderr.String())
}

func TestWatchGivesUpOnlyIfAsked(t *testing.T) {
	e := before(t, holes)
	for range 100 {
		e.then(func() {})
	}
	e.thenRows(full)
	assert.Equal(t, exitPass, e.run(t.Context(), "watch", "SUITE"))
	e = before(t, holes)
	assert.Equal(t, exitFail, e.run(t.Context(), "watch", "SUITE", "--wait", "0s"))
	assert.Empty(t, e.slept)
}
