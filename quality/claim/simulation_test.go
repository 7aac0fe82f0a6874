package claim_test

import (
	"context"
	"errors"
	"flag"
	"io/fs"
	"math/rand/v2"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/claim"
)

var (
	seeds = flag.Int("claim.seeds", 60, "how many simulations are run on each store")
	first = flag.Uint64("claim.first", 1, "the seed of the first")
)

// A simulation runs writers that claim days of one table, one of them at a time: at every
// operation of the store a scheduler, who wants them to fail, decides who goes on, how
// much time passes, who crashes, and whose answer is lost or comes late.
//
// It knows the true time. The clocks of writers are off by at most the skew; where the
// store has a clock they are off by as much as they like, and drift by at most the skew.
type simulation struct {
	t       *testing.T
	random  *rand.Rand
	now     time.Time // the true one
	log     claim.Log
	timed   bool
	writers []*writer
	late    []func() // puts that are under way while their writer knows of an error

	newest   int64
	token    int64            // of the newest state
	began    map[string]int64 // the version that a claim came with, by id
	standing map[string]bool  // the claims of the newest state
	given    map[int64]string // the claim that has a token
	highest  int64            // of the tokens that writers know of
	seen     map[int]int64    // the highest token that has written each day
	lastWho  map[int]string   // the claim that wrote each day last
	counts   map[string]int
}

const (
	simTable = "nba.games"
	simSkew  = 14 * time.Second
	simTTL   = time.Minute // the skew is nearly all of it that it may be
	simSteps = 800
)

var simDay = civil.Date{Year: 2026, Month: 1, Day: 1}

var (
	errCrashed = errors.New("crashed")
	errLost    = errors.New("the answer was lost")
)

func simulate(t *testing.T, seed uint64, log claim.Log, clock func(*simulation), timed bool) map[string]int {
	s := &simulation{
		t: t, random: rand.New(rand.NewPCG(seed, 17)), now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), log: log, timed: timed,
		began: map[string]int64{}, given: map[int64]string{}, seen: map[int]int64{}, lastWho: map[int]string{}, counts: map[string]int{},
	}
	clock(s)
	for i := range 4 {
		s.start(uint64(i), seed)
	}
	defer func() {
		for _, w := range s.writers {
			w.crash()
		}
	}()
	for step := range simSteps {
		s.step()
		s.check(seed, step)
		if t.Failed() {
			return s.counts
		}
	}
	return s.counts
}

// step has time pass, or a writer go on.
func (s *simulation) step() {
	switch dice := s.random.IntN(100); {
	case dice < 6:
		s.pass(time.Duration(s.random.Int64N(int64(simSkew))))
	case dice < 12:
		s.pass(time.Duration(s.random.Int64N(int64(simTTL / 4))))
	case dice < 14:
		s.pass(time.Duration(s.random.Int64N(int64(3 * simTTL))))
	case dice == 14 && s.random.IntN(10) == 0:
		s.pass(25 * time.Hour)
	case dice < 18 && len(s.late) > 0:
		i := s.random.IntN(len(s.late))
		put := s.late[i]
		s.late = append(s.late[:i], s.late[i+1:]...)
		put()
		s.counts["late puts"]++
	case dice == 18:
		w := s.writers[s.random.IntN(len(s.writers))]
		w.paused = 40
	default:
		w := s.writers[s.random.IntN(len(s.writers))]
		if w.paused > 0 {
			w.paused--
			return
		}
		if s.random.IntN(150) == 0 {
			s.counts["crashes"]++
			w.crash()
		}
		if w.next() {
			return
		}
		s.restart(w)
	}
}

// pass has time pass, and clocks drift.
func (s *simulation) pass(d time.Duration) {
	s.now = s.now.Add(d)
	for _, w := range s.writers {
		w.drift = w.wrong(simSkew / 2)
	}
}

// check holds the writers' beliefs against each other.
func (s *simulation) check(seed uint64, step int) {
	for i, w := range s.writers {
		for _, other := range s.writers[:i] {
			if w.held == nil || other.held == nil || !w.held.Valid(w.clock()) || !other.held.Valid(other.clock()) {
				continue
			}
			a, b := w.held.Claim(), other.held.Claim()
			if _, common := a.Common(b.Dates); common && a.ID != b.ID {
				s.t.Errorf("seed %d step %d: two live claims overlap:\n%s until %s\n%s until %s\nnow %s", seed, step, a, a.Expires, b, b.Expires, s.now)
			}
		}
	}
}

// acquired checks a token: no claim has it, and it is higher than those known before it
// was asked for.
func (s *simulation) acquired(h *claim.Held, knew int64) {
	c := h.Claim()
	s.counts["acquired"]++
	s.counts["taken over"] += len(h.Broken())
	if other, ok := s.given[c.Token]; ok && other != c.ID {
		s.t.Errorf("token %d has returned: %s and %s", c.Token, other, c.ID)
	}
	if c.Token <= knew {
		s.t.Errorf("token %d is not higher than %d, which was given before", c.Token, knew)
	}
	s.given[c.Token], s.highest = c.ID, max(s.highest, c.Token)
}

// write is a write to a table that refuses a token lower than one that it has seen for
// any of the days.
func (s *simulation) write(c claim.Claim) {
	var days []int
	for i := range 7 {
		if d := simDay.AddDays(i); c.Covers(claim.Dates{From: d, To: d}) {
			days = append(days, i)
			if s.seen[i] > c.Token {
				s.counts["fenced"]++
				return
			}
		}
	}
	s.counts["written"]++
	for _, i := range days {
		if last := s.lastWho[i]; s.began[last] > s.began[c.ID] {
			s.t.Errorf("%s has written day %d after %s, which took it over", c.ID, i, last)
		}
		s.seen[i], s.lastWho[i] = c.Token, c.ID
	}
}

// put puts a version, and follows what the log is.
func (s *simulation) put(ctx context.Context, name string, version int64, text []byte) error {
	err := s.log.Put(ctx, name, version, text)
	if err != nil {
		if !errors.Is(err, fs.ErrExist) {
			s.t.Error(err)
		}
		return err
	}
	if version <= s.newest {
		s.counts["put again"]++
		return nil
	}
	s.newest = version
	token, claims, err := claim.StateOf(name, text)
	if err != nil || token < s.token {
		s.t.Errorf("version %d has token %d after %d: %v", version, token, s.token, err)
	}
	s.token = token
	standing := map[string]bool{}
	for _, c := range claims {
		standing[c.ID] = true
		if !s.standing[c.ID] { // also once more, where it had gone before its writer looked
			s.began[c.ID] = version
		}
	}
	s.standing = standing
	return nil
}

// run runs the simulations of a store, and holds that what was to happen did.
func run(t *testing.T, n int, store func(t *testing.T, s *simulation) claim.Log, want ...string) {
	for _, hasClock := range []bool{false, true} {
		t.Run(map[bool]string{false: "own clocks", true: "its clock"}[hasClock], func(t *testing.T) {
			sum := map[string]int{}
			for i := range n {
				for what, count := range simulate(t, *first+uint64(i), nil, func(s *simulation) { s.log = store(t, s) }, hasClock) {
					sum[what] += count
				}
				if t.Failed() {
					return
				}
			}
			t.Log(sum)
			for _, what := range append(want, "acquired", "taken over", "written", "fenced", "crashes", "late puts", "lost answers", "*claim.ConflictError", "*claim.LostError") {
				if n >= 20 && sum[what] == 0 {
					t.Errorf("in no simulation there were %s", what)
				}
			}
		})
	}
}

func TestSimulationInMemory(t *testing.T) {
	run(t, *seeds*5, func(*testing.T, *simulation) claim.Log { return &claim.Memory{Keep: 1} }, "put again")
}

func TestSimulationOnFiles(t *testing.T) {
	run(t, *seeds/6, func(t *testing.T, _ *simulation) claim.Log { return claim.Forgetful(t.TempDir(), 1) }, "put again")
}

func TestSimulationOnBigQuery(t *testing.T) {
	run(t, *seeds/4, func(t *testing.T, s *simulation) claim.Log {
		srv := fakebq.New()
		srv.Now = func() time.Time { return s.now }
		srv.AddDataset("claims", "EU")
		client, err := srv.Client(t.Context())
		require.NoError(t, err)
		engine, err := bq.New(client, bq.Options{})
		require.NoError(t, err)
		return engine.Versions("claims", srv.Now)
	})
}
