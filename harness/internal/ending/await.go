package ending

import (
	"context"
	"time"

	"github.com/intactdata/intact/quality"
)

// Await does something and waits for it, but not for longer than the context lasts:
// the error is then that of quality.Ended, and what was begun goes on unheeded. A
// panic is an error.
func Await[T any](ctx context.Context, do func() (T, error)) (T, error) {
	var none T
	if ctx.Err() != nil {
		return none, quality.Ended(ctx, nil)
	}
	type result struct {
		value T
		err   error
	}
	done := make(chan result, 1)
	go func() {
		var r result
		r.err = quality.Guard("a fault in what was waited for", func() (err error) {
			r.value, err = do()
			return err
		})
		done <- r
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return none, quality.Ended(ctx, nil)
	}
}

// Afterwards returns a context that goes on for a moment after ctx has ended: what
// cleans up behind some work, or says why it ended, needs one.
func Afterwards(ctx context.Context, moment time.Duration) (context.Context, context.CancelFunc) {
	after, end := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		timer := time.AfterFunc(moment, func() { end(context.Cause(ctx)) })
		context.AfterFunc(after, func() { timer.Stop() })
	})
	return after, func() {
		stop()
		end(nil)
	}
}
