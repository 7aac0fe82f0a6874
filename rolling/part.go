package rolling

import (
	"fmt"
	"math"
)

// A part is a run of entities that one goroutine answers by itself.
//
// Its places are numbered in the order of their keys, group by group; a group is
// one entity with one reset, which is all that a window ever sees.
type part struct {
	entityFrom, entityTo int
	err                  error

	places int32 // how many there are
	groups []group
	twins  []twin
	// The places of the groups that keep them.
	at    []int64
	ref   []int32 // its row, or the complement of its expected key
	state []place

	scratch workspace
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
	plain          bool // contiguous, nothing is wrong with them, and p.ref and p.state are not filled
	lost           bool // points that are rows whose reset is NULL
}

// A twin is a key that occurs twice, whether it takes a place or is excused.
type twin struct {
	at   int64
	row  int32
	rank int32 // 2p+1 at place p; 2p between the places p−1 and p
}

// none is the start of a history that has not begun.
const none = math.MaxInt64

func (p *part) reset() {
	p.places, p.at, p.ref, p.state = 0, p.at[:0], p.ref[:0], p.state[:0]
	p.groups, p.twins, p.err = p.groups[:0], p.twins[:0], nil
}

// build finds the places and groups of the part's entities.
func (p *part) build(res *Result) error {
	in, sorting := &res.in, &p.scratch.sorting
	for e := p.entityFrom; e < p.entityTo; e++ {
		if in.Points != nil {
			if err := res.points.sort(in.Points, e, "points", sorting); err != nil {
				return err
			}
		}
		if p.plain(res, e) {
			continue
		}
		if err := res.rows.sort(&in.Rows.Keys, e, "rows", sorting); err != nil {
			return err
		}
		if in.Expected != nil {
			if err := res.expected.sort(&in.Expected.Keys, e, "expected keys", sorting); err != nil {
				return err
			}
		}
		// Now that it is sorted it may be one after all.
		if p.plain(res, e) {
			continue
		}
		if err := p.merge(res, e); err != nil {
			return err
		}
		if len(p.at) > math.MaxInt32 {
			return fmt.Errorf("%d places up to entity %d: a batch holds at most %d; split it by entity", len(p.at), e, math.MaxInt32)
		}
	}
	return nil
}

// plain builds an entity of which nothing was expected, whose keys ascend and are
// unique, and whose resets stand one after the other: the common case, in one
// pass over its rows. It reports whether this was one.
func (p *part) plain(res *Result, e int) bool {
	in := &res.in
	from, to := res.rows.of(e)
	if in.Expected != nil || in.Points != nil && in.Rows.Reset != nil || from == to {
		return false
	}
	if p.plainest(res, e) {
		return true
	}
	groups, kept := len(p.groups), len(p.at)
	undo := func() bool {
		p.groups, p.at, p.ref, p.state = p.groups[:groups], p.at[:kept], p.ref[:kept], p.state[:kept]
		return false
	}
	n := int(to - from)
	p.at, p.ref, p.state = longer(p.at, kept+n), longer(p.ref, kept+n), longer(p.state, kept+n)
	number := p.places - int32(kept) // of the place that is kept first
	at, ref, state := p.at, p.ref, p.state
	k := kept
	var g *group
	lastAt, lastOrder := int64(0), int64(0)
	for i := from; i < to; i++ {
		r := res.rows.row(i)
		t := in.Rows.At.at(int(r))
		reset := int32(0)
		if in.Rows.Reset != nil {
			reset = in.Rows.Reset[r]
		}
		if g == nil || reset != g.reset {
			if reset < 0 || p.hasGroup(groups, reset) {
				return undo()
			}
			if g != nil {
				g.to, g.slotsTo = number+int32(k), i
			}
			p.groups = append(p.groups, group{entity: int32(e), reset: reset, from: number + int32(k), kept: int32(k), slots: i, start: t, clean: true,
				twins: int32(len(p.twins)), twinsTo: int32(len(p.twins))})
			g = &p.groups[len(p.groups)-1]
		}
		if i > from && t <= lastAt && (t < lastAt || in.Rows.Order == nil || in.Rows.Order[r] <= lastOrder) {
			return undo()
		}
		lastAt = t
		if in.Rows.Order != nil {
			lastOrder = in.Rows.Order[r]
		}
		at[k], ref[k], state[k] = t, r, 0
		if in.Rows.Counted != nil {
			switch in.Rows.Counted[r] {
			case True:
			case False:
				continue
			default:
				state[k], g.clean = null, false
			}
		}
		k++
	}
	g.to, g.slotsTo = number+int32(k), to
	p.places = g.to
	p.at, p.ref, p.state = p.at[:k], p.ref[:k], p.state[:k]
	if in.Points != nil {
		g.slots, g.slotsTo = res.points.of(e)
	}
	for i := groups; i < len(p.groups); i++ {
		p.groups[i].findContiguous(res, p.ref)
	}
	if res.slotPoint != nil {
		for s := p.groups[groups].slots; s < g.slotsTo; s++ {
			res.slotPoint[s] = res.points.row(s)
		}
	}
	return true
}

// plainest is plain for rows that stand as they are, of no order and no reset, all
// of them counted: such places need not be kept.
func (p *part) plainest(res *Result, e int) bool {
	rows := &res.in.Rows
	if res.rows.rows != nil || rows.Order != nil || rows.Reset != nil || rows.Counted != nil || res.slotPoint != nil {
		return false
	}
	from, to := res.rows.of(e)
	if !rows.At.ascend(int(from), int(to)) {
		return false
	}
	g := group{entity: int32(e), from: p.places, to: p.places + to - from, kept: -1, slots: from, slotsTo: to, start: rows.At.at(int(from)),
		clean: true, contiguous: true, row: from, twins: int32(len(p.twins)), twinsTo: int32(len(p.twins))}
	if res.in.Points != nil {
		g.slots, g.slotsTo = res.points.of(e)
	}
	p.groups, p.places = append(p.groups, g), g.to
	return true
}

// findContiguous notes whether the places are rows one after the other, whose
// values need not be gathered.
func (g *group) findContiguous(res *Result, ref []int32) {
	if g.clean && res.rows.rows == nil && g.to > g.from {
		g.row = ref[g.kept]
		g.contiguous = ref[g.kept+g.to-g.from-1]-g.row == g.to-1-g.from
	}
}

// hasGroup reports whether a group since the given one has this reset.
func (p *part) hasGroup(since int, reset int32) bool {
	for i := since; i < len(p.groups); i++ {
		if p.groups[i].reset == reset {
			return true
		}
	}
	return false
}

// longer returns s with length n, what it holds kept.
func longer[T any](s []T, n int) []T {
	if cap(s) >= n {
		return s[:n]
	}
	grown := make([]T, n, max(n, 2*cap(s)))
	copy(grown, s)
	return grown
}
