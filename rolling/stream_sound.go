package rolling

import (
	"errors"
	"fmt"

	"github.com/intactdata/intact/rolling/internal/places"
)

// sound refuses a state that no calculator can be in, and finds what follows from one
// that it can be in.
//
// Cells ascend, each has a row or is expected, and has no marks of what it has not.
// The newest row is always kept, so that it is the newest pushed. Every reset of a cell
// has a history that starts no later; and what a history starts with is either there
// or was dropped, and that only from behind the horizon and the rows of the widest
// window.
func (c *Calculator) sound() error {
	last := -1 // cell with a row
	for i := range c.cells {
		k := &c.cells[i]
		if err := c.stream.soundCell(k); err != nil {
			return fmt.Errorf("key %d %w", i, err)
		}
		if i > 0 && !c.cells[i-1].Precedes(k.At, k.Order) {
			return fmt.Errorf("key %d is not after the one before", i)
		}
		if err := c.soundValues(i); err != nil {
			return fmt.Errorf("key %d: %w", i, err)
		}
		if k.Row >= 0 {
			last = i
			c.unknown = c.unknown || k.Reset < 0
		}
	}
	newest := c.newest
	if last >= 0 {
		newest.at, newest.order = c.cells[last].At, c.cells[last].Order
	} else {
		newest.at, newest.order = 0, 0
	}
	if c.pushed != (last >= 0) || newest != c.newest {
		return errors.New("the newest row is another")
	}
	return c.soundStarts()
}

// soundCell refuses a cell that contradicts itself or the stream.
func (s *Stream) soundCell(c *places.Cell) error {
	isRow, isExpected := c.Row >= 0, c.Expected >= 0
	switch {
	case !s.unit.Holds(c.At):
		return errors.New("is at no time")
	case !isRow && !isExpected:
		return errors.New("has no row and is not expected")
	case isExpected && !s.expects:
		return errors.New("is expected and nothing is")
	case isExpected && c.ExpectedReset < 0:
		return errors.New("is expected with no reset")
	case !isExpected && (c.Excused || c.Due != 0 || c.ExpectedReset != 0):
		return errors.New("is not expected and yet excused, due or of a reset")
	case !isRow && (c.Duplicate || c.Counted != 0 || c.Reset != 0):
		return errors.New("has no row and yet two, a predicate or a reset")
	case c.Counted > True:
		return fmt.Errorf("has %d for a predicate", c.Counted)
	case c.Reset < -1, c.Reset < 0 && c.Counted != Unknown:
		return errors.New("is counted or excused with no reset")
	}
	return nil
}

// soundValues refuses values that are not of the columns, or that a row has not.
func (c *Calculator) soundValues(i int) error {
	for k, kind := range c.stream.kinds {
		v := c.values[i*len(c.stream.kinds)+k]
		good := v == Value{}
		if !good && c.cells[i].Row >= 0 && v.kind == kind && v.usable() {
			good = v.high == 0
			if kind == numericKind {
				good = v.numeric().inRange()
			}
		}
		if !good {
			return fmt.Errorf("what it has for column %q is no %s that was pushed", c.stream.columns[k].name, valueKindNames[kind])
		}
	}
	return nil
}

// A started history is held against the cells.
type started struct {
	at     int64
	begins bool // a cell is what it starts with
	behind int  // counted rows before the newest
}

// soundStarts refuses starts of history that cells contradict.
func (c *Calculator) soundStarts() error {
	of := make(map[int32]*started, len(c.starts))
	for _, h := range c.starts {
		if h.reset < 0 || of[h.reset] != nil || !c.stream.unit.Holds(h.at) {
			return fmt.Errorf("the history of reset %d has two starts or none", h.reset)
		}
		of[h.reset] = &started{at: h.at}
	}
	// Where rows of one key disagree in their resets each of those histories may have
	// had one of them.
	torn, tornAt := 0, map[int64]bool{}
	for i := range c.cells {
		k := &c.cells[i]
		behind := 0
		if k.Row >= 0 && k.Counted != False && k.At < c.newest.at {
			behind = 1
		}
		if k.Row >= 0 && k.Reset < 0 && k.Duplicate {
			tornAt[k.At] = true
			torn += behind
		}
		if k.Row >= 0 && k.Reset >= 0 && !of[k.Reset].sees(k.At, behind) || k.Expected >= 0 && !of[k.ExpectedReset].sees(k.At, 0) {
			return fmt.Errorf("key %d is before the history of its reset", i)
		}
	}
	horizon := c.horizon()
	for i := range c.starts {
		h := of[c.starts[i].reset]
		dropped := c.pushed && h.at < horizon && h.behind+torn >= c.stream.keepRows
		if !h.begins && !tornAt[h.at] && !dropped {
			return fmt.Errorf("nothing is where the history of reset %d starts", c.starts[i].reset)
		}
	}
	return nil
}

// sees notes a cell of the history, and reports whether it can be one.
func (h *started) sees(at int64, behind int) bool {
	if h == nil || at < h.at {
		return false
	}
	h.begins = h.begins || at == h.at
	h.behind += behind
	return true
}
