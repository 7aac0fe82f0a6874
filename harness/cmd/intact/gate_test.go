//go:build unix

package main_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hole makes the suite of main_test.go fail.
const hole = whole + "2023-24,2023-10-25,bob,9,\n"

// gated is intact gate on a folder, with this test binary as the command.
func gated(t *testing.T, dir string, flags []string, command ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	require.NoError(t, err)
	args := append([]string{"gate", "suite.yaml", "--status", "status.json"}, flags...)
	cmd := exec.CommandContext(t.Context(), intact, append(append(args, "--", self), command...)...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), envRole+"=command")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true} // no terminal, whoever runs the tests
	return cmd
}

func statusOf(t *testing.T, dir string) (got struct {
	Command, Gate, Verdict, Message string
	Exit                            *int
	Signal                          *string
}) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "status.json"))
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &got))
	return got
}

func TestGateIsAsTheCommand(t *testing.T) {
	for name, c := range map[string]struct {
		command []string
		code    int
		signal  string
	}{
		"that ends well":          {[]string{"exit", "0"}, 0, ""},
		"that fails":              {[]string{"exit", "42"}, 42, ""},
		"that fails as a gate":    {[]string{"exit", "1"}, 1, ""},
		"that a signal has ended": {[]string{"die"}, 137, "SIGKILL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, suite, whole)
			cmd := gated(t, dir, []string{"--closed-exit", "75"}, c.command...)
			_ = cmd.Run()
			assert.Equal(t, c.code, cmd.ProcessState.ExitCode())
			got := statusOf(t, dir)
			assert.Equal(t, []string{"started", "open", "pass"}, []string{got.Command, got.Gate, got.Verdict})
			assert.Equal(t, c.code, *got.Exit)
			if c.signal == "" {
				assert.Nil(t, got.Signal)
			} else {
				assert.Equal(t, c.signal, *got.Signal)
			}
		})
	}
}

func TestGateLeavesTheStreamsToTheCommand(t *testing.T) {
	dir := folder(t, suite, whole)
	cmd := gated(t, dir, nil, "copy", "--wait", "-o", "a b")
	cmd.Stdin = strings.NewReader("rows\n")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	assert.Equal(t, "--wait|-o|a b\nrows\n", string(out))
	assert.True(t, strings.HasSuffix(stderr.String(), " starts\nto standard error\n"), stderr.String())
}

func TestClosedGateStartsNothing(t *testing.T) {
	for name, c := range map[string]struct {
		suite, rows string
		flags       []string
		command     []string // instead of the test binary
		code        int
		gate        string
	}{
		"a hole":                 {suite, hole, nil, nil, 1, "closed"},
		"a hole for a while":     {suite, hole, []string{"--wait", "30ms", "--every", "10ms"}, nil, 1, "closed"},
		"no row":                 {suite, header, nil, nil, 3, "closed"},
		"a code of its own":      {suite, hole, []string{"--closed-exit", "75"}, nil, 75, "closed"},
		"a mistake":              {suite + "nonsense: 1\n", whole, []string{"--wait", "45m"}, nil, 2, "error"},
		"no such command":        {suite, hole, []string{"--wait", "45m"}, []string{"no-such-command"}, 127, "error"},
		"a command that is none": {suite, hole, []string{"--wait", "45m"}, []string{"./suite.yaml"}, 126, "error"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := folder(t, c.suite, c.rows)
			cmd := gated(t, dir, c.flags, "copy")
			if c.command != nil {
				cmd.Args = append(cmd.Args[:len(cmd.Args)-2], c.command...)
			}
			out, _ := cmd.Output()
			assert.Equal(t, c.code, cmd.ProcessState.ExitCode())
			assert.Empty(t, out)
			got := statusOf(t, dir)
			assert.Equal(t, []string{"not started", c.gate}, []string{got.Command, got.Gate})
			assert.NotEmpty(t, got.Message)
			assert.Equal(t, c.code, *got.Exit)
		})
	}
}

// A status that cannot be kept would say that nothing was started.
func TestGateWithoutAStatusStartsNothing(t *testing.T) {
	dir := folder(t, suite, whole)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "status.json"), 0o700))
	cmd := gated(t, dir, nil, "copy")
	out, _ := cmd.Output()
	assert.Equal(t, 2, cmd.ProcessState.ExitCode())
	assert.Empty(t, out)
}

// lines is a command that is running, read line by line.
type lines struct {
	*exec.Cmd
	stdin          io.WriteCloser
	stdout, stderr *bufio.Reader
}

func start(t *testing.T, cmd *exec.Cmd) lines {
	t.Helper()
	stdin, err := cmd.StdinPipe()
	require.NoError(t, err)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	stderr, err := cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	return lines{cmd, stdin, bufio.NewReader(stdout), bufio.NewReader(stderr)}
}

func line(t *testing.T, from *bufio.Reader) string {
	t.Helper()
	text, err := from.ReadString('\n')
	require.NoError(t, err)
	return strings.TrimSuffix(text, "\n")
}

// gone waits until every process that holds the stream has ended.
func gone(t *testing.T, stream *bufio.Reader) string {
	t.Helper()
	rest, err := io.ReadAll(stream)
	require.NoError(t, err)
	return string(rest)
}

func (r lines) send(t *testing.T, s os.Signal) {
	t.Helper()
	require.NoError(t, r.Process.Signal(s))
}

func TestSignalsArePassedOn(t *testing.T) {
	dir := folder(t, suite, whole)
	signals := []os.Signal{syscall.SIGTERM, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP, syscall.SIGQUIT, syscall.SIGUSR1}
	signals = slices.DeleteFunc(signals, signal.Ignored) // as under nohup: then the gate does, too
	r := start(t, gated(t, dir, nil, "heed", strconv.Itoa(len(signals))))
	require.Equal(t, "ready", line(t, r.stdout))
	assert.Nil(t, statusOf(t, dir).Exit, "it runs")
	assert.Equal(t, "started", statusOf(t, dir).Command)
	for _, s := range signals {
		r.send(t, s)
		assert.Equal(t, s.String(), line(t, r.stdout))
	}
	assert.Empty(t, gone(t, r.stdout))
	gone(t, r.stderr)
	_ = r.Wait()
	assert.Equal(t, len(signals), r.ProcessState.ExitCode())
}

// Processes that the command has started get the signal as well, and none is left.
func TestSignalsReachTheWholeGroup(t *testing.T) {
	dir := folder(t, suite, whole)
	r := start(t, gated(t, dir, nil, "parent"))
	require.Equal(t, "ready", line(t, r.stdout))
	r.send(t, syscall.SIGTERM)
	assert.Equal(t, "terminated\n", gone(t, r.stdout))
	gone(t, r.stderr)
	_ = r.Wait()
	assert.Equal(t, 143, r.ProcessState.ExitCode())
	assert.Equal(t, "SIGTERM", *statusOf(t, dir).Signal)
}

func TestKilledGateTakesTheCommandWithIt(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "freebsd" {
		t.Skip("only Linux and FreeBSD end a child with its parent")
	}
	dir := folder(t, suite, whole)
	r := start(t, gated(t, dir, nil, "linger"))
	require.Equal(t, "ready", line(t, r.stdout))
	r.send(t, syscall.SIGKILL)
	assert.Empty(t, gone(t, r.stdout))
	gone(t, r.stderr)
	_ = r.Wait()
	assert.Equal(t, "started", statusOf(t, dir).Command)
}

func TestSignalsEndTheWait(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(s.String(), func(t *testing.T) {
			t.Parallel()
			dir := folder(t, suite, hole)
			r := start(t, gated(t, dir, []string{"--wait", "45m", "--every", "1h"}, "copy"))
			assert.Contains(t, line(t, r.stderr), "[0s] complete:usage by season: season=2023-24 1 of 2 (50.0%)")
			r.send(t, s)
			assert.Empty(t, gone(t, r.stdout))
			assert.Contains(t, gone(t, r.stderr), "intact: interrupted: ")
			_ = r.Wait()
			assert.Equal(t, 3, r.ProcessState.ExitCode())
			got := statusOf(t, dir)
			assert.Equal(t, []string{"not started", "interrupted"}, []string{got.Command, got.Gate})
			files, err := os.ReadDir(dir)
			require.NoError(t, err)
			assert.Len(t, files, 3, "a suite, its rows, a status and nothing else: %v", files)
		})
	}
}

// A log that nobody reads any more stops neither a signal nor what it asks for.
func TestSignalsEndAWaitWhoseLogIsFull(t *testing.T) {
	var many strings.Builder
	many.WriteString("suite: s\ntable: d.t\nsource: games.csv\nchecks:\n")
	for i := range 1000 { // a line each, more than a pipe holds
		fmt.Fprintf(&many, "  - {rows: {at_least: 1000}, id: %s%d}\n", strings.Repeat("long", 20), i)
	}
	dir := folder(t, many.String(), whole)
	r := start(t, gated(t, dir, []string{"--wait", "45m"}, "copy"))
	_, err := r.stderr.ReadByte()
	require.NoError(t, err)
	r.send(t, syscall.SIGTERM)
	assert.Empty(t, gone(t, r.stdout))
	_ = r.Wait()
	assert.Equal(t, 3, r.ProcessState.ExitCode())
	assert.Equal(t, "interrupted", statusOf(t, dir).Gate)
}

// nohup starts a command with hang-ups ignored, for waits that outlive a terminal.
func TestNohupIsHeeded(t *testing.T) {
	dir := folder(t, suite, hole)
	cmd := gated(t, dir, []string{"--wait", "45m", "--every", "10ms"}, "heed", "0")
	cmd.Args = append([]string{"sh", "-c", `trap "" HUP; exec "$0" "$@"`, intact}, cmd.Args[1:]...)
	shell, err := exec.LookPath("sh")
	require.NoError(t, err)
	cmd.Path = shell
	r := start(t, cmd)
	assert.Contains(t, line(t, r.stderr), "[0s] complete:usage")
	r.send(t, syscall.SIGHUP)
	mended := filepath.Join(dir, "mended")
	require.NoError(t, os.WriteFile(mended, []byte(whole), 0o600))
	require.NoError(t, os.Rename(mended, filepath.Join(dir, "games.csv")))
	assert.Contains(t, gone(t, r.stderr), "complete:usage by season: pass\n")
	assert.Equal(t, "ready\n", gone(t, r.stdout))
	require.NoError(t, r.Wait())
}

func TestWatchEndsWhenAllPass(t *testing.T) {
	dir := folder(t, suite, hole)
	cmd := exec.CommandContext(t.Context(), intact, "watch", "suite.yaml", "--every", "10ms")
	cmd.Dir = dir
	r := start(t, cmd)
	assert.Contains(t, line(t, r.stdout), "[0s] complete:usage by season: season=2023-24 1 of 2 (50.0%)")
	mended := filepath.Join(dir, "mended")
	require.NoError(t, os.WriteFile(mended, []byte(whole), 0o600))
	require.NoError(t, os.Rename(mended, filepath.Join(dir, "games.csv")))
	assert.Contains(t, line(t, r.stdout), "complete:usage by season: pass")
	assert.Equal(t, "PASS: none of 2 checks blocks.\n", gone(t, r.stdout))
	require.NoError(t, r.Wait())
}

// Whatever is looked up in the environment can be set there.
func TestGateFromTheEnvironment(t *testing.T) {
	dir := folder(t, suite, hole)
	cmd := gated(t, dir, nil, "copy")
	cmd.Env = append(cmd.Env, "INTACT_CLOSED_EXIT=75", "INTACT_WAIT=1s", "INTACT_EVERY=10ms")
	out, err := cmd.CombinedOutput()
	require.Error(t, err)
	assert.Equal(t, 75, cmd.ProcessState.ExitCode())
	assert.Contains(t, string(out), fmt.Sprintf("[%s] complete:usage", "0s"))
}
