//go:build unix

// Package sidecartest proves that a program that runs beside tests ends with
// them.
package sidecartest

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// KillParent runs this test binary with more environment, as a parent that
// starts a program and then says one line. It calls alive with that line,
// kills the parent and waits until the program has followed; the test fails
// if it does not.
//
// The wait is a read: parent and program inherit the writing end of a pipe,
// which ends when the last of them does.
func KillParent(t *testing.T, env []string, alive func(line string)) {
	t.Helper()
	self, err := os.Executable()
	fatal(t, err)
	held, inherited, err := os.Pipe()
	fatal(t, err)
	defer held.Close()

	parent := exec.Command(self)
	parent.Env = append(os.Environ(), env...)
	parent.ExtraFiles = []*os.File{inherited}
	stdin, err := parent.StdinPipe()
	fatal(t, err)
	defer stdin.Close()
	stdout, err := parent.StdoutPipe()
	fatal(t, err)
	fatal(t, parent.Start())
	fatal(t, inherited.Close())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	fatal(t, err)
	alive(strings.TrimSpace(line))

	fatal(t, parent.Process.Kill())
	_ = parent.Wait()

	// The bound only turns a leak into a failure; nothing waits for it.
	fatal(t, held.SetReadDeadline(time.Now().Add(time.Minute)))
	if _, err := io.ReadAll(held); err != nil {
		t.Fatalf("the program lives on after its parent was killed: %v", err)
	}
}

func fatal(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
