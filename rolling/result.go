package rolling

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/rolling/internal/memory"
	"github.com/intactdata/intact/rolling/internal/places"
)

// A Result holds the answers to a batch. Its zero value is ready for use, and
// its memory is used again by the next [Compute]. Reading it is safe for
// concurrent use.
type Result struct {
	table    places.Table
	columns  []Column
	workers  []worker // for each part of the table
	answers  []answers
	byColumn []*answers
	width    int // of the widest windows over rows
	ended    bool
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
	in := b.input()
	if err := b.check(&in); err != nil {
		return err
	}
	if err := res.table.Begin(&in); err != nil {
		return err
	}
	res.columns = b.Columns
	if err := res.plan(b); err != nil {
		return err
	}
	n := len(res.table.Split(b.workerCount(res.table.Entities)))
	res.workers = memory.Longer(res.workers, n)
	return nil
}

// plan finds the columns of the specs and the frames that they share.
func (res *Result) plan(b *Batch) error {
	points, perDay := res.table.PointCount(), res.table.PerDay()
	res.answers = memory.Longer(res.answers, len(b.Specs))
	res.byColumn, res.width = res.byColumn[:0], 0
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
		a.frame = res.table.Frame(s.frame(perDay))
		res.byColumn = append(res.byColumn, a)
		res.width = max(res.width, s.window.rows)
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

// Known returns how many of the expected keys, excused or not, have a row, of the
// entities that windows are asked for. Where it is 0 the list knows nothing of these
// rows: that no window misses any is no finding then.
func (res *Result) Known() int { return res.table.Known() }

// Knows reports whether any of the expected keys of an entity, excused or not, has a row:
// where none has, no hole of its rows can be seen. Windows must be asked for of the entity.
func (res *Result) Knows(entity int32) bool { return res.table.Knows(int(entity)) }
