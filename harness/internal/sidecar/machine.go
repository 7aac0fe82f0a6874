package sidecar

import (
	"fmt"
	"os"
	"os/exec"
)

// Machine is what is seen of a machine when a program is looked for on it.
type Machine struct {
	Getenv   func(string) string
	LookPath func(string) (string, error)
	Dir      string // where to start looking for a go.mod
}

// ThisMachine is the one we run on, seen from the working folder. In a test
// that is the folder of its package.
func ThisMachine() (Machine, error) {
	dir, err := os.Getwd()
	if err != nil {
		return Machine{}, fmt.Errorf("find the working folder: %w", err)
	}
	return Machine{Getenv: os.Getenv, LookPath: exec.LookPath, Dir: dir}, nil
}
