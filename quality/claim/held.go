package claim

import (
	"context"
	"sync"
	"time"
)

// Held is a claim that was acquired. It is safe for concurrent use.
type Held struct {
	manager *Manager
	ttl     time.Duration
	broken  []Claim

	mu    sync.Mutex
	claim Claim
	off   offset
	over  bool // released, or known to be lost
}

// hold takes over what the log says of the claim.
func (h *Held) hold(c Claim, there bool, off offset) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if there {
		h.claim = c
	}
	h.off, h.over = off, !there
}

// Claim is the claim as it was last written.
func (h *Held) Claim() Claim {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.claim
}

// Token is the fencing token, which a write carries.
func (h *Held) Token() int64 { return h.Claim().Token }

// Broken are the expired claims that it took over.
func (h *Held) Broken() []Claim { return h.broken }

// Valid reports whether the claim is held at a moment of this machine's clock, without
// asking the log: whoever pauses after that can hold it no more when he goes on, which
// only a write that carries the token guards against.
func (h *Held) Valid(now time.Time) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return !h.over && h.manager.at(now, h.off).within(h.claim)
}

// Check reads the log and says whether the claim is held still: a [LostError] if not.
func (h *Held) Check(ctx context.Context) error {
	return h.update(ctx, func(Claim) bool { return true }, nil)
}

// Renew has the claim last as long from now on as it was asked for. A claim that has
// expired is not renewed, also where nobody took it over yet: its holder has stopped.
func (h *Held) Renew(ctx context.Context) error {
	was := h.Claim().Expires
	return h.update(ctx, func(c Claim) bool { return c.Expires.After(was) }, func(c Claim, now instant) Claim {
		// An instant behind what it was is later still: two who renew together both do.
		if c.Expires = now.middle().Add(h.ttl); !c.Expires.After(was) {
			c.Expires = was.Add(time.Nanosecond)
		}
		return c
	})
}

// update changes the claim in the log, where it has to be and not to have expired.
func (h *Held) update(ctx context.Context, done func(Claim) bool, change func(Claim, instant) Claim) error {
	id := h.Claim().ID
	err := h.manager.change(ctx, h, func(s state, now instant) (state, error) {
		c, there := s.find(id)
		switch {
		case !there:
			return s, h.lost("another has taken it over, or it was released")
		case !now.within(c):
			return s, h.lost("it has expired, at " + stamp(c.Expires))
		}
		return s.with(change(c, now)), nil
	}, func(c Claim, there bool) bool { return there && done(c) })
	if err != nil {
		return err
	}
	if !h.Valid(h.manager.now()) {
		return h.lost("it has expired, at " + stamp(h.Claim().Expires))
	}
	return nil
}

// lost marks the claim as lost.
func (h *Held) lost(why string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.over = true
	return &LostError{h.claim, why}
}

// Release gives the claim up. It is no error that it was lost before.
func (h *Held) Release(ctx context.Context) error {
	h.mu.Lock()
	h.over = true
	id := h.claim.ID
	h.mu.Unlock()
	return h.manager.change(ctx, h, func(s state, _ instant) (state, error) {
		return s.without(func(c Claim) bool { return c.ID == id }), nil
	}, func(_ Claim, there bool) bool { return !there })
}
