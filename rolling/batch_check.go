package rolling

import (
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// ErrOrder is the error of rows, expected keys or points that were promised in
// order and are not.
var ErrOrder = errors.New("out of order")

// An ExpectedTwiceError is the error of a key that is expected twice, where the two
// differ in Reset, Excused or Due. Of two that are alike one is enough.
type ExpectedTwiceError struct {
	First, Second int // their positions among the expected keys
	entity        int
	at            string
}

func (e ExpectedTwiceError) Error() string {
	return fmt.Sprintf("expected keys %d and %d: entity %d at %s is expected twice and they differ in Reset, Excused or Due: keep the one that is right",
		e.First, e.Second, e.entity, e.at)
}

// check refuses a batch whose parts do not fit together. What can be wrong with
// single rows is found on the way.
func (b *Batch) check() error {
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
	rows := b.Rows.At.len()
	if err := b.Rows.Keys.check("rows", rows); err != nil {
		return err
	}
	if b.Rows.Counted != nil && len(b.Rows.Counted) != rows {
		return lengths("rows", "Counted", len(b.Rows.Counted), rows)
	}
	for i := range b.Columns {
		if err := b.checkColumn(i, rows); err != nil {
			return err
		}
	}
	if b.Expected != nil {
		if err := b.Expected.check(&b.Rows.Keys); err != nil {
			return err
		}
	}
	if b.Points != nil {
		return b.Points.checkPoints(&b.Rows.Keys)
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
		return lengths("rows", "column "+c.name, c.len(), rows)
	}
	if !c.valid.covers(rows) {
		return fmt.Errorf("column %q: the validity bitmap has %d bytes and %d rows need %d", c.name, len(c.valid), rows, (rows+7)/8)
	}
	return nil
}

func (e *Expected) check(rows *Keys) error {
	n := e.At.len()
	if err := e.Keys.check("expected keys", n); err != nil {
		return err
	}
	if err := e.Keys.like(rows, "expected keys"); err != nil {
		return err
	}
	switch {
	case (e.Order == nil) != (rows.Order == nil) && n > 0:
		return errors.New("expected keys: order is part of the key, so give Order for both the rows and the expected keys or for neither")
	case e.Excused != nil && len(e.Excused) != n:
		return lengths("expected keys", "Excused", len(e.Excused), n)
	case e.Due != nil && len(e.Due) != n:
		return lengths("expected keys", "Due", len(e.Due), n)
	}
	return e.Keys.noNullReset("expected key")
}

func (k *Keys) checkPoints(rows *Keys) error {
	if err := k.check("points", k.At.len()); err != nil {
		return err
	}
	if err := k.like(rows, "points"); err != nil {
		return err
	}
	if k.Order != nil {
		return errors.New("points: a window is as of a time and sees nothing of that time, so leave out Order")
	}
	return k.noNullReset("point")
}

// check refuses key columns of different lengths.
func (k *Keys) check(what string, n int) error {
	if k.At.dates != nil && k.At.micros != nil {
		return fmt.Errorf("%s: times are dates or timestamps, not both", what)
	}
	if n > math.MaxInt32/2 {
		return fmt.Errorf("%s: %d are too many for one batch, at most %d; split it by entity", what, n, math.MaxInt32/2)
	}
	if k.Order != nil && len(k.Order) != n {
		return lengths(what, "Order", len(k.Order), n)
	}
	if k.Reset != nil && len(k.Reset) != n {
		return lengths(what, "Reset", len(k.Reset), n)
	}
	for i, at := range k.At.micros {
		if !calendar.Timestamps.Holds(at) {
			return fmt.Errorf("%s: row %d: %w", what, i, calendar.Timestamps.Outside(at))
		}
	}
	return k.Entity.check(what, n)
}

func (e Entities) check(what string, n int) error {
	if e.codes != nil && e.offsets != nil {
		return fmt.Errorf("%s: entities are Grouped or Coded, not both", what)
	}
	if e.offsets == nil {
		if len(e.codes) != n {
			return lengths(what, "Entity", len(e.codes), n)
		}
		return nil
	}
	last := int32(0)
	for i, o := range e.offsets {
		if o < last || i == 0 && o != 0 {
			return fmt.Errorf("%s: offset %d of the groups is %d after %d: offsets begin at 0 and never fall", what, i, o, last)
		}
		last = o
	}
	if int(last) != n {
		return fmt.Errorf("%s: the groups end at %d and there are %d times: the last offset is the number of rows", what, last, n)
	}
	return nil
}

// like refuses keys that can not be compared with those of the rows.
func (k *Keys) like(rows *Keys, what string) error {
	n := k.At.len()
	switch {
	case n == 0:
		return nil
	case rows.At.len() > 0 && k.At.unit() != rows.At.unit():
		return fmt.Errorf("%s: these times are %s and the rows' are %s: both must be of one type", what, k.At.unit(), rows.At.unit())
	case rows.Reset != nil && k.Reset == nil:
		return fmt.Errorf("%s: the rows have a reset and these have none: give each its Reset", what)
	case rows.Reset == nil && k.Reset != nil && rows.At.len() > 0:
		return fmt.Errorf("%s: these have a Reset and the rows have none: give it for both or for neither", what)
	}
	return nil
}

func (k *Keys) noNullReset(what string) error {
	for i, r := range k.Reset {
		if r < 0 {
			return fmt.Errorf("%s %d (%s): its reset is NULL, so it is not known which history it belongs to: fill it in, or leave it out", what, i, k.At.unit().Text(k.At.at(i)))
		}
	}
	return nil
}

func lengths(what, column string, got, want int) error {
	return fmt.Errorf("%s: %s has %d slots and there are %d times: each needs one slot per row", what, column, got, want)
}
