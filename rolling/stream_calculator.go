package rolling

import (
	"fmt"
	"slices"
	"sort"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
	"github.com/intactdata/intact/rolling/internal/places"
)

// A Calculator holds as much of one entity's history as its windows need, and
// answers as of any point that is not older than its newest row. Its answers are
// those of a batch over the same rows and expected keys, bit for bit. It is not
// safe for concurrent use.
type Calculator struct {
	stream *Stream
	// Cells ascend by key, each with the values of its first row; older ones that
	// no window can see any more are dropped when there are too many.
	cells  []places.Cell
	values []Value
	starts []start
	newest struct{ at, order int64 } // the newest row's key
	pushed bool
	// unknown says that the reset of some row is not known: every window sees it.
	unknown bool
	limit   int

	scratch struct {
		judge    judge
		run, per values
		days     calendar.Days
	}
}

// Push adds a row that is not older than those before it; one that is, is
// refused with [ErrLate] and changes nothing.
func (c *Calculator) Push(o Observation) error {
	if c.pushed && (o.At < c.newest.at || o.At == c.newest.at && o.Order < c.newest.order) {
		return fmt.Errorf("%w: a row of %s after one of %s: if answers given since may have been wrong, add it with Replay", ErrLate, c.stream.unit.Text(o.At), c.stream.unit.Text(c.newest.at))
	}
	if err := c.check(&o); err != nil {
		return err
	}
	c.add(&o)
	return nil
}

// Replay adds a row wherever it belongs, late or not. Windows asked for from now
// on are what they would be had it come in time; those answered since it was due
// were answered without it. That it repeats a key with another reset is not seen where
// that is too old to be kept.
func (c *Calculator) Replay(o Observation) error {
	if err := c.check(&o); err != nil {
		return err
	}
	c.add(&o)
	return nil
}

// check refuses a row that is none of the stream, and makes NULL what can not be
// computed with, for it is as good as that.
func (c *Calculator) check(o *Observation) error {
	if !c.stream.unit.Holds(o.At) {
		return fmt.Errorf("a row: %w", c.stream.unit.Outside(o.At))
	}
	kinds := c.stream.kinds
	if len(o.Values) != len(kinds) {
		return fmt.Errorf("a row of %s has %d values and the stream %d columns: give a value or NULL for each", c.stream.unit.Text(o.At), len(o.Values), len(kinds))
	}
	most := uint64(0) // magnitude of a float
	for i, kind := range kinds {
		v := &o.Values[i]
		switch {
		case v.kind != kind && v.kind != 0:
			return fmt.Errorf("a row of %s: column %q is %s and got a value of %s", c.stream.unit.Text(o.At), c.stream.columns[i].name, valueKindNames[kind], valueKindNames[v.kind])
		case v.kind == float64Kind:
			most = max(most, exact.Magnitude(v.word))
		case v.kind == numericKind && !v.numeric().inRange():
			return fmt.Errorf("a row of %s: column %q got a value outside the range of NUMERIC", c.stream.unit.Text(o.At), c.stream.columns[i].name)
		}
	}
	if o.Counted > True {
		return fmt.Errorf("a row of %s: counted is %d: give True, False or Unknown", c.stream.unit.Text(o.At), o.Counted)
	}
	if most >= exact.Infinite {
		o.Values = slices.Clone(o.Values)
		for i := range o.Values {
			if !o.Values[i].usable() {
				o.Values[i] = Value{}
			}
		}
	}
	return nil
}

func (c *Calculator) add(o *Observation) {
	if o.Reset >= 0 {
		c.begins(o.Reset, o.At)
	} else {
		c.unknown = true
	}
	if !c.pushed || o.At > c.newest.at || o.At == c.newest.at && o.Order > c.newest.order {
		c.newest.at, c.newest.order, c.pushed = o.At, o.Order, true
	}
	if n := len(c.cells); n == 0 || c.cells[n-1].Precedes(o.At, o.Order) {
		if n >= c.limit {
			c.drop()
		}
		c.cells = memory.Longer(c.cells, len(c.cells)+1)
		c.cells[len(c.cells)-1].Observe(o.At, o.Order, 0, o.Reset, o.Counted)
		c.values = append(c.values, o.Values...)
		return
	}
	i := c.find(o.At, o.Order)
	k := &c.cells[i]
	switch {
	case k.At != o.At || k.Order != o.Order:
		c.insert(i, places.NewCell(o.At, o.Order, 0, o.Reset, o.Counted), o.Values)
	case k.Row >= 0:
		k.Again(o.Reset, o.Counted)
		c.unknown = c.unknown || k.Reset < 0
	default:
		first := places.NewCell(o.At, o.Order, 0, o.Reset, o.Counted)
		k.Row, k.Reset, k.Counted = 0, first.Reset, first.Counted
		copy(c.values[i*len(o.Values):], o.Values)
	}
}

// Expect adds a key that was or will be due, or corrects whether it is excused
// and when it is due. It may come before its row or after it.
func (c *Calculator) Expect(x Expectation) error {
	if !c.stream.expects {
		return fmt.Errorf("a key of %s is expected and the stream expects none: set Expects", c.stream.unit.Text(x.At))
	}
	if !c.stream.unit.Holds(x.At) {
		return fmt.Errorf("an expected key: %w", c.stream.unit.Outside(x.At))
	}
	if x.Reset < 0 {
		return fmt.Errorf("the expected key of %s: its reset is NULL, so it is not known which history it belongs to: fill it in", c.stream.unit.Text(x.At))
	}
	i := c.find(x.At, x.Order)
	if i < len(c.cells) && c.cells[i].At == x.At && c.cells[i].Order == x.Order {
		k := &c.cells[i]
		if k.Expected >= 0 && k.ExpectedReset != x.Reset {
			return fmt.Errorf("the expected key of %s has reset %d and had %d: keep the one that is right", c.stream.unit.Text(x.At), x.Reset, k.ExpectedReset)
		}
		k.Expected, k.ExpectedReset, k.Excused, k.Due = 0, x.Reset, x.Excused, x.Due
	} else {
		if len(c.cells) >= c.limit {
			c.drop()
			i = c.find(x.At, x.Order)
		}
		k := places.ExpectedCell(x.At, x.Order, 0, x.Reset)
		k.Excused, k.Due = x.Excused, x.Due
		c.insert(i, k, nil)
	}
	c.begins(x.Reset, x.At)
	return nil
}

// find returns the position of the first cell that is not before the key.
func (c *Calculator) find(at, order int64) int {
	return sort.Search(len(c.cells), func(i int) bool { return !c.cells[i].Precedes(at, order) })
}

// insert puts a cell at a position, with values or, for nil, room for them.
func (c *Calculator) insert(i int, k places.Cell, v []Value) {
	n := len(c.stream.columns)
	c.cells = slices.Insert(c.cells, i, k)
	c.values = slices.Grow(c.values, n)[:len(c.values)+n]
	copy(c.values[(i+1)*n:], c.values[i*n:])
	clear(c.values[i*n : (i+1)*n])
	copy(c.values[i*n:], v)
}
