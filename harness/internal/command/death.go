//go:build linux || freebsd

package command

import "syscall"

// dieWithUs has the kernel pass on the one signal that we cannot: when we are
// killed, so is the program.
func dieWithUs(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }
