package claim_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/claim"
)

// wrong is a time of at most so much before or behind: for two writers of three as far as
// it may be, always to the same side.
func (w *writer) wrong(most time.Duration) time.Duration {
	most-- // what is just allowed
	if w.side != 0 {
		return time.Duration(w.side) * most
	}
	return time.Duration(w.random.Int64N(int64(2*most))) - most
}

// writer is a process that claims, renews, writes and releases.
type writer struct {
	sim     *simulation
	random  *rand.Rand
	manager *claim.Manager
	off     time.Duration
	drift   time.Duration
	side    int
	paused  int
	crashed bool
	held    *claim.Held
	yield   func(struct{}) bool
	next    func() bool
	stop    func()
}

func (s *simulation) start(i, seed uint64) {
	w := &writer{sim: s, random: rand.New(rand.NewPCG(seed, 100+i))}
	s.writers = append(s.writers, w)
	s.restart(w)
}

// restart begins a writer anew, with another clock and nothing in its memory.
func (s *simulation) restart(w *writer) {
	if w.stop != nil {
		w.stop()
	}
	w.crashed, w.held, w.paused = false, nil, 0
	spread := simSkew / 2
	if s.timed {
		spread = 100 * time.Hour
	}
	w.side = w.random.IntN(3) - 1
	w.off = w.wrong(spread)
	var log claim.Log = watched{w}
	if s.timed {
		log = timed{watched{w}}
	}
	var err error
	w.manager, err = claim.NewManager(log, claim.Options{Now: w.clock, Rand: rand.NewChaCha8([32]byte{byte(w.random.Uint64()), byte(w.random.Uint64()), byte(w.random.Uint64())}), MaxSkew: simSkew})
	require.NoError(s.t, err)
	next, stop := iter.Pull(func(yield func(struct{}) bool) {
		w.yield = yield
		w.run()
	})
	w.next, w.stop = func() bool { _, ok := next(); return ok }, stop
}

func (w *writer) clock() time.Time { return w.sim.now.Add(w.off + w.drift) }

// crash ends a writer where it stands: what it does from here on does nothing.
func (w *writer) crash() {
	w.crashed, w.held = true, nil
	w.stop()
}

// pause lets the scheduler go on, perhaps never to come back.
func (w *writer) pause() error {
	if w.crashed || !w.yield(struct{}{}) || w.crashed {
		w.crashed = true
		return errCrashed
	}
	return nil
}

func (w *writer) run() {
	ctx := context.Background()
	for !w.crashed {
		knew := w.sim.highest
		h, err := w.manager.Acquire(ctx, claim.Request{Table: simTable, Dates: w.days(), Owner: "writer", TTL: simTTL, Break: w.random.IntN(2) == 0})
		if w.crashed {
			return
		}
		if err != nil {
			w.sim.counts[fmt.Sprintf("%T", err)]++
			if w.pause() != nil {
				return
			}
			continue
		}
		w.held = h
		w.sim.acquired(h, knew)
		for range w.random.IntN(12) {
			if w.work(ctx) != nil || w.crashed {
				break
			}
		}
		if w.random.IntN(8) > 0 {
			w.held = nil
			_ = h.Release(ctx)
		}
		if w.pause() != nil {
			return
		}
		w.held = nil // forgotten, without a release
	}
}

func (w *writer) days() claim.Dates {
	from := simDay.AddDays(w.random.IntN(4))
	d := claim.Dates{From: from, To: from.AddDays(w.random.IntN(3))}
	switch w.random.IntN(10) {
	case 0:
		d.From = civil.Date{}
	case 1:
		d.To = civil.Date{}
	}
	return d
}

// work renews or writes, or both: the look whether the claim is held and the write are
// two steps.
func (w *writer) work(ctx context.Context) error {
	switch w.random.IntN(6) {
	case 0:
		return w.held.Renew(ctx)
	case 1:
		return w.held.Check(ctx)
	case 2: // as another process does that it has started
		twin, err := w.manager.Adopt(ctx, simTable, w.held.Claim().ID)
		if err != nil {
			return err
		}
		return twin.Check(ctx)
	}
	if !w.held.Valid(w.clock()) {
		return errors.New("not held")
	}
	if w.random.IntN(6) == 0 {
		w.paused = 80
	}
	if err := w.pause(); err != nil {
		return err
	}
	w.sim.write(w.held.Claim())
	return nil
}

// watched is the log as a writer has it.
type watched struct{ *writer }

func (l watched) Put(ctx context.Context, name string, version int64, state []byte) error {
	if err := l.pause(); err != nil {
		return err
	}
	put := func() error { return l.sim.put(ctx, name, version, state) }
	switch l.random.IntN(20) {
	case 0:
		l.sim.counts["failed puts"]++
		return errLost
	case 1:
		l.sim.counts["lost answers"]++
		_ = put()
		return errors.Join(l.pause(), errLost)
	case 2:
		l.sim.late = append(l.sim.late, func() { _ = put() })
		return errLost
	case 3: // the network repeats the request
		_ = put()
	}
	return errors.Join(put(), l.pause())
}

func (l watched) Newest(ctx context.Context, name string) (int64, []byte, error) {
	if err := l.pause(); err != nil {
		return 0, nil, err
	}
	version, state, err := l.sim.log.Newest(ctx, name)
	if version != l.sim.newest {
		l.sim.t.Errorf("version %d is told to be the newest, which is %d", version, l.sim.newest)
	}
	if l.random.IntN(40) == 0 {
		err = errLost
	}
	return version, state, errors.Join(err, l.pause())
}

func (l watched) Names(ctx context.Context) ([]string, error) { return l.sim.log.Names(ctx) }

// timed is a log with a clock that is right, whose answer takes as long as it likes.
type timed struct{ watched }

func (l timed) Now(context.Context) (time.Time, error) {
	if err := l.pause(); err != nil {
		return time.Time{}, err
	}
	return l.sim.now, l.pause()
}
