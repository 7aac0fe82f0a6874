package claim

import (
	"context"
	"fmt"
	"time"
)

// instant is what is known of the store's time: it lies between two.
type instant struct{ earliest, latest time.Time }

// offset is how far the store's clock is ahead of ours, as far as asking it for the time
// tells: between the moments of the question and of the answer.
type offset struct{ least, most time.Duration }

// measure asks the log for its time. One without a clock has ours.
func (m *Manager) measure(ctx context.Context) (offset, error) {
	timed, ok := m.log.(Timed)
	if !ok {
		return offset{}, nil
	}
	asked := m.now()
	theirs, err := timed.Now(ctx)
	if err != nil {
		return offset{}, fmt.Errorf("the time of the claims' store: %w", err)
	}
	answered := m.now()
	return offset{theirs.Sub(answered), theirs.Sub(asked)}, nil
}

// now is our clock without its monotonic part, which stands still while a machine
// sleeps.
func (m *Manager) now() time.Time { return m.options.Now().Round(0) }

// at is the store's time at a moment of our clock.
func (m *Manager) at(moment time.Time, o offset) instant {
	moment = moment.Round(0)
	return instant{moment.Add(o.least - m.options.MaxSkew), moment.Add(o.most + m.options.MaxSkew)}
}

// middle is the best guess.
func (i instant) middle() time.Time { return i.earliest.Add(i.latest.Sub(i.earliest) / 2).UTC() }

// over reports whether a claim has surely expired: another may take it over.
func (i instant) over(c Claim) bool { return i.earliest.After(c.Expires) }

// within reports whether a claim has surely not expired: its holder may write.
func (i instant) within(c Claim) bool { return i.latest.Before(c.Expires) }
