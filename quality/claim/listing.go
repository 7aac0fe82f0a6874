package claim

import (
	"context"
	"fmt"
)

// Standing is a claim as a listing shows it.
type Standing struct {
	Claim
	// Expired says that its time is over: it can be broken.
	Expired bool
}

// Claims are those on a table, live and expired.
func (m *Manager) Claims(ctx context.Context, table string) ([]Standing, error) {
	off, err := m.measure(ctx)
	if err != nil {
		return nil, err
	}
	return m.standing(ctx, table, off)
}

// All are the claims on all tables.
func (m *Manager) All(ctx context.Context) ([]Standing, error) {
	tables, err := m.log.Names(ctx)
	if err != nil {
		return nil, fmt.Errorf("the tables that are claimed: %w", err)
	}
	off, err := m.measure(ctx)
	if err != nil {
		return nil, err
	}
	var out []Standing
	for _, table := range tables {
		s, err := m.standing(ctx, table, off)
		if err != nil {
			return nil, err
		}
		out = append(out, s...)
	}
	return out, nil
}

func (m *Manager) standing(ctx context.Context, table string, off offset) ([]Standing, error) {
	_, s, err := m.newest(ctx, table)
	if err != nil {
		return nil, err
	}
	now := m.at(m.now(), off)
	var out []Standing
	for _, c := range s.Claims {
		out = append(out, Standing{c, now.over(c)})
	}
	return out, nil
}

// Adopt is a claim that another process holds and renews, as the one that has started
// this one: it has the same right to write, for as long as that lasts. The error is a
// [LostError] where there is no such claim any more.
func (m *Manager) Adopt(ctx context.Context, table, id string) (*Held, error) {
	h := &Held{manager: m, claim: Claim{Table: table, ID: id}}
	if err := h.Check(ctx); err != nil {
		return nil, err
	}
	return h, nil
}
