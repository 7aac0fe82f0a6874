package quality

import (
	"context"
	"errors"
)

// Ended says why a context has ended, and what went wrong last until then; while it
// lives, that is last itself. The error is both why the context ended, its
// context.Cause, and context.Canceled or context.DeadlineExceeded: errors.Is finds
// either, and what last wraps.
func Ended(ctx context.Context, last error) error {
	err, cause := ctx.Err(), context.Cause(ctx)
	switch {
	case err == nil, errors.Is(last, err) && errors.Is(last, cause) && last != err:
		return last
	case last == err:
		last = nil
	}
	return endedError{err, cause, last}
}

type endedError struct{ err, cause, last error }

func (e endedError) Error() string {
	if e.last == nil {
		return e.cause.Error()
	}
	return e.cause.Error() + ": " + e.last.Error()
}

func (e endedError) Unwrap() []error {
	out := []error{e.cause, e.err}
	if e.last != nil {
		out = append(out, e.last)
	}
	return out
}
