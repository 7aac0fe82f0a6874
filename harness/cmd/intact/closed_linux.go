package main

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// standardOutput is where results go. Go opens /dev/null in the place of a descriptor
// that is closed when it starts, so that a report would be lost without a word: where a
// shell has closed it, by >&-, writing is an error, as it is to other programs.
//
// Python and others open /dev/null in the same way, for reading too, where somebody wants
// the exit code only. That is no error, so the shell is asked after: one opens it for
// writing only, unless its own output went there.
func standardOutput() io.Writer {
	parent := fmt.Sprintf("/proc/%d", os.Getppid())
	name, err := os.ReadFile(parent + "/comm")
	if err != nil || !slices.Contains(shells, strings.TrimSpace(string(name))) {
		return os.Stdout
	}
	flags, err := unix.FcntlInt(os.Stdout.Fd(), unix.F_GETFL, 0)
	if err != nil || flags&unix.O_ACCMODE != unix.O_RDWR || !isNull("/proc/self/fd/1") || isNull(parent+"/fd/1") {
		return os.Stdout
	}
	return closed{}
}

var shells = []string{"sh", "bash", "dash", "ash", "busybox", "ksh", "mksh", "zsh", "fish"}

func isNull(descriptor string) bool {
	to, err := os.Readlink(descriptor)
	return err == nil && to == os.DevNull
}

type closed struct{}

func (closed) Write([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "standard output", Err: os.ErrClosed}
}
