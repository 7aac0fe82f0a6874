package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"syscall"
	"time"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality"
)

// What a run is given once its time is up, or a signal has come: less than two
// seconds in all.
const (
	abandonTimeout = 1500 * time.Millisecond // to heed it, and to clean up
	cleanupTimeout = 500 * time.Millisecond  // of which for each thing that is cleaned up
	tellTimeout    = 250 * time.Millisecond  // to say so
)

// until does a command's work until the context ends. Its output ends then as well,
// for it may be one that nobody reads; what does not heed the end is left behind.
// A panic is an error like others.
func (p Process) until(ctx context.Context, work func(Process) error) error {
	after, stop := ending.Afterwards(ctx, abandonTimeout)
	defer stop()
	told, stopTelling := ending.Afterwards(ctx, cleanupTimeout)
	defer stopTelling()
	p.Stdout, p.Stderr = ending.Writer(ctx, readWriter{p.Stdout, p.leave}), ending.Writer(told, readWriter{p.Stderr, p.leave})
	_, err := ending.Await(after, func() (any, error) {
		var err error
		if panicked := quality.Guard("it failed by a fault of its own", func() error { err = work(p); return nil }); panicked != nil {
			return nil, evaluationError{panicked}
		}
		return nil, err
	})
	if err != nil && ctx.Err() != nil && !errors.As(err, new(verdictError)) {
		return interruptedError{quality.Ended(ctx, err)}
	}
	return err
}

// readWriter writes what somebody reads, and says when nobody does any more.
type readWriter struct {
	io.Writer
	leave func()
}

func (w readWriter) Write(b []byte) (int, error) {
	n, err := w.Writer.Write(b)
	if errors.Is(err, syscall.EPIPE) && w.leave != nil {
		w.leave()
	}
	return n, err
}

// tell says on Stderr why a command gave no verdict.
func (p Process) tell(err error) {
	ctx := context.Background()
	if errors.As(err, new(interruptedError)) { // nobody may read that either
		var done context.CancelFunc
		ctx, done = context.WithTimeout(ctx, tellTimeout)
		defer done()
	}
	fmt.Fprintf(ending.Writer(ctx, p.Stderr), "intact: %v\n", err)
}
