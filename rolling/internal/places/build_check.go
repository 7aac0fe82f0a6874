package places

import (
	"errors"
	"fmt"
	"math"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// ErrOrder is the error of rows, expected keys or points that were promised in
// order and are not.
var ErrOrder = errors.New("out of order")

// A TwiceError is the error of a key that is expected twice, where the two differ.
type TwiceError struct {
	First, Second int // their positions among the expected keys
	entity        int
	at            string
}

func (e TwiceError) Error() string {
	return fmt.Sprintf("expected keys %d and %d: entity %d at %s is expected twice and they differ in Reset, Excused or Due: keep the one that is right",
		e.First, e.Second, e.entity, e.at)
}

// Check refuses columns that do not fit together. What can be wrong with single rows
// is found on the way.
func (in *Input) Check() error {
	rows := in.Rows.At.Len()
	if err := in.Rows.Check("rows", rows); err != nil {
		return err
	}
	if in.Counted != nil && len(in.Counted) != rows {
		return Lengths("rows", "Counted", len(in.Counted), rows)
	}
	if in.Expects {
		if err := in.Expected.check(&in.Rows); err != nil {
			return err
		}
	}
	if in.Pointed {
		return in.Points.checkPoints(&in.Rows)
	}
	return nil
}

func (e *Expected) check(rows *Keys) error {
	n := e.At.Len()
	if err := e.Keys.Check("expected keys", n); err != nil {
		return err
	}
	if err := e.Keys.Like(rows, "expected keys"); err != nil {
		return err
	}
	switch {
	case (e.Order == nil) != (rows.Order == nil) && n > 0:
		return errors.New("expected keys: order is part of the key, so give Order for both the rows and the expected keys or for neither")
	case e.Excused != nil && len(e.Excused) != n:
		return Lengths("expected keys", "Excused", len(e.Excused), n)
	case e.Due != nil && len(e.Due) != n:
		return Lengths("expected keys", "Due", len(e.Due), n)
	}
	return e.Keys.NoNullReset("expected key")
}

func (k *Keys) checkPoints(rows *Keys) error {
	if err := k.Check("points", k.At.Len()); err != nil {
		return err
	}
	if err := k.Like(rows, "points"); err != nil {
		return err
	}
	if k.Order != nil {
		return errors.New("points: a window is as of a time and sees nothing of that time, so leave out Order")
	}
	return k.NoNullReset("point")
}

// Check refuses key columns of different lengths.
func (k *Keys) Check(what string, n int) error {
	if k.At.Dates != nil && k.At.Micros != nil {
		return fmt.Errorf("%s: times are dates or timestamps, not both", what)
	}
	if n > math.MaxInt32/2 {
		return fmt.Errorf("%s: %d are too many for one batch, at most %d; split it by entity", what, n, math.MaxInt32/2)
	}
	if k.Order != nil && len(k.Order) != n {
		return Lengths(what, "Order", len(k.Order), n)
	}
	if k.Reset != nil && len(k.Reset) != n {
		return Lengths(what, "Reset", len(k.Reset), n)
	}
	for i, at := range k.At.Micros {
		if !calendar.Timestamps.Holds(at) {
			return fmt.Errorf("%s: row %d: %w", what, i, calendar.Timestamps.Outside(at))
		}
	}
	return k.Entity.check(what, n)
}

func (e Entities) check(what string, n int) error {
	if e.Codes != nil && e.Offsets != nil {
		return fmt.Errorf("%s: entities are Grouped or Coded, not both", what)
	}
	if e.Offsets == nil {
		if len(e.Codes) != n {
			return Lengths(what, "Entity", len(e.Codes), n)
		}
		return nil
	}
	last := int32(0)
	for i, o := range e.Offsets {
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

// Like refuses keys that can not be compared with those of the rows.
func (k *Keys) Like(rows *Keys, what string) error {
	n := k.At.Len()
	switch {
	case n == 0:
		return nil
	case rows.At.Len() > 0 && k.At.Unit() != rows.At.Unit():
		return fmt.Errorf("%s: these times are %s and the rows' are %s: both must be of one type", what, k.At.Unit(), rows.At.Unit())
	case rows.Reset != nil && k.Reset == nil:
		return fmt.Errorf("%s: the rows have a reset and these have none: give each its Reset", what)
	case rows.Reset == nil && k.Reset != nil && rows.At.Len() > 0:
		return fmt.Errorf("%s: these have a Reset and the rows have none: give it for both or for neither", what)
	}
	return nil
}

// NoNullReset refuses keys of which it is not known what history they belong to.
func (k *Keys) NoNullReset(what string) error {
	for i, r := range k.Reset {
		if r < 0 {
			return fmt.Errorf("%s %d (%s): its reset is NULL, so it is not known which history it belongs to: fill it in, or leave it out", what, i, k.At.Unit().Text(k.At.at(i)))
		}
	}
	return nil
}

// Lengths returns the error of a column that has not a slot per row.
func Lengths(what, column string, got, want int) error {
	return fmt.Errorf("%s: %s has %d slots and there are %d times: each needs one slot per row", what, column, got, want)
}
