package bq

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality"
)

// Waiting is what an engine waits for, see [Options.Waiting].
type Waiting struct {
	For  string        // the result of the query over nba.games
	Long time.Duration // that it has been waited for
	Last error         // what the service said last, nil if it said nothing
}

const (
	// The first and the longest time that a call is given in one go.
	firstPatience   = 3 * time.Second
	longestPatience = 5 * time.Minute
	// quietly is how long something may take of which nothing bad is heard before
	// it is told.
	quietly = 10 * time.Second
)

// call makes a call of the client, which panics on some answers that are no
// answer.
func call(do func() error) error { return quality.Guard("the BigQuery client panicked", do) }

// patiently makes a call that can be made again. The client repeats what failed
// for as long as its context lets it, says why only then, and not even then where
// the context ends in mid-request. So it is given some of the time, and then some
// more: what the service says meanwhile is told, and is in the error if the context
// ends.
func (e *Engine) patiently(ctx context.Context, what string, do func(context.Context) error) error {
	var last error
	waited := time.Duration(0)
	for patience := firstPatience; ; patience = min(2*patience, longestPatience) {
		some, stop := context.WithTimeout(ctx, patience)
		err := call(func() error { return do(some) })
		over := some.Err() != nil
		stop()
		if !over || !cutShort(err) {
			return explained(err)
		}
		if s := said(err); s != nil {
			last = s
		}
		if ctx.Err() != nil {
			if last == nil {
				return unanswered{what, ctx.Err()}
			}
			return fmt.Errorf("waiting for %s: %w", what, explained(last))
		}
		if waited += patience; last != nil || waited >= quietly {
			e.tell(Waiting{what, waited, last})
		}
	}
}

// unanswered is a call that the service said nothing to until its context ended.
type unanswered struct {
	what string
	err  error
}

func (e unanswered) Error() string { return "nothing was heard of " + e.what }
func (e unanswered) Unwrap() error { return e.err }

func (e *Engine) tell(w Waiting) {
	if e.options.Waiting == nil {
		return
	}
	e.telling.Lock()
	defer e.telling.Unlock()
	_ = quality.Guard("Options.Waiting panicked", func() error { e.options.Waiting(w); return nil }) // which is no reason to stop
}

// cutShort reports whether a call was ended by its context.
func cutShort(err error) bool {
	return errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// said is what the client repeated a call for until it was cut short, nil if it does
// not say: its error then is the context's and wraps what the service said.
func said(err error) error {
	for err != nil && cutShort(err) {
		err = errors.Unwrap(err)
	}
	return err
}
