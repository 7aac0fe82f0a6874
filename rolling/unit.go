package rolling

import (
	"fmt"
	"math"
	"time"
)

// unit is what times are counted in.
type unit uint8

const (
	inDays unit = iota
	inMicros
	inClockMicros
)

var unitNames = [...]string{inDays: "dates", inMicros: "timestamps", inClockMicros: "datetimes"}

// String returns what times of the unit are called.
func (u unit) String() string { return unitNames[u] }

const dayMicros = 24 * 60 * 60 * 1_000_000

// none is no time: that of a history that has not begun.
const none = math.MaxInt64

// perDay is how many counts of a calendar make a day.
func (u unit) perDay(zone *time.Location) int64 {
	if u == inDays || zone != nil {
		return 1
	}
	return dayMicros
}

// zone returns the zone of the calendar of the times, where one is wanted: nil for
// dates, which are days already.
func (u unit) zone(wanted *time.Location) *time.Location {
	switch {
	case u == inDays || wanted == nil:
		return nil
	case u == inClockMicros:
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

// holds reports whether there is such a time: dates are of 32 bits.
func (u unit) holds(at int64) bool {
	if u == inDays {
		return at == int64(int32(at))
	}
	return leastTimestamp <= at && at <= mostTimestamp
}

// outside is the error of a time that there is not.
func (u unit) outside(at int64) error {
	if u == inDays {
		return fmt.Errorf("%d days since 1970 are no date of 32 bits: leave out what has no time", at)
	}
	return fmt.Errorf("%d microseconds since 1970 are outside the range of TIMESTAMP, %s to %s: leave out what has no time", at, u.text(leastTimestamp), u.text(mostTimestamp))
}

func (u unit) text(at int64) string {
	switch u {
	case inDays:
		return time.Unix(at*86_400, 0).UTC().Format(time.DateOnly)
	case inClockMicros:
		return time.UnixMicro(at).UTC().Format("2006-01-02 15:04:05.999999")
	}
	return time.UnixMicro(at).UTC().Format("2006-01-02 15:04:05.999999+00")
}
