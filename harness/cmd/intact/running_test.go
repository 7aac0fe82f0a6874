package main_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// running is the command while it runs, with pipes that are written and read when a test does.
type running struct {
	cmd    *exec.Cmd
	stdin  io.WriteCloser
	stdout io.ReadCloser
	stderr bytes.Buffer
	temp   string // its folder for temporary files
}

// patience only turns a command that does not end into a failure.
const patience = time.Minute

func begin(t *testing.T, dir string, args ...string) *running {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	r := &running{cmd: exec.CommandContext(ctx, intact, args...), temp: t.TempDir()}
	r.cmd.Dir, r.cmd.Stderr = dir, &r.stderr
	r.cmd.Env = append(os.Environ(), "TMPDIR="+r.temp)
	var err error
	r.stdin, err = r.cmd.StdinPipe()
	require.NoError(t, err)
	r.stdout, err = r.cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, r.cmd.Start())
	return r
}

// ends waits for the end, without reading what the command writes.
func (r *running) ends(t *testing.T) int {
	t.Helper()
	_ = r.cmd.Wait()
	if !r.cmd.ProcessState.Exited() {
		t.Fatalf("the command did not end by itself: %s\n%s", r.cmd.ProcessState, r.stderr.String())
	}
	return r.cmd.ProcessState.ExitCode()
}
