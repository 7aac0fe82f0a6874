package claim

import (
	"context"
	"errors"
	"time"
)

// Patience is how a claim is waited for.
type Patience struct {
	// For is how long, and Every how long from asking to asking. The last time is when it
	// is over.
	For, Every time.Duration
	// Sleep waits, or returns an error when its context ends before.
	Sleep func(context.Context, time.Duration) error
	// Told is told of a claim in the way, once for each. It may be nil.
	Told func(*ConflictError)
}

// Wait acquires a claim as soon as nothing is in its way. Who waits has no turn: of
// several the one who asks first gets it.
func (m *Manager) Wait(ctx context.Context, r Request, p Patience) (*Held, error) {
	until := m.now().Add(p.For)
	told := ""
	for {
		h, err := m.Acquire(ctx, r)
		var conflict *ConflictError
		left := until.Sub(m.now())
		if !errors.As(err, &conflict) || left <= 0 {
			return h, err
		}
		if p.Told != nil && conflict.Holder.ID != told {
			p.Told(conflict)
			told = conflict.Holder.ID
		}
		if err := p.Sleep(ctx, min(p.Every, left)); err != nil {
			return nil, err
		}
	}
}
