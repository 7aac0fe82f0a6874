package claim

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"time"
)

// Options are what claims need besides a log. Now and Rand are required.
type Options struct {
	Now  func() time.Time
	Rand io.Reader
	// MaxSkew is how far this machine's clock may be off the store's: that of others
	// likewise. A claim is taken over only once it has expired by more, and its holder
	// gives it up before it expires by as much. Where the log has a clock, it is how
	// far the two may drift apart within the life of a claim. 0 is [DefaultMaxSkew].
	MaxSkew time.Duration
}

const (
	DefaultMaxSkew = 5 * time.Second
	DefaultTTL     = 10 * time.Minute
)

// A Manager makes claims in a log. It is safe for concurrent use.
type Manager struct {
	log     Log
	options Options
}

func NewManager(log Log, o Options) (*Manager, error) {
	switch {
	case log == nil:
		return nil, errors.New("claims need a log to be kept in")
	case o.Now == nil || o.Rand == nil:
		return nil, errors.New("claims need a clock and randomness: set Options.Now and Options.Rand, such as time.Now and crypto/rand.Reader")
	case o.MaxSkew < 0:
		return nil, fmt.Errorf("option MaxSkew is %s: a skew is 0 or more", o.MaxSkew)
	case o.MaxSkew == 0:
		o.MaxSkew = DefaultMaxSkew
	}
	return &Manager{log: log, options: o}, nil
}

// Request is what Acquire is asked for.
type Request struct {
	Table string
	Dates
	Owner, Purpose string
	// TTL is how long the claim lasts unless renewed. 0 is [DefaultTTL].
	TTL time.Duration
	// Break takes over claims in the way that have expired. Those that have not are
	// never taken over.
	Break bool
}

// LongestWord is how many bytes an owner and a purpose may have: many claims have to fit
// in a state.
const LongestWord = 200

func (r Request) check(skew time.Duration) error {
	switch {
	case r.Table == "":
		return errors.New("a claim needs the name of a table")
	case len(r.Owner) > LongestWord || len(r.Purpose) > LongestWord:
		return fmt.Errorf("owner and purpose of a claim have at most %d bytes each", LongestWord)
	case r.TTL <= 4*skew:
		return fmt.Errorf("a claim that lasts %s is over as soon as it is held, as clocks may differ by %s: let it last longer than %s", r.TTL, skew, 4*skew)
	}
	return r.Dates.Check()
}

// Acquire claims dates of a table. The error is a [ConflictError] where others claim
// some of them.
func (m *Manager) Acquire(ctx context.Context, r Request) (*Held, error) {
	if r.TTL == 0 {
		r.TTL = DefaultTTL
	}
	if err := r.check(m.options.MaxSkew); err != nil {
		return nil, &RequestError{err}
	}
	id, err := m.id()
	if err != nil {
		return nil, err
	}
	h := &Held{manager: m, ttl: r.TTL, claim: Claim{Table: r.Table, ID: id, Dates: r.Dates, Owner: r.Owner, Purpose: r.Purpose}}
	var broken []Claim
	err = m.change(ctx, h, func(s state, now instant) (state, error) {
		inTheWay := s.overlapping(r.Dates)
		if err := conflict(r, inTheWay, now); err != nil {
			return s, err
		}
		broken = inTheWay
		c := h.claim
		c.Token, c.Since, c.Expires = s.Token+1, now.middle(), now.middle().Add(r.TTL)
		return s.without(func(c Claim) bool { _, out := c.Common(r.Dates); return out }).with(c), nil
	}, func(c Claim, held bool) bool { return held })
	if err != nil {
		return nil, err
	}
	h.broken = broken
	if !h.Valid(m.now()) {
		_ = h.Release(ctx)
		return nil, &LostError{h.claim, "it expired before its store answered: ask for a longer one (--ttl)"}
	}
	return h, nil
}

// conflict is the error that claims in the way are, nil where they may be broken.
func conflict(r Request, inTheWay []Claim, now instant) error {
	if len(inTheWay) == 0 {
		return nil
	}
	e := &ConflictError{Asked: r.Dates, Expired: true}
	for _, c := range inTheWay {
		e.Expired = e.Expired && now.over(c)
		switch {
		case e.Holder.ID == "":
			e.Holder = c
		case c.Expires.After(e.Holder.Expires):
			e.Others = append(e.Others, e.Holder)
			e.Holder = c
		default:
			e.Others = append(e.Others, c)
		}
	}
	if e.Expired && r.Break {
		return nil
	}
	e.Common, _ = e.Holder.Common(r.Dates)
	return e
}

func (m *Manager) id() (string, error) {
	var id [16]byte
	if _, err := io.ReadFull(m.options.Rand, id[:]); err != nil {
		return "", fmt.Errorf("a claim needs an id of its own: %w", err)
	}
	return hex.EncodeToString(id[:]), nil
}
