package rolling

import (
	"slices"
	"time"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// An input is what places are found in.
type input struct {
	rows     keyColumns
	counted  []truth // of each row; nil if all are
	expected expectedKeys
	expects  bool // else nothing is known of what was expected
	points   keyColumns
	pointed  bool // else each row is a point
	// zone is whose calendar days are counted, now what expected keys are due against.
	zone        *time.Location
	historyFrom *int64 // a count of the calendar; nil if it begins with the first key
	now         int64
}

// A table is the places of an input and the windows over them, in parts that are
// worked on side by side. Its memory is used again.
//
// Points have slots, group by group: those of one window after the other.
type table struct {
	in       input
	unit     calendar.Unit
	zone     *time.Location // of a calendar
	entities int

	rows, expected, ownPoints grouping
	points                    *grouping

	parts     []part
	frames    []frame
	slotPoint []int32 // the point of each slot; nil if slots are points
	pointSlot []int32 // and back
}

// begin takes an input that was checked, and brings its rows, expected keys and
// points together by entity.
func (t *table) begin(in *input) error {
	t.in, t.frames = *in, t.frames[:0]
	t.unit = in.rows.at.unit()
	if in.rows.at.len() == 0 {
		switch {
		case in.pointed && in.points.at.len() > 0:
			t.unit = in.points.at.unit()
		case in.expects:
			t.unit = in.expected.at.unit()
		}
	}
	t.zone = t.unit.Zone(in.zone)
	if err := t.group(); err != nil {
		return err
	}
	if t.points.rows == nil && in.rows.reset == nil && (!in.pointed || in.points.reset == nil) {
		t.slotPoint = nil
	} else {
		t.slotPoint = memory.Resized(t.slotPoint, t.pointCount())
	}
	return nil
}

func (t *table) group() error {
	in := &t.in
	var err error
	if t.entities, err = in.rows.entity.count("rows"); err != nil {
		return err
	}
	if in.expects {
		n, err := in.expected.entity.count("expected keys")
		if err != nil {
			return err
		}
		t.entities = max(t.entities, n)
	}
	if in.pointed {
		n, err := in.points.entity.count("points")
		if err != nil {
			return err
		}
		t.entities = max(t.entities, n)
	}
	t.rows.group(in.rows.entity, t.entities)
	if in.expects {
		t.expected.group(in.expected.entity, t.entities)
	}
	t.points = &t.rows
	if in.pointed {
		t.ownPoints.group(in.points.entity, t.entities)
		t.points = &t.ownPoints
	}
	return nil
}

// frame returns the number of a frame; equal frames are one.
func (t *table) frame(f frame) int {
	i := slices.Index(t.frames, f)
	if i < 0 {
		i = len(t.frames)
		t.frames = append(t.frames, f)
	}
	return i
}

// split shares the entities among n parts with about as many rows and points each.
func (t *table) split(n int) []part {
	t.parts = memory.Longer(t.parts, n)
	work := func(e int) int { return int(t.rows.offsets[e]) + int(t.points.offsets[e]) }
	total, e := work(t.entities), 0
	for i := range t.parts {
		p := &t.parts[i]
		p.reset()
		p.entityFrom = e
		for e < t.entities && (i == n-1 || work(e) < total*(i+1)/n) {
			e++
		}
		p.entityTo = e
	}
	return t.parts
}

// end makes the way back from points to slots.
func (t *table) end() {
	if t.slotPoint == nil {
		t.pointSlot = nil
		return
	}
	t.pointSlot = memory.Resized(t.pointSlot, len(t.slotPoint))
	for s, p := range t.slotPoint {
		t.pointSlot[p] = int32(s)
	}
}

// known returns how many of the expected keys, excused or not, have a row, of the
// entities that windows are asked for.
func (t *table) known() int {
	known := 0
	for i := range t.parts {
		known += t.parts[i].known
	}
	return known
}

// asked reports whether windows are asked for as of points of an entity.
func (t *table) asked(entity int) bool {
	from, to := t.points.of(entity)
	return from < to
}

// expects reports whether it is known what was expected.
func (t *table) expects() bool { return t.in.expects }

// perDay is how many counts of the calendar make a day.
func (t *table) perDay() int64 { return t.unit.PerDay(t.zone) }

// pointCount returns the number of points.
func (t *table) pointCount() int { return t.pointKeys().at.len() }

// pointReset and pointAt return the reset of a point and the time of a slot's.
func (t *table) pointReset(point int32) int32 {
	k := t.pointKeys()
	if k.reset == nil {
		return 0
	}
	return k.reset[point]
}

func (t *table) pointAt(slot int32) int64 {
	return t.pointKeys().at.at(int(t.point(slot)))
}

func (t *table) pointKeys() *keyColumns {
	if t.in.pointed {
		return &t.in.points
	}
	return &t.in.rows
}

// pointsOf returns the points of a chunk's slots, or nil where slots are points.
func (t *table) pointsOf(c *chunk) []int32 {
	if t.slotPoint == nil {
		return nil
	}
	return t.slotPoint[c.slot:c.slotTo]
}

// point returns the point of a slot.
func (t *table) point(slot int32) int32 {
	if t.slotPoint == nil {
		return slot
	}
	return t.slotPoint[slot]
}
