package rolling

import (
	"errors"
	"fmt"
	"math"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// errOrder is the error of rows, expected keys or points that were promised in
// order and are not.
var errOrder = errors.New("out of order")

// A twiceError is the error of a key that is expected twice, where the two differ.
type twiceError struct {
	first, second int // their positions among the expected keys
	entity        int
	at            string
}

func (e twiceError) Error() string {
	return fmt.Sprintf("expected keys %d and %d: entity %d at %s is expected twice and they differ in Reset, Excused or Due: keep the one that is right",
		e.first, e.second, e.entity, e.at)
}

// check refuses columns that do not fit together. What can be wrong with single rows
// is found on the way.
func (in *input) check() error {
	rows := in.rows.at.len()
	if err := in.rows.check("rows", rows); err != nil {
		return err
	}
	if in.counted != nil && len(in.counted) != rows {
		return lengths("rows", "Counted", len(in.counted), rows)
	}
	if in.expects {
		if err := in.expected.check(&in.rows); err != nil {
			return err
		}
	}
	if in.pointed {
		return in.points.checkPoints(&in.rows)
	}
	return nil
}

func (e *expectedKeys) check(rows *keyColumns) error {
	n := e.at.len()
	if err := e.keyColumns.check("expected keys", n); err != nil {
		return err
	}
	if err := e.keyColumns.like(rows, "expected keys"); err != nil {
		return err
	}
	switch {
	case (e.order == nil) != (rows.order == nil) && n > 0:
		return errors.New("expected keys: order is part of the key, so give Order for both the rows and the expected keys or for neither")
	case e.excused != nil && len(e.excused) != n:
		return lengths("expected keys", "Excused", len(e.excused), n)
	case e.due != nil && len(e.due) != n:
		return lengths("expected keys", "Due", len(e.due), n)
	}
	return e.keyColumns.noNullReset("expected key")
}

func (k *keyColumns) checkPoints(rows *keyColumns) error {
	if err := k.check("points", k.at.len()); err != nil {
		return err
	}
	if err := k.like(rows, "points"); err != nil {
		return err
	}
	if k.order != nil {
		return errors.New("points: a window is as of a time and sees nothing of that time, so leave out Order")
	}
	return k.noNullReset("point")
}

// check refuses key columns of different lengths.
func (k *keyColumns) check(what string, n int) error {
	if k.at.dates != nil && k.at.micros != nil {
		return fmt.Errorf("%s: times are dates or timestamps, not both", what)
	}
	if n > math.MaxInt32/2 {
		return fmt.Errorf("%s: %d are too many for one batch, at most %d; split it by entity", what, n, math.MaxInt32/2)
	}
	if k.order != nil && len(k.order) != n {
		return lengths(what, "Order", len(k.order), n)
	}
	if k.reset != nil && len(k.reset) != n {
		return lengths(what, "Reset", len(k.reset), n)
	}
	for i, at := range k.at.micros {
		if !calendar.Timestamps.Holds(at) {
			return fmt.Errorf("%s: row %d: %w", what, i, calendar.Timestamps.Outside(at))
		}
	}
	return k.entity.check(what, n)
}

func (e entityColumn) check(what string, n int) error {
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
func (k *keyColumns) like(rows *keyColumns, what string) error {
	n := k.at.len()
	switch {
	case n == 0:
		return nil
	case rows.at.len() > 0 && k.at.unit() != rows.at.unit():
		return fmt.Errorf("%s: these times are %s and the rows' are %s: both must be of one type", what, k.at.unit(), rows.at.unit())
	case rows.reset != nil && k.reset == nil:
		return fmt.Errorf("%s: the rows have a reset and these have none: give each its Reset", what)
	case rows.reset == nil && k.reset != nil && rows.at.len() > 0:
		return fmt.Errorf("%s: these have a Reset and the rows have none: give it for both or for neither", what)
	}
	return nil
}

func (k *keyColumns) noNullReset(what string) error {
	for i, r := range k.reset {
		if r < 0 {
			return fmt.Errorf("%s %d (%s): its reset is NULL, so it is not known which history it belongs to: fill it in, or leave it out", what, i, k.at.unit().Text(k.at.at(i)))
		}
	}
	return nil
}

func lengths(what, column string, got, want int) error {
	return fmt.Errorf("%s: %s has %d slots and there are %d times: each needs one slot per row", what, column, got, want)
}
