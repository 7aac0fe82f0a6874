package places

import (
	"fmt"
	"math"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// A Part is a run of entities that one goroutine answers by itself.
//
// Its places are numbered in the order of their keys, group by group; a group is
// one entity with one reset, which is all that a window ever sees.
type Part struct {
	entityFrom, entityTo int

	places int32 // how many there are
	known  int   // see Table.Known
	groups []group
	twins  []twin
	// The places of the groups that keep them.
	at    []int64
	ref   []int32 // its row, or the complement of its expected key
	state []State

	scratch scratch
}

// A scratch is the memory that a part works in, used again from group to group and
// from call to call.
type scratch struct {
	sorting   Radix
	times     []int64 // of the places of a group
	points    []int64 // of its points, if they are others
	cells     []Cell
	histories []history
	days      calendar.Days
	chunk     Chunk
}

// A group is the places and the points of one entity with one reset.
type group struct {
	entity         int32
	reset          int32
	from, to       int32 // its places
	kept           int32 // where the part keeps them; −1 if not, for they are rows one after the other
	slots, slotsTo int32 // its points
	twins, twinsTo int32 // its duplicate keys
	start          int64 // of its history; MaxInt64 if it has none
	clean          bool  // no place has a state, nothing occurs twice
	contiguous     bool  // its places are rows one after the other, the first of them row
	row            int32
	others         bool // its points are at other times than its places
	lost           bool // points that are rows whose reset is NULL
}

// A twin is a key that occurs twice, whether it takes a place or is excused.
type twin struct {
	at   int64
	row  int32
	rank int32 // 2p+1 at place p; 2p between the places p−1 and p
}

func (p *Part) reset() {
	p.places, p.at, p.ref, p.state = 0, p.at[:0], p.ref[:0], p.state[:0]
	p.groups, p.twins, p.known = p.groups[:0], p.twins[:0], 0
}

// Build finds the places and groups of the part's entities.
func (p *Part) Build(t *Table) error {
	in, sorting := &t.in, &p.scratch.sorting
	for e := p.entityFrom; e < p.entityTo; e++ {
		if in.Pointed {
			if err := t.points.Sort(&in.Points, e, "points", sorting); err != nil {
				return err
			}
		}
		if p.plain(t, e) {
			continue
		}
		if err := t.rows.Sort(&in.Rows, e, "rows", sorting); err != nil {
			return err
		}
		if in.Expects {
			if err := t.expected.Sort(&in.Expected.Keys, e, "expected keys", sorting); err != nil {
				return err
			}
		}
		// Now that it is sorted it may be one after all.
		if p.plain(t, e) {
			continue
		}
		if err := p.merge(t, e); err != nil {
			return err
		}
		if len(p.at) > math.MaxInt32 {
			return fmt.Errorf("%d places up to entity %d: a batch holds at most %d; split it by entity", len(p.at), e, math.MaxInt32)
		}
	}
	return nil
}
