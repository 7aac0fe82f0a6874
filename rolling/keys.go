package rolling

import (
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/places"
)

// Keys are the columns that say which observation a row, an expected key or a
// point is: its entity, its time, and where they are used its order and reset.
// All columns have one slot per row.
type Keys struct {
	// Entity is the entity of each row: [Grouped] or [Coded].
	Entity Entities
	// At is the time of each row: [Dates] or [Timestamps].
	At Times
	// Order breaks ties where an entity can have two observations at one time;
	// it sorts and is part of the key. Nil if there are none. [Rank] makes it
	// from other columns.
	Order []int64
	// Reset is a code per row of what starts history anew, such as the season.
	// A window sees only keys with its point's code; a negative code is NULL.
	// Nil if history never starts anew.
	Reset []int32
}

// columns returns the keys as places are built from.
func (k *Keys) columns() places.Keys {
	return places.Keys{Entity: k.Entity.column, At: k.At.column, Order: k.Order, Reset: k.Reset}
}

// Entities says which rows belong to which entity.
type Entities struct{ column places.Entities }

// Grouped is for rows that stand entity by entity, the rows of entity e from
// offsets[e] up to offsets[e+1], and are promised to ascend by time and order
// in each: rows that do not are an error.
func Grouped(offsets []int32) Entities { return Entities{places.Entities{Offsets: offsets}} }

// Coded is for rows in any order with a code per row that says the entity,
// counted from 0. [Dictionary] makes codes from text.
func Coded(codes []int32) Entities { return Entities{places.Entities{Codes: codes}} }

// Times is a column of times, all of one type.
type Times struct{ column places.Times }

// Dates is a column of days since 1970-01-01, BigQuery's DATE.
func Dates(days []int32) Times { return Times{places.Times{Dates: days}} }

// Timestamps is a column of microseconds since 1970-01-01 00:00:00 UTC,
// BigQuery's TIMESTAMP, in whose range they must be. A day is 24 hours then, or with
// a zone one of its calendar.
func Timestamps(micros []int64) Times { return Times{places.Times{Micros: micros}} }

// Datetimes is a column of what clocks on the wall showed, as microseconds since
// they showed 1970-01-01 00:00:00, BigQuery's DATETIME. A day is 24 hours then, or
// with a zone, whichever it is, one of the calendar beside the clock.
func Datetimes(micros []int64) Times { return Times{places.Times{Micros: micros, Clock: true}} }

// Day returns a date as days since 1970-01-01.
func Day(d civil.Date) int32 {
	return int32(d.In(time.UTC).Unix() / 86_400)
}

// DayBegins returns the first instant of a day of a zone, in microseconds since
// 1970-01-01 UTC: no midnight where the clock is put forward then, and where the zone
// skips the day that of the next.
func DayBegins(day int32, zone *time.Location) int64 {
	days := calendar.In(zone)
	return days.Begin(int64(day))
}

// Truth is a value of SQL's three-valued logic. Its zero value is NULL, so that
// what was never set is not taken for an answer.
type Truth = places.Truth

const (
	// Unknown is NULL: it is not known whether the entity took part.
	Unknown Truth = places.Unknown
	// False: the entity did not take part; the row is excused.
	False Truth = places.False
	// True: the entity took part; the row is counted.
	True Truth = places.True
)

// A Key is one observation that was there or was due. Row is its position among
// the rows; where it has none Row is −1 and Expected is its position among the
// expected keys.
type Key struct {
	Entity   int32
	At       int64 // days or microseconds, as the input
	Order    int64
	Row      int
	Expected int
	timed    calendar.Unit
}

// String returns the time of the key as a date or a timestamp.
func (k Key) String() string { return k.timed.Text(k.At) }
