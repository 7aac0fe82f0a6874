//go:build unix

package command

import (
	"os"
	"os/exec"
	"slices"
	"syscall"

	"golang.org/x/sys/unix"
)

var (
	ending  = []os.Signal{unix.SIGHUP, unix.SIGINT, unix.SIGTERM}
	further = []os.Signal{unix.SIGQUIT, unix.SIGUSR1, unix.SIGUSR2}
	// keyboard are those that a terminal sends to the whole of a process group.
	keyboard = []os.Signal{unix.SIGHUP, unix.SIGINT, unix.SIGQUIT}
)

// foreground reports whether our terminal, if we have one, takes its input for
// our process group: a program in another group could not read it.
func foreground() bool {
	terminal, err := os.Open("/dev/tty")
	if err != nil {
		return false
	}
	defer terminal.Close()
	reader, err := unix.IoctlGetInt(int(terminal.Fd()), unix.TIOCGPGRP)
	ours, none := unix.Getpgid(0)
	return err == nil && none == nil && reader == ours
}

func place(cmd *exec.Cmd, shared bool) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: !shared}
	dieWithUs(cmd.SysProcAttr)
}

// pass sends a signal on. That the program is gone meanwhile is no matter.
func pass(to *os.Process, got os.Signal, shared bool) {
	switch number := got.(syscall.Signal); {
	case !shared:
		_ = unix.Kill(-to.Pid, number)
	case !slices.Contains(keyboard, got):
		_ = to.Signal(got)
	}
}

// terminate asks a program to end, and kill ends it: all of its group where that is its
// own.
func terminate(p *os.Process, shared bool) { pass(p, unix.SIGTERM, shared) }

func kill(p *os.Process, shared bool) { pass(p, unix.SIGKILL, shared) }

func endOf(state *os.ProcessState) End {
	if status, ok := state.Sys().(syscall.WaitStatus); ok && status.Signaled() {
		return End{128 + int(status.Signal()), unix.SignalName(status.Signal())}
	}
	return End{Code: state.ExitCode()}
}
