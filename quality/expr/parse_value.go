package expr

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/internal/scalar"
)

const microsPerDay = int64(24 * time.Hour / time.Microsecond)

func dateDays(d civil.Date) int64 {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() / 86400
}

func daysDate(days int64) civil.Date { return civil.DateOf(time.Unix(days*86400, 0).UTC()) }

func timeMicros(t civil.Time) int64 {
	return ((int64(t.Hour)*60+int64(t.Minute))*60+int64(t.Second))*1e6 + int64(t.Nanosecond)/1000
}

// ParseValue reads the text of a value of the type, as a cell of a file or a
// literal holds it. A TIMESTAMP without a zone is UTC, as in BigQuery.
func ParseValue(t Type, s string) (Value, error) {
	switch t {
	case String:
		return Value{typ: String, text: s}, nil
	case Bytes:
		return Value{typ: Bytes, text: s}, nil
	case Bool:
		switch strings.ToLower(s) {
		case "true":
			return boolValue(true), nil
		case "false":
			return boolValue(false), nil
		}
	case Int64:
		if i, err := strconv.ParseInt(s, 10, 64); err == nil {
			return intValue(Int64, i), nil
		}
	case Float64:
		if f, ok := ParseFloat(s); ok {
			return floatValue(f), nil
		}
	case Numeric, BigNumeric:
		// big.Rat reads more than decimals: ratios, other bases, digit separators.
		if len(s) <= 128 && strings.Trim(s, "+-.0123456789eE") == "" {
			if r, ok := new(big.Rat).SetString(s); ok {
				if r, ok = roundDecimal(r, t); ok {
					return decimalValue(t, r), nil
				}
			}
		}
	case Date:
		if d, ok := ParseDate(s); ok {
			return intValue(Date, d), nil
		}
	case Timestamp:
		if us, ok := ParseTimestamp(s, time.UTC); ok {
			return intValue(Timestamp, us), nil
		}
	case DateTime:
		if us, ok := parseClock(s); ok {
			return intValue(DateTime, us), nil
		}
	case Time:
		if us, finer, ok := scalar.ParseTime(s); ok && !finer {
			return intValue(Time, us), nil
		}
	}
	return Value{}, fmt.Errorf("%s is no %s", quoteText(s), t)
}

// ParseFloat reads a FLOAT64 as BigQuery casts text: decimal, with an optional
// exponent, or NaN and the infinities in any case.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#cast_as_floating_point
func ParseFloat(s string) (float64, bool) {
	if strings.ContainsAny(s, "xXpP_") { // Go's hexadecimal and digit separators
		return 0, false
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}

// ParseDate reads YYYY-MM-DD as days since 1970-01-01.
func ParseDate(s string) (int64, bool) { return scalar.ParseDate(s) }

// ParseTimestamp reads a date, optionally a time of day, and optionally a zone offset
// (Z, UTC, +00, -05:30), as microseconds since 1970-01-01 UTC. Without an offset it
// is read in zone. A time finer than a microsecond is none, as in BigQuery.
func ParseTimestamp(s string, zone *time.Location) (int64, bool) {
	clock, offset, zoned := scalar.CutOffset(s)
	us, ok := parseClock(clock)
	switch {
	case !ok:
		return 0, false
	case zoned:
		us -= offset
	case zone != time.UTC:
		us = InZone(us, zone)
	}
	return us, scalar.InCalendar(us)
}

// InZone is the TIMESTAMP at which clocks in a zone show a DATETIME, both in
// microseconds.
func InZone(us int64, zone *time.Location) int64 {
	t := time.UnixMicro(us).UTC()
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone).UnixMicro()
}

// parseClock reads a date and an optional time of day as microseconds of a
// calendar without zones.
func parseClock(s string) (int64, bool) {
	if len(s) == 10 {
		days, ok := ParseDate(s)
		return days * microsPerDay, ok
	}
	us, finer, ok := scalar.ParseDateTime(s)
	return us, ok && !finer
}
