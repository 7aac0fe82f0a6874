package places

import (
	"slices"
	"time"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// An Input is what places are found in.
type Input struct {
	Rows     Keys
	Counted  []Truth // of each row; nil if all are
	Expected Expected
	Expects  bool // else nothing is known of what was expected
	Points   Keys
	Pointed  bool           // else each row is a point
	Zone     *time.Location // whose calendar days are counted
	// HistoryFrom is a count of the calendar; nil if history begins with the first key.
	HistoryFrom *int64
	Now         int64 // what expected keys are due against
}

// A Table is the places of an input and the windows over them, in parts that are
// worked on side by side. Its memory is used again.
//
// Points have slots, group by group: those of one window after the other.
type Table struct {
	in       Input
	Unit     calendar.Unit
	zone     *time.Location // of a calendar
	Entities int

	rows, expected, ownPoints Grouping
	points                    *Grouping
	met                       []bool // by entity, see Knows

	Parts     []Part
	frames    []Frame
	slotPoint []int32 // the point of each slot; nil if slots are points
	pointSlot []int32 // and back
}

// Begin takes an input that was checked, and brings its rows, expected keys and
// points together by entity.
func (t *Table) Begin(in *Input) error {
	t.in, t.frames = *in, t.frames[:0]
	t.Unit = in.Rows.At.Unit()
	if in.Rows.At.Len() == 0 {
		switch {
		case in.Pointed && in.Points.At.Len() > 0:
			t.Unit = in.Points.At.Unit()
		case in.Expects:
			t.Unit = in.Expected.At.Unit()
		}
	}
	t.zone = t.Unit.Zone(in.Zone)
	if err := t.group(); err != nil {
		return err
	}
	if t.points.rows == nil && in.Rows.Reset == nil && (!in.Pointed || in.Points.Reset == nil) {
		t.slotPoint = nil
	} else {
		t.slotPoint = memory.Resized(t.slotPoint, t.PointCount())
	}
	return nil
}

func (t *Table) group() error {
	in := &t.in
	var err error
	if t.Entities, err = in.Rows.Entity.Count("rows"); err != nil {
		return err
	}
	if in.Expects {
		n, err := in.Expected.Entity.Count("expected keys")
		if err != nil {
			return err
		}
		t.Entities = max(t.Entities, n)
	}
	if in.Pointed {
		n, err := in.Points.Entity.Count("points")
		if err != nil {
			return err
		}
		t.Entities = max(t.Entities, n)
	}
	if t.met = t.met[:0]; in.Expects {
		t.met = memory.Resized(t.met, t.Entities)
		clear(t.met)
	}
	t.rows.GroupKeys(&in.Rows, t.Entities)
	if in.Expects {
		t.expected.GroupKeys(&in.Expected.Keys, t.Entities)
	}
	t.points = &t.rows
	if in.Pointed {
		t.ownPoints.GroupKeys(&in.Points, t.Entities)
		t.points = &t.ownPoints
	}
	return nil
}

// Frame returns the number of a frame; equal frames are one.
func (t *Table) Frame(f Frame) int {
	i := slices.Index(t.frames, f)
	if i < 0 {
		i = len(t.frames)
		t.frames = append(t.frames, f)
	}
	return i
}

// Split shares the entities among n parts with about as many rows and points each.
func (t *Table) Split(n int) []Part {
	t.Parts = memory.Longer(t.Parts, n)
	work := func(e int) int { return int(t.rows.Offsets[e]) + int(t.points.Offsets[e]) }
	total, e := work(t.Entities), 0
	for i := range t.Parts {
		p := &t.Parts[i]
		p.reset()
		p.entityFrom = e
		for e < t.Entities && (i == n-1 || work(e) < total*(i+1)/n) {
			e++
		}
		p.entityTo = e
	}
	return t.Parts
}

// Known returns how many of the expected keys, excused or not, have a row, of the
// entities that windows are asked for.
func (t *Table) Known() int {
	known := 0
	for i := range t.Parts {
		known += t.Parts[i].known
	}
	return known
}

// Knows reports whether any of the expected keys of an entity, excused or not, has a row.
func (t *Table) Knows(entity int) bool { return entity < len(t.met) && t.met[entity] }

// Expects reports whether it is known what was expected.
func (t *Table) Expects() bool { return t.in.Expects }

// PerDay is how many counts of the calendar make a day.
func (t *Table) PerDay() int64 { return t.Unit.PerDay(t.zone) }
