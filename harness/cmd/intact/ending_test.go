//go:build unix

package main_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fifo makes a named pipe. Writing to it waits until the command reads it, which
// tells that the command is under way.
func fifo(t *testing.T, dir, name string) (write func(text string)) {
	t.Helper()
	path := filepath.Join(dir, name)
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	return func(text string) {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
}

// manyRows fill a pipe that nobody reads.
var manyRows = "player,day,points\n" + strings.Repeat("ann,2024-01-01,1\n", 20_000)

const spec = "entity: player\nat: day\nvalue: points\nlast: 1\n"

// The command is busy with what blocks when the signal comes, or will be in a
// moment: what it must not do is miss it.
func TestFirstSignalEndsWhatBlocks(t *testing.T) {
	for name, c := range map[string]struct {
		args  []string
		write string // to the pipe named first, so that the command is under way
		rows  string // in rows.csv
		reads bool   // the command's output has begun
	}{
		"a pipe of a suite":                    {args: []string{"check", "first", "second"}, write: suite},
		"a pipe of a gated suite":              {args: []string{"gate", "first", "second", "--", "go", "version"}, write: suite},
		"a pipe of a watched suite":            {args: []string{"watch", "first", "second"}, write: suite},
		"a pipe in a folder of suites":         {args: []string{"check", "first", "folder"}, write: suite},
		"a pipe of a spec that is never whole": {args: []string{"window", "--spec", "first"}},
		"standard input":                       {args: []string{"window", "--spec", "first"}, write: spec},
		"standard output of windows":           {args: []string{"window", "rows.csv", "--spec", "first"}, write: spec, rows: manyRows, reads: true},
		"standard output of a report": {
			args:  []string{"check", "first", "--all"},
			write: "suite: s\ntable: d.t\nsource: rows.csv\nchecks:\n  - complete: v\n    by: k\n    at_least: 100%\n",
			rows:  manySegments(), reads: true,
		},
	} {
		for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGINT} {
			t.Run(name+"/"+signal.String(), func(t *testing.T) {
				t.Parallel()
				dir := t.TempDir()
				write := fifo(t, dir, "first")
				fifo(t, dir, "second")
				require.NoError(t, os.Mkdir(filepath.Join(dir, "folder"), 0o700))
				fifo(t, filepath.Join(dir, "folder"), "suite.yaml")
				require.NoError(t, os.WriteFile(filepath.Join(dir, "rows.csv"), []byte(c.rows), 0o600))
				r := begin(t, dir, c.args...)
				if c.write == "" { // it is open, and has no bytes yet
					held, err := os.OpenFile(filepath.Join(dir, "first"), os.O_WRONLY, 0)
					require.NoError(t, err)
					defer held.Close()
				} else {
					write(c.write)
				}
				if c.reads {
					_, err := r.stdout.Read(make([]byte, 1))
					require.NoError(t, err)
				}
				require.NoError(t, r.cmd.Process.Signal(signal))
				assert.Equal(t, 3, r.ends(t))
				assert.Contains(t, r.stderr.String(), "signal received")
			})
		}
	}
}

// manySegments make a report that fills a pipe.
func manySegments() string {
	var b strings.Builder
	b.WriteString("k,v\n")
	for i := range 3000 {
		fmt.Fprintf(&b, "k%d,\n", i)
	}
	return b.String()
}

// A time-out ends what a signal ends.
func TestTimeoutEndsWhatBlocks(t *testing.T) {
	dir := t.TempDir()
	fifo(t, dir, "suite.yaml")
	for _, command := range []string{"check", "plan"} {
		r := begin(t, dir, command, "suite.yaml", "--timeout", "50ms")
		assert.Equal(t, 3, r.ends(t))
		assert.Contains(t, r.stderr.String(), "there was no answer within 50ms (--timeout)")
	}
}

// What standard input was kept in goes with the command.
func TestInterruptedWindowLeavesNoFile(t *testing.T) {
	dir := t.TempDir()
	write := fifo(t, dir, "first")
	r := begin(t, dir, "window", "--spec", "first")
	write(spec)
	_, err := io.WriteString(r.stdin, manyRows) // more than a pipe holds: it has been kept
	require.NoError(t, err)
	require.NoError(t, r.cmd.Process.Signal(syscall.SIGTERM))
	assert.Equal(t, 3, r.ends(t))
	left, err := os.ReadDir(r.temp)
	require.NoError(t, err)
	assert.Empty(t, left)
}
