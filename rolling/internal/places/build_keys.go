package places

import (
	"slices"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// Keys say which observation a row, an expected key or a point is. What is not
// used is nil.
type Keys struct {
	Entity Entities
	At     Times
	Order  []int64
	Reset  []int32 // negative is NULL
}

// Key returns the key of row i; what is not used is 0.
func (k *Keys) Key(i int32) (at, order int64, reset int32) {
	at = k.At.at(int(i))
	if k.Order != nil {
		order = k.Order[i]
	}
	if k.Reset != nil {
		reset = k.Reset[i]
	}
	return at, order, reset
}

// Expected are the keys that were due.
type Expected struct {
	Keys
	Excused []bool
	Due     []int64
}

// Entities say which rows belong to which entity: those from one offset up to
// the next, or those of its code.
type Entities struct {
	Offsets []int32
	Codes   []int32
}

// Times are all of one type.
type Times struct {
	Dates  []int32
	Micros []int64
	Clock  bool // micros are those of a clock on the wall
}

// Len returns the number of times.
func (t Times) Len() int {
	if t.Micros != nil {
		return len(t.Micros)
	}
	return len(t.Dates)
}

// at returns the i-th time in its own unit.
func (t Times) at(i int) int64 {
	if t.Micros != nil {
		return t.Micros[i]
	}
	return int64(t.Dates[i])
}

// ascend reports whether each of the times from one up to another is later than the
// one before.
func (t Times) ascend(from, to int) bool {
	if t.Micros != nil {
		return ascend(t.Micros[from:to])
	}
	return ascend(t.Dates[from:to])
}

func ascend[T int32 | int64](times []T) bool {
	if len(times) == 0 {
		return true
	}
	last := times[0]
	for _, t := range times[1:] {
		if t <= last {
			return false
		}
		last = t
	}
	return true
}

// between returns the times from one up to another, in the memory given.
func (t Times) between(times []int64, from, to int) []int64 {
	times = memory.Resized(times, to-from)
	if t.Micros != nil {
		copy(times, t.Micros[from:to])
		return times
	}
	for k, date := range t.Dates[from:to] {
		times[k] = int64(date)
	}
	return times
}

// equal reports whether times from one up to another are those of others, one by one.
func (t Times) equal(from, to int, others Times, othersFrom, othersTo int) bool {
	if t.Micros != nil {
		return slices.Equal(t.Micros[from:to], others.Micros[othersFrom:othersTo])
	}
	return slices.Equal(t.Dates[from:to], others.Dates[othersFrom:othersTo])
}

// Unit returns what the times are counted in.
func (t Times) Unit() calendar.Unit {
	switch {
	case t.Micros == nil:
		return calendar.Dates
	case t.Clock:
		return calendar.Datetimes
	}
	return calendar.Timestamps
}

// Truth is a value of SQL's three-valued logic; its zero value is NULL.
type Truth uint8

const (
	Unknown Truth = iota
	False
	True
)
