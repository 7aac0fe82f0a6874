package places

import (
	"iter"
	"math"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A Chunk is some points whose windows are computed together, and the places that
// these are over.
type Chunk struct {
	Slot, SlotTo int32 // of its points
	From, To     int32 // its places
	// The places are rows one after the other from this one on, or if that is negative
	// what the slices tell of each.
	Row    int32
	Refs   []int32 // its row, or the complement of its expected key
	States []State

	Reaches []Reach // of each frame
}

// ChunkPoints is how many points are answered at a time, unless windows are wider, so
// that what they share stays in the processor's cache.
const ChunkPoints = 1024

// Chunks finds the windows of all frames. A chunk holds until the next one.
func (p *Part) Chunks(t *Table) iter.Seq[*Chunk] {
	return func(yield func(*Chunk) bool) { p.findChunks(t, yield) }
}

func (p *Part) findChunks(t *Table, yield func(*Chunk) bool) {
	p.scratch.days = calendar.Of(t.zone)
	c := &p.scratch.chunk
	c.Reaches = memory.Longer(c.Reaches, len(t.frames))
	for from := 0; from < len(p.groups); {
		to := p.together(from)
		if !p.findGroups(t, p.groups[from:to], yield) {
			return
		}
		from = to
	}
}

// together returns the end of the groups that are answered together with the given
// one: those whose places and points follow on each other, none or all of them
// contiguous, and are not more than a chunk.
func (p *Part) together(from int) (to int) {
	first := &p.groups[from]
	for to = from + 1; to < len(p.groups); to++ {
		g, last := &p.groups[to], &p.groups[to-1]
		if g.contiguous != first.contiguous || g.contiguous && g.row != last.row+last.to-last.from || g.slotsTo-first.slots > ChunkPoints {
			break
		}
	}
	return to
}

func (p *Part) findGroups(t *Table, groups []group, yield func(*Chunk) bool) bool {
	c := &p.scratch.chunk
	slots, slotsTo := groups[0].slots, groups[len(groups)-1].slotsTo
	for f := range t.frames {
		r := &c.Reaches[f]
		r.found.resize(int(slotsTo - slots))
		r.stepping = true
		for i := range groups {
			g := &groups[i]
			stepping := t.frames[f].find(p, g, t, r.found.slice(g.slots-slots, g.slotsTo-slots))
			r.stepping = r.stepping && stepping
		}
	}
	for s := slots; s < slotsTo; {
		// What lies behind a wide window is gone through again for each chunk, so that
		// chunks are as long as that.
		n := int32(ChunkPoints)
		for f := range t.frames {
			found := &c.Reaches[f].found
			n = max(n, found.To[s-slots]-found.From[s-slots])
		}
		to := min(s+n, slotsTo)
		p.fillChunk(t, groups, s, to)
		if !yield(c) {
			return false
		}
		s = to
	}
	return true
}

// fillChunk makes the chunk that of the slots from one up to another of these groups.
func (p *Part) fillChunk(t *Table, groups []group, s, to int32) {
	c := &p.scratch.chunk
	c.Slot, c.SlotTo = s, to
	// Windows ascend: the first begins and the last ends them all.
	g := &groups[0]
	c.From, c.To = math.MaxInt32, 0
	for f := range t.frames {
		r := &c.Reaches[f]
		r.spans = r.found.slice(s-g.slots, to-g.slots)
		c.From, c.To = min(c.From, r.From[0]), max(c.To, r.To[len(r.To)-1])
	}
	for f := range t.frames {
		c.Reaches[f].fill(&t.frames[f], groups, s, c.From, c.To)
	}
	if c.Row, c.Refs, c.States = -1, nil, nil; g.contiguous {
		c.Row = g.row + c.From - g.from
		return
	}
	kept, n := g.kept+c.From-g.from, c.To-c.From
	c.Refs, c.States = p.ref[kept:][:n], p.state[kept:][:n]
}
