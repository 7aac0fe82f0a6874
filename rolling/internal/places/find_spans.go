package places

import "github.com/intactdata/intact/rolling/internal/memory"

// spans are the places that windows are over, a slot per point, with what is wrong
// with them whatever the column.
type spans struct {
	From, To []int32
	Reason   []Reason
}

func (s *spans) resize(n int) {
	s.From, s.To, s.Reason = memory.Resized(s.From, n), memory.Resized(s.To, n), memory.Resized(s.Reason, n)
}

func (s *spans) slice(from, to int32) spans {
	return spans{s.From[from:to], s.To[from:to], s.Reason[from:to]}
}

// A Reason says whether a window is whole as far as its places tell, and if it is not
// what is wrong with it. Where several apply it is the first of them.
type Reason uint8

const (
	Whole     Reason = iota
	Duplicate        // a key in its span occurs twice
	Gap              // an expected key has no row, and is due
	Waiting          // and none of those is due yet
	Null             // its point is of no known history
	Warmup           // history begins too late
	Empty            // it has no place
	Stale            // it is over a limit
)
