//go:build !unix

package command

import (
	"os"
	"os/exec"
)

// A console sends its signals to every process that is attached to it: we only
// outlive them.
var (
	ending  = []os.Signal{os.Interrupt}
	further []os.Signal
)

func foreground() bool { return true }

func place(*exec.Cmd, bool) {}

func pass(*os.Process, os.Signal, bool) {}

// terminate cannot ask a program to end here.
func terminate(*os.Process, bool) {}

func kill(p *os.Process, _ bool) { _ = p.Kill() }

func endOf(state *os.ProcessState) End { return End{Code: state.ExitCode()} }
