package places

import "github.com/intactdata/intact/rolling/internal/memory"

// End makes the way back from points to slots.
func (t *Table) End() {
	if t.slotPoint == nil {
		t.pointSlot = nil
		return
	}
	t.pointSlot = memory.Resized(t.pointSlot, len(t.slotPoint))
	for s, p := range t.slotPoint {
		t.pointSlot[p] = int32(s)
	}
}

// asked reports whether windows are asked for as of points of an entity.
func (t *Table) asked(entity int) bool {
	from, to := t.points.Of(entity)
	return from < to
}

// PointCount returns the number of points.
func (t *Table) PointCount() int { return t.pointKeys().At.Len() }

// pointReset and pointAt return the reset of a point and the time of a slot's.
func (t *Table) pointReset(point int32) int32 {
	k := t.pointKeys()
	if k.Reset == nil {
		return 0
	}
	return k.Reset[point]
}

func (t *Table) pointAt(slot int32) int64 {
	return t.pointKeys().At.at(int(t.Point(slot)))
}

func (t *Table) pointKeys() *Keys {
	if t.in.Pointed {
		return &t.in.Points
	}
	return &t.in.Rows
}

// PointsOf returns the points of a chunk's slots, or nil where slots are points.
func (t *Table) PointsOf(c *Chunk) []int32 {
	if t.slotPoint == nil {
		return nil
	}
	return t.slotPoint[c.Slot:c.SlotTo]
}

// Point returns the point of a slot.
func (t *Table) Point(slot int32) int32 {
	if t.slotPoint == nil {
		return slot
	}
	return t.slotPoint[slot]
}
