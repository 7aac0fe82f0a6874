package sidecar

import (
	"errors"
	"os"
)

// ErrNotInstalled says that a program is not on this machine. The error that
// wraps it holds the command that installs it.
var ErrNotInstalled = errors.New("not on this machine")

// TB is what [SkipOrFail] needs of [testing.TB].
type TB interface {
	Helper()
	Skip(args ...any)
	Fatal(args ...any)
}

// SkipOrFail ends a test whose program could not be started. It skips where
// the program is not installed, unless the environment variable named is 1,
// as on a machine that is meant to run every test. Everything else fails.
func SkipOrFail(t TB, err error, variable string) {
	t.Helper()
	switch {
	case !errors.Is(err, ErrNotInstalled):
		t.Fatal(err)
	case os.Getenv(variable) == "1":
		t.Fatal(variable + "=1 forbids to skip: " + err.Error()) // as one: Fatal puts a space between two
	default:
		t.Skip(err)
	}
}
