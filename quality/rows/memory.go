package rows

import (
	"context"
	"fmt"
	"iter"
	"math"
	"runtime/debug"
)

// Option sets how an Engine measures.
type Option func(*Engine)

// MemoryLimit is how many bytes the operators of one plan may keep together. It is
// 1 GiB where it is not said, or a quarter of [debug.SetMemoryLimit] where that is
// set. The batches that are at hand come on top, and what a source itself holds.
func MemoryLimit(bytes int64) Option { return func(e *Engine) { e.memory = bytes } }

// SpillTo lets what passes the memory limit be sorted elsewhere. Without it the
// checks that would need more memory are unknown.
func SpillTo(s Spiller) Option { return func(e *Engine) { e.spiller = s } }

// Spiller sorts records that memory does not hold.
type Spiller interface {
	// Sort begins to sort records of about so many bytes each. The context ends it.
	Sort(ctx context.Context, size int) Sorter
}

// Sorter sorts records by their bytes. It is used by one goroutine.
type Sorter interface {
	// Add takes a record, whose memory stays the caller's.
	Add(record []byte) error
	// Sorted ends the records and yields them once, the least first. A record is
	// good until the next one.
	Sorted() iter.Seq2[[]byte, error]
	// Close ends the sort and removes what it has put anywhere. It may be called
	// again.
	Close()
}

const defaultMemory = 1 << 30

// budget is the memory of one plan.
func (e *Engine) budget() *memory {
	m := &memory{limit: e.memory, spiller: e.spiller}
	if all := debug.SetMemoryLimit(-1); m.limit <= 0 && all < math.MaxInt64 {
		m.limit = all / 4
	} else if m.limit <= 0 {
		m.limit = defaultMemory
	}
	if m.spillAt = m.limit / 8 * 7; e.spillAt != nil {
		m.spillAt = *e.spillAt
	}
	return m
}

// memory is what the operators of a plan keep together, and where the rest goes.
type memory struct {
	ctx     context.Context
	limit   int64
	spillAt int64 // less: what cannot go to disk wants room, too
	used    int64
	sampled int64 // what first rows take of it
	spiller Spiller
	sorters []Sorter
}

// share is what one operator keeps of it.
type share struct {
	of   *memory
	held int64
}

// holds says how much is kept now.
func (s *share) holds(bytes int64) {
	s.of.used += bytes - s.held
	s.held = bytes
}

// fits says how much is kept now, and hears whether it may stay.
func (s *share) fits(bytes int64) bool {
	s.holds(bytes)
	return s.of.used <= s.of.spillAt
}

// passes reports whether the limit is passed by what cannot go to disk. What can go there
// overshoots where its tables grow: that takes nothing of the room that is left for this.
func (s *share) passes() bool { return s.of.used > s.of.limit && s.held > s.of.limit-s.of.spillAt }

// spill begins a sort of what does not fit; rows are how many do, to know how large
// one is.
func (s *share) spill(what string, rows int) (Sorter, error) {
	m := s.of
	if m.spiller == nil {
		return nil, fmt.Errorf("%w, or let it go to disk with rows.SpillTo", s.over(what))
	}
	out := m.spiller.Sort(m.ctx, int(s.held/int64(max(rows, 1)))+1)
	m.sorters = append(m.sorters, out)
	return out, nil
}

// over says that something is too much, of which nothing can be spilled.
func (s *share) over(what string) error {
	mib := float64(s.of.limit) / (1 << 20)
	return fmt.Errorf("the %.1f MiB that a plan may keep in memory are too little for %s: raise rows.MemoryLimit", mib, what)
}

func (m *memory) close() {
	for _, s := range m.sorters {
		s.Close()
	}
}
