package rolling

import (
	"errors"
	"fmt"
	"time"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/places"
)

// ErrOrder is the error of rows, expected keys or points that were promised in
// order and are not.
var ErrOrder = places.ErrOrder

// An ExpectedTwiceError is the error of a key that is expected twice, where the two
// differ in Reset, Excused or Due. Of two that are alike one is enough.
type ExpectedTwiceError struct {
	First, Second int // their positions among the expected keys
	twice         places.TwiceError
}

func (e ExpectedTwiceError) Error() string { return e.twice.Error() }

// check refuses a batch whose parts do not fit together. What can be wrong with
// single rows is found on the way.
func (b *Batch) check(in *places.Input) error {
	if len(b.Specs) == 0 {
		return errors.New("no windows: give at least one spec")
	}
	for i, s := range b.Specs {
		if s.statistic.kind == 0 {
			return fmt.Errorf("spec %d is empty: make it with New or Parse", i)
		}
	}
	if err := checkDays(b.Zone, b.HistoryFrom); err != nil {
		return err
	}
	if err := in.Check(); err != nil {
		return err
	}
	for i := range b.Columns {
		if err := b.checkColumn(i, in.Rows.At.Len()); err != nil {
			return err
		}
	}
	return nil
}

// checkDays refuses days that differ from machine to machine, and a start of history
// that is none of them.
func checkDays(zone *time.Location, historyFrom *int64) error {
	switch {
	case zone == nil:
	case zone.String() == "" || zone.String() == "Local":
		return fmt.Errorf("zone %q has no name that means the same everywhere: load one by name, such as America/New_York", zone)
	case historyFrom != nil && !calendar.Dates.Holds(*historyFrom):
		return fmt.Errorf("history from: with a zone it is counted in days, and %w", calendar.Dates.Outside(*historyFrom))
	}
	return nil
}

func (b *Batch) checkColumn(i, rows int) error {
	c := &b.Columns[i]
	if !nameable(c.name) || c.kind == 0 {
		return fmt.Errorf("column %d has no name: make it with Float64s, Int64s or Numerics", i)
	}
	for _, other := range b.Columns[:i] {
		if other.name == c.name {
			return fmt.Errorf("column %q is given twice: leave one out", c.name)
		}
	}
	if c.len() != rows {
		return places.Lengths("rows", "column "+c.name, c.len(), rows)
	}
	if !c.valid.covers(rows) {
		return fmt.Errorf("column %q: the validity bitmap has %d bytes and %d rows need %d", c.name, len(c.valid), rows, (rows+7)/8)
	}
	return nil
}
