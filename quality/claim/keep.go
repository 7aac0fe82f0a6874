package claim

import (
	"context"
	"errors"
	"time"
)

// Keep renews a claim in the background until stop is called, which waits for that to
// end, or ctx ends. The context that it returns ends when the claim is lost, its cause
// being the [LostError], and never later than the claim expires: what could not be
// renewed is tried again until then. Sleep waits, or returns an error when its context
// ends before.
func (h *Held) Keep(ctx context.Context, sleep func(context.Context, time.Duration) error) (kept context.Context, stop func()) {
	kept, end := context.WithCancelCause(ctx)
	done := make(chan struct{}, 2)
	var last lastError
	go func() {
		defer func() { done <- struct{}{} }()
		h.renewing(kept, sleep, &last, end)
	}()
	go func() {
		defer func() { done <- struct{}{} }()
		h.watching(kept, sleep, &last, end)
	}()
	return kept, func() {
		end(context.Canceled)
		<-done
		<-done
	}
}

// renewing renews thrice within the life of a claim, and after a failure sooner.
func (h *Held) renewing(ctx context.Context, sleep func(context.Context, time.Duration) error, last *lastError, end context.CancelCauseFunc) {
	pause := h.ttl / 3
	for sleep(ctx, pause) == nil {
		err := h.Renew(ctx)
		var lost *LostError
		switch {
		case ctx.Err() != nil:
			return
		case errors.As(err, &lost):
			end(lost)
			return
		case err != nil:
			last.set(err)
			pause = h.ttl / 30
		default:
			last.set(nil)
			pause = h.ttl / 3
		}
	}
}

// watching ends what is kept as soon as the claim may have expired, also while a
// renewal waits for its store.
func (h *Held) watching(ctx context.Context, sleep func(context.Context, time.Duration) error, last *lastError, end context.CancelCauseFunc) {
	for {
		left := h.left()
		if left <= 0 {
			why := "it could not be renewed before it expired"
			if err := last.get(); err != nil {
				why += ": " + err.Error()
			}
			end(h.lost(why))
			return
		}
		if sleep(ctx, left) != nil {
			return
		}
	}
}

// left is how long the claim is surely held yet.
func (h *Held) left() time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.over {
		return 0
	}
	return h.claim.Expires.Sub(h.manager.at(h.manager.now(), h.off).latest)
}
