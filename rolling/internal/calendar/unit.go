package calendar

import (
	"fmt"
	"math"
	"time"
)

// A Unit is what times are counted in: days since 1970-01-01, or microseconds.
type Unit uint8

const (
	Dates      Unit = iota // DATE
	Timestamps             // TIMESTAMP
	Datetimes              // DATETIME, of a clock on the wall
)

var unitNames = [...]string{Dates: "dates", Timestamps: "timestamps", Datetimes: "datetimes"}

// String returns what times of the unit are called.
func (u Unit) String() string { return unitNames[u] }

const dayMicros = 24 * 60 * 60 * 1_000_000

// None is no time: that of a history that has not begun.
const None = math.MaxInt64

// PerDay is how many counts of a calendar make a day.
func (u Unit) PerDay(zone *time.Location) int64 {
	if u == Dates || zone != nil {
		return 1
	}
	return dayMicros
}

// Zone returns the zone of the calendar of the times, where one is wanted: nil for
// dates, which are days already.
func (u Unit) Zone(wanted *time.Location) *time.Location {
	switch {
	case u == Dates || wanted == nil:
		return nil
	case u == Datetimes:
		return time.UTC
	}
	return wanted
}

// The range of BigQuery's [TIMESTAMP], 0001-01-01 to the end of 9999. A time beyond
// is a mark for none, such as infinity, and no sum of times in it overflows.
//
// [TIMESTAMP]: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#timestamp_type
const (
	leastTimestamp = -62_135_596_800_000_000
	mostTimestamp  = 253_402_300_799_999_999
)

// Holds reports whether there is such a time: dates are of 32 bits.
func (u Unit) Holds(at int64) bool {
	if u == Dates {
		return at == int64(int32(at))
	}
	return leastTimestamp <= at && at <= mostTimestamp
}

// Outside returns the error of a time that there is not.
func (u Unit) Outside(at int64) error {
	if u == Dates {
		return fmt.Errorf("%d days since 1970 are no date of 32 bits: leave out what has no time", at)
	}
	return fmt.Errorf("%d microseconds since 1970 are outside the range of TIMESTAMP, %s to %s: leave out what has no time", at, u.Text(leastTimestamp), u.Text(mostTimestamp))
}

// Text returns a time as BigQuery writes it.
func (u Unit) Text(at int64) string {
	switch u {
	case Dates:
		return time.Unix(at*86_400, 0).UTC().Format(time.DateOnly)
	case Datetimes:
		return time.UnixMicro(at).UTC().Format("2006-01-02 15:04:05.999999")
	}
	return time.UnixMicro(at).UTC().Format("2006-01-02 15:04:05.999999+00")
}
