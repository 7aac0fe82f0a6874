package claim

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/intactdata/intact/quality"
)

const (
	// tries is how often a version is put where the log answers neither that it is
	// there nor that another is.
	tries = 3
	// races is how often the race for the next version may be lost. Of those who run
	// one wins each time, so that only a log which forgets what it was given gets here.
	races = 1000
)

// change puts the next version of the claims on the table of h, until the newest says
// what was wanted of it: done is asked for the claim as it stands there. Whatever the
// log answers to a version is no news, for it can be lost on its way, and a version can
// be put that was there and is forgotten. H has then the claim as it stands.
func (m *Manager) change(ctx context.Context, h *Held, next func(state, instant) (state, error), done func(c Claim, there bool) bool) error {
	table := h.Claim().Table
	off, err := m.measure(ctx)
	if err != nil {
		return err
	}
	failed := 0
	for range races {
		if err := ctx.Err(); err != nil {
			return quality.Ended(ctx, err)
		}
		version, s, err := m.newest(ctx, table)
		if err != nil {
			return err
		}
		if c, there := s.find(h.Claim().ID); done(c, there) {
			h.hold(c, there, off)
			return nil
		}
		if s, err = next(s, m.at(m.now(), off)); err != nil {
			return err
		}
		text, err := s.encode()
		if err != nil {
			return err
		}
		err = m.log.Put(ctx, table, version+1, text)
		if err == nil || errors.Is(err, fs.ErrExist) {
			continue
		}
		if failed++; failed == tries || ctx.Err() != nil {
			return fmt.Errorf("whether the claims on %s were changed is not known; what was claimed lasts until it expires: %w", table, quality.Ended(ctx, err))
		}
	}
	return fmt.Errorf("the claims on %s were put %d times, and are not what is newest: does their store keep what it is given?", table, races)
}

// newest is what the log says of a table.
func (m *Manager) newest(ctx context.Context, table string) (int64, state, error) {
	version, text, err := m.log.Newest(ctx, table)
	if err != nil {
		return 0, state{}, fmt.Errorf("the claims on %s: %w", table, quality.Ended(ctx, err))
	}
	s, err := decode(table, text)
	return version, s, err
}
