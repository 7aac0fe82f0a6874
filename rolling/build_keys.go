package rolling

import (
	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// keyColumns say which observation a row, an expected key or a point is. What is not
// used is nil.
type keyColumns struct {
	entity entityColumn
	at     timeColumn
	order  []int64
	reset  []int32 // negative is NULL
}

// key returns the key of row i; what is not used is 0.
func (k *keyColumns) key(i int32) (at, order int64, reset int32) {
	at = k.at.at(int(i))
	if k.order != nil {
		order = k.order[i]
	}
	if k.reset != nil {
		reset = k.reset[i]
	}
	return at, order, reset
}

// expectedKeys are those that were due.
type expectedKeys struct {
	keyColumns
	excused []bool
	due     []int64
}

// An entityColumn says which rows belong to which entity: those from one offset up to
// the next, or those of its code.
type entityColumn struct {
	offsets []int32
	codes   []int32
}

// A timeColumn is times of one type.
type timeColumn struct {
	dates  []int32
	micros []int64
	clock  bool // micros are those of a clock on the wall
}

func (t timeColumn) len() int {
	if t.micros != nil {
		return len(t.micros)
	}
	return len(t.dates)
}

// at returns the i-th time in its own unit.
func (t timeColumn) at(i int) int64 {
	if t.micros != nil {
		return t.micros[i]
	}
	return int64(t.dates[i])
}

// ascend reports whether each of the times from one up to another is later than the
// one before.
func (t timeColumn) ascend(from, to int) bool {
	if t.micros != nil {
		return ascend(t.micros[from:to])
	}
	return ascend(t.dates[from:to])
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
func (t timeColumn) between(times []int64, from, to int) []int64 {
	times = memory.Resized(times, to-from)
	if t.micros != nil {
		copy(times, t.micros[from:to])
		return times
	}
	for k, date := range t.dates[from:to] {
		times[k] = int64(date)
	}
	return times
}

func (t timeColumn) unit() calendar.Unit {
	switch {
	case t.micros == nil:
		return calendar.Dates
	case t.clock:
		return calendar.Datetimes
	}
	return calendar.Timestamps
}

// truth is a value of SQL's three-valued logic; its zero value is NULL.
type truth uint8

const (
	isUnknown truth = iota
	isFalse
	isTrue
)

// A finding says whether a window is whole as far as its places tell, and if it is not
// what is wrong with it. Where several apply it is the first of them.
type finding uint8

const (
	foundWhole     finding = iota
	foundDuplicate         // a key in its span occurs twice
	foundGap               // an expected key has no row, and is due
	foundWaiting           // and none of those is due yet
	foundNull              // its point is of no known history
	foundWarmup            // history begins too late
	foundEmpty             // it has no place
	foundStale             // it is over a limit
)
