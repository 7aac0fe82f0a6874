package rolling

import (
	"fmt"
	"slices"
	"time"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A Result holds the answers to a batch. Its zero value is ready for use, and
// its memory is used again by the next [Compute]. Reading it is safe for
// concurrent use.
type Result struct {
	in   Batch
	unit calendar.Unit
	zone *time.Location // of a calendar

	rows, expected, ownPoints grouping
	points                    *grouping

	parts     []part
	frames    []frame
	answers   []answers
	byColumn  []*answers
	slotPoint []int32 // the point of each slot; nil if slots are points
	pointSlot []int32 // and back
	ended     bool
}

// answers are those of one spec, a slot per point in the order of the input.
type answers struct {
	spec        Spec
	kind        kind
	column, per int
	frame       int
	result      valueKind

	reason []Reason
	f      []float64
	i      []int64
	n      []Numeric
}

func (a *answers) zeroWhenEmpty() bool { return a.kind == count || a.kind == sum }

func (a *answers) set(point int32, z number, r Reason) {
	a.reason[point] = r
	switch a.result {
	case float64Kind:
		a.f[point] = z.f
	case int64Kind:
		a.i[point] = z.i
	default:
		a.n[point] = z.n
	}
}

// begin checks the batch and makes room for its answers.
func (res *Result) begin(b *Batch) error {
	res.ended = false
	if err := b.check(); err != nil {
		return err
	}
	res.in = *b
	res.unit = b.Rows.At.unit()
	if b.Rows.At.len() == 0 {
		switch {
		case b.Points != nil && b.Points.At.len() > 0:
			res.unit = b.Points.At.unit()
		case b.Expected != nil:
			res.unit = b.Expected.At.unit()
		}
	}
	res.zone = res.unit.Zone(b.Zone)
	entities, err := res.group(b)
	if err != nil {
		return err
	}
	points := b.Rows.At.len()
	if b.Points != nil {
		points = b.Points.At.len()
	}
	if res.points.rows == nil && b.Rows.Reset == nil && (b.Points == nil || b.Points.Reset == nil) {
		res.slotPoint = nil
	} else {
		res.slotPoint = memory.Resized(res.slotPoint, points)
	}
	if err := res.plan(b, points); err != nil {
		return err
	}
	res.split(b.workers(entities), entities)
	return nil
}

// group brings rows, expected keys and points together by entity.
func (res *Result) group(b *Batch) (entities int, err error) {
	if entities, err = b.Rows.Entity.count("rows"); err != nil {
		return 0, err
	}
	if b.Expected != nil {
		n, err := b.Expected.Entity.count("expected keys")
		if err != nil {
			return 0, err
		}
		entities = max(entities, n)
	}
	if b.Points != nil {
		n, err := b.Points.Entity.count("points")
		if err != nil {
			return 0, err
		}
		entities = max(entities, n)
	}
	res.rows.group(b.Rows.Entity, entities)
	if b.Expected != nil {
		res.expected.group(b.Expected.Entity, entities)
	}
	res.points = &res.rows
	if b.Points != nil {
		res.ownPoints.group(b.Points.Entity, entities)
		res.points = &res.ownPoints
	}
	return entities, nil
}

// plan finds the columns of the specs and the frames that they share.
func (res *Result) plan(b *Batch, points int) error {
	res.frames = res.frames[:0]
	res.answers = memory.Longer(res.answers, len(b.Specs))
	res.byColumn = res.byColumn[:0]
	for i := range b.Specs {
		s := &b.Specs[i]
		a := &res.answers[i]
		a.spec, a.kind = *s, s.statistic.kind
		for _, other := range b.Specs[:i] {
			if other.name == s.name {
				return fmt.Errorf("two windows are named %q: give one of them another name with Named", s.name)
			}
		}
		var err error
		if a.column, err = b.column(s, s.statistic.column); err != nil {
			return err
		}
		if a.kind == ratio {
			if a.per, err = b.column(s, s.statistic.per); err != nil {
				return err
			}
		}
		a.result = resultKind(a.kind, b.Columns[a.column].kind)
		a.reason = memory.Resized(a.reason, points)
		a.f, a.i, a.n = a.f[:0], a.i[:0], a.n[:0]
		switch a.result {
		case float64Kind:
			a.f = memory.Resized(a.f, points)
		case int64Kind:
			a.i = memory.Resized(a.i, points)
		default:
			a.n = memory.Resized(a.n, points)
		}
		a.frame = res.frameOf(s)
		res.byColumn = append(res.byColumn, a)
	}
	slices.SortStableFunc(res.byColumn, func(a, b *answers) int { return a.column - b.column })
	return nil
}

func (b *Batch) column(s *Spec, name string) (int, error) {
	for i := range b.Columns {
		if b.Columns[i].name == name {
			return i, nil
		}
	}
	names := make([]string, len(b.Columns))
	for i := range b.Columns {
		names[i] = b.Columns[i].name
	}
	return 0, fmt.Errorf("window %q: there is no column %q among %q: give it, or correct the name", s.name, name, names)
}

func (res *Result) frameOf(s *Spec) int {
	f := newFrame(s, res.unit.PerDay(res.zone))
	i := slices.Index(res.frames, f)
	if i < 0 {
		i = len(res.frames)
		res.frames = append(res.frames, f)
	}
	return i
}

// split shares the entities among n parts with about as many rows and points each.
func (res *Result) split(n, entities int) {
	res.parts = memory.Longer(res.parts, n)
	work := func(e int) int { return int(res.rows.offsets[e]) + int(res.points.offsets[e]) }
	total, e := work(entities), 0
	for i := range res.parts {
		p := &res.parts[i]
		p.reset()
		p.entityFrom = e
		for e < entities && (i == n-1 || work(e) < total*(i+1)/n) {
			e++
		}
		p.entityTo = e
	}
}

// Known returns how many of the expected keys, excused or not, have a row, of the
// entities that windows are asked for. Where it is 0 the list knows nothing of these
// rows: that no window misses any is no finding then.
func (res *Result) Known() int {
	known := 0
	for i := range res.parts {
		known += res.parts[i].known
	}
	return known
}

// asked reports whether windows are asked for as of points of an entity.
func (res *Result) asked(entity int) bool {
	from, to := res.points.of(entity)
	return from < to
}

// pointReset and pointAt return the reset of a point and the time of a slot's.
func (res *Result) pointReset(point int32) int32 {
	k := res.pointKeys()
	if k.Reset == nil {
		return 0
	}
	return k.Reset[point]
}

func (res *Result) pointAt(slot int32) int64 {
	return res.pointKeys().At.at(int(res.point(slot)))
}

func (res *Result) pointKeys() *Keys {
	if res.in.Points != nil {
		return res.in.Points
	}
	return &res.in.Rows.Keys
}

// point returns the point of a slot.
func (res *Result) point(slot int32) int32 {
	if res.slotPoint == nil {
		return slot
	}
	return res.slotPoint[slot]
}

// invertSlots makes the way back from points to slots.
func (res *Result) invertSlots() {
	res.ended = true
	if res.slotPoint == nil {
		res.pointSlot = nil
		return
	}
	res.pointSlot = memory.Resized(res.pointSlot, len(res.slotPoint))
	for s, p := range res.slotPoint {
		res.pointSlot[p] = int32(s)
	}
}
