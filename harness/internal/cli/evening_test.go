package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"
)

// evenings is a process whose time passes only while it sleeps. After its n-th
// sleep the n-th thing happens.
type evenings struct {
	t       *testing.T
	dir     string
	now     time.Time
	slept   []time.Duration
	happens []func()
	open    func(context.Context, string) (*bigquery.Client, error)

	stdout, stderr bytes.Buffer
}

const gateSuite = `suite: games
table: d.games
source: games*.csv
checks:
  - complete: usage
    by: season
    at_least: 95%
  - rows: {at_least: 2}
`

// before is an evening with a suite in the folder, and rows.
func before(t *testing.T, rows string) *evenings {
	t.Helper()
	e := &evenings{t: t, dir: t.TempDir(), now: evening}
	e.write("suite.yaml", gateSuite)
	e.write("games.csv", rows)
	return e
}

func (e *evenings) write(name, content string) {
	e.t.Helper()
	require.NoError(e.t, os.WriteFile(filepath.Join(e.dir, name), []byte(content), 0o600))
}

// then has something happen during the next sleep that is still quiet.
func (e *evenings) then(do func()) *evenings {
	e.happens = append(e.happens, do)
	return e
}

func (e *evenings) thenRows(rows string) *evenings {
	return e.then(func() { e.write("games.csv", rows) })
}

func (e *evenings) sleep(ctx context.Context, d time.Duration) error {
	require.Less(e.t, len(e.slept), 1000, "it sleeps for ever")
	e.slept = append(e.slept, d)
	e.now = e.now.Add(d)
	if n := len(e.slept); n <= len(e.happens) {
		e.happens[n-1]()
	}
	return context.Cause(ctx)
}

// run runs the command. SUITE and STATUS stand for files in the folder, and what
// is behind the dashes is always the same.
func (e *evenings) run(ctx context.Context, args ...string) int {
	e.t.Helper()
	e.stdout.Reset()
	e.stderr.Reset()
	for i, a := range args {
		switch a {
		case "SUITE":
			args[i] = filepath.Join(e.dir, "suite.yaml")
		case "STATUS":
			args[i] = filepath.Join(e.dir, "status.json")
		}
	}
	if args[0] == "gate" {
		args = append(args, "--", "go", "version")
	}
	return Run(ctx, Process{
		Args: args, Stdout: &e.stdout, Stderr: &e.stderr,
		LookupEnv:    func(string) (string, bool) { return "", false },
		Now:          func() time.Time { return e.now },
		Sleep:        e.sleep,
		OpenBigQuery: e.open,
	})
}

// ran reports whether the command behind the dashes was run.
func (e *evenings) ran() bool { return strings.HasPrefix(e.stdout.String(), "go version") }

func (e *evenings) status() (got status) {
	e.t.Helper()
	text, err := os.ReadFile(filepath.Join(e.dir, "status.json"))
	require.NoError(e.t, err)
	require.NoError(e.t, json.Unmarshal(text, &got))
	return got
}

const (
	holes = "season,usage\n2022-23,1\n2022-23,\n2023-24,2\n2023-24,\n"
	half  = "season,usage\n2022-23,1\n2022-23,3\n2023-24,2\n2023-24,\n"
	full  = "season,usage\n2022-23,1\n2022-23,3\n2023-24,2\n2023-24,4\n"
)
