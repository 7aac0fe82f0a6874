package cli

import (
	"errors"
	"fmt"

	"github.com/intactdata/intact/quality"
)

// The exit codes. Everything but exitPass blocks; of several, the worst counts:
// 1, then 3, then 4.
const (
	exitPass    = 0 // pass, and warn and waived, which are printed
	exitFail    = 1
	exitUsage   = 2 // wrong usage or configuration, such as a misspelt key
	exitUnknown = 3 // could not evaluate: a missing file or column, nothing to judge
	exitWaiting = 4 // nothing is wrong but that something is not due yet
)

// exitOf is the code of a verdict.
func exitOf(v quality.Verdict, strict bool) int {
	switch v {
	case quality.Pass, quality.Waived:
		return exitPass
	case quality.Warn:
		if strict {
			return exitFail
		}
		return exitPass
	case quality.Waiting:
		return exitWaiting
	case quality.Fail:
		return exitFail
	}
	return exitUnknown
}

// worse is the worse one of two codes that verdicts have.
func worse(a, b int) int {
	for _, code := range []int{exitFail, exitUnknown, exitWaiting} {
		if a == code || b == code {
			return code
		}
	}
	return exitPass
}

// verdictError carries a verdict that blocks out of a command whose report has
// been written already.
type verdictError struct{ code int }

func (e verdictError) Error() string { return fmt.Sprintf("exit %d", e.code) }

// evaluationError is a failure to evaluate at all, as against wrong usage.
type evaluationError struct{ error }

func (e evaluationError) Unwrap() error { return e.error }

// interruptedError is that of a run that was ended before it came to a verdict.
type interruptedError struct{ error }

func (e interruptedError) Unwrap() error { return e.error }

// exitError is an exit code, and what is still to be told of it, if anything.
type exitError struct {
	code int
	err  error
}

func (e exitError) Error() string {
	if e.err == nil {
		return fmt.Sprintf("exit %d", e.code)
	}
	return e.err.Error()
}

func (e exitError) Unwrap() error { return e.err }

// codeOf is the exit code of a command's error, and whether the user has been
// told of it already.
func codeOf(err error) (code int, told bool) {
	var verdict verdictError
	var exit exitError
	switch {
	case err == nil:
		return exitPass, true
	case errors.As(err, &verdict):
		return verdict.code, true
	case errors.As(err, &exit):
		return exit.code, exit.err == nil
	case errors.As(err, new(evaluationError)), errors.As(err, new(interruptedError)):
		return exitUnknown, false
	}
	return exitUsage, false
}
