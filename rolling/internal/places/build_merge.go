package places

import "github.com/intactdata/intact/rolling/internal/calendar"

// merge builds an entity in full: rows and expected keys side by side, key by
// key, then for each reset the places that its windows see.
func (p *Part) merge(t *Table, e int) error {
	w := &p.scratch
	w.cells, w.histories = w.cells[:0], w.histories[:0]
	if err := p.mergeCells(t, e); err != nil {
		return err
	}
	unknown := false // a cell whose reset is not known is seen in every history
	for i := range w.cells {
		c := &w.cells[i]
		unknown = unknown || c.Row >= 0 && c.Reset < 0
		if c.Row >= 0 && c.Reset >= 0 {
			w.belongs(c.Reset, int32(i))
		}
		if c.Expected >= 0 {
			w.belongs(c.ExpectedReset, int32(i))
		}
	}
	lost := p.pointHistories(t, e)
	slots, _ := t.points.Of(e)
	for _, h := range w.histories {
		if unknown {
			h.first, h.last = 0, int32(len(w.cells)-1)
		}
		p.emit(t, e, h)
		g := &p.groups[len(p.groups)-1]
		g.slots = slots
		slots = p.takePoints(t, e, h.reset, slots)
		g.slotsTo = slots
	}
	if lost {
		twins := int32(len(p.twins))
		g := group{entity: int32(e), reset: -1, from: p.places, to: p.places, kept: int32(len(p.at)), twins: twins, twinsTo: twins, slots: slots, start: calendar.None, lost: true}
		g.slotsTo = p.takePoints(t, e, -1, slots)
		p.groups = append(p.groups, g)
	}
	return nil
}

// emit appends the places that the windows of one history see.
func (p *Part) emit(t *Table, e int, h history) {
	g := group{entity: int32(e), reset: h.reset, start: h.start, clean: true,
		from: p.places, kept: int32(len(p.at)), twins: int32(len(p.twins))}
	asked := t.asked(e)
	for i := h.first; i <= h.last; i++ {
		c := &p.scratch.cells[i]
		if asked && c.Seen(h.reset) && c.Expected >= 0 && c.ExpectedReset == h.reset {
			p.known++
			t.met[e] = true
		}
		state, isPlace := c.Look(h.reset, t.in.Expects, t.in.Now)
		at := int32(len(p.at)) - g.kept
		if c.Duplicate && c.Seen(h.reset) {
			double := twin{at: c.At, row: c.Row, rank: 2 * at}
			if isPlace {
				double.rank++
			}
			p.twins = append(p.twins, double)
			g.clean = false
		}
		if !isPlace {
			continue
		}
		ref := c.Row
		if state&Missing != 0 {
			ref = ^c.Expected
		}
		p.at, p.ref, p.state = append(p.at, c.At), append(p.ref, ref), append(p.state, state)
		if state&^Unexpected != 0 {
			g.clean = false
		}
	}
	g.to, g.twinsTo = g.from+int32(len(p.at))-g.kept, int32(len(p.twins))
	g.findContiguous(t, p.ref)
	p.places = g.to
	p.groups = append(p.groups, g)
}

// pointHistories adds the resets that only points have, and reports whether
// points are rows whose reset is NULL.
func (p *Part) pointHistories(t *Table, e int) (lost bool) {
	from, to := t.points.Of(e)
	for i := from; i < to; i++ {
		reset := t.pointReset(t.points.Row(i))
		if reset < 0 {
			lost = true
			continue
		}
		p.scratch.history(reset)
	}
	return lost
}

// takePoints gives the points of one reset the slots from the given one on, and
// returns the slot after them.
func (p *Part) takePoints(t *Table, e int, reset, slot int32) int32 {
	from, to := t.points.Of(e)
	for i := from; i < to; i++ {
		point := t.points.Row(i)
		if r := t.pointReset(point); r == reset || r < 0 && reset < 0 {
			if t.slotPoint != nil {
				t.slotPoint[slot] = point
			}
			slot++
		}
	}
	return slot
}
