package expr

import (
	"fmt"
	"math/big"
	"strconv"
	"strings"
	"time"

	"cloud.google.com/go/civil"
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
		if ct, err := civil.ParseTime(s); err == nil {
			return intValue(Time, timeMicros(ct)), nil
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

// ParseDate reads YYYY-MM-DD as days since 1970-01-01. It allocates nothing:
// every cell of a date column passes here.
func ParseDate(s string) (int64, bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	y, ok1 := digits(s[:4])
	m, ok2 := digits(s[5:7])
	d, ok3 := digits(s[8:])
	if !ok1 || !ok2 || !ok3 || y < 1 || m < 1 || m > 12 || d < 1 || d > 31 {
		return 0, false
	}
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC)
	return t.Unix() / 86400, t.Day() == d
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = n*10 + int(s[i]-'0')
	}
	return n, true
}

// ParseTimestamp reads a date, optionally a time of day with up to nine digits
// of a second, and optionally a zone offset (Z, UTC, +00, -05:30), as
// microseconds since 1970-01-01 UTC. Without an offset it is read in zone.
func ParseTimestamp(s string, zone *time.Location) (int64, bool) {
	clock, offset, zoned := cutOffset(s)
	us, ok := parseClock(clock)
	switch {
	case !ok:
		return 0, false
	case zoned:
		us -= offset
	case zone != time.UTC:
		t := time.UnixMicro(us).UTC()
		us = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone).UnixMicro()
	}
	return us, us >= firstDay*microsPerDay && us < (lastDay+1)*microsPerDay
}

// parseClock reads a date and an optional time of day as microseconds of a
// calendar without zones.
func parseClock(s string) (int64, bool) {
	if len(s) < 10 {
		return 0, false
	}
	days, ok := ParseDate(s[:10])
	if !ok || len(s) == 10 {
		return days * microsPerDay, ok
	}
	if s[10] != ' ' && s[10] != 'T' && s[10] != 't' {
		return 0, false
	}
	t, err := civil.ParseTime(s[11:])
	if err != nil {
		return 0, false
	}
	return days*microsPerDay + timeMicros(t), true
}

// cutOffset splits a zone offset off a timestamp's text, in microseconds.
func cutOffset(s string) (clock string, offset int64, ok bool) {
	for _, suffix := range []string{" UTC", "UTC", "Z", "z"} {
		if c, found := strings.CutSuffix(s, suffix); found {
			return c, 0, true
		}
	}
	at := strings.LastIndexAny(s, "+-")
	if at < len("2006-01-02") {
		return s, 0, false
	}
	hours, minutes, _ := strings.Cut(s[at+1:], ":")
	if len(hours) == 4 && minutes == "" {
		hours, minutes = hours[:2], hours[2:]
	}
	h, ok1 := digits(hours)
	m, ok2 := digits(minutes)
	if !ok1 || !ok2 || len(hours) < 1 || len(hours) > 2 || h > 14 || m > 59 {
		return s, 0, false
	}
	offset = int64(h*60+m) * 60 * 1e6
	if s[at] == '-' {
		offset = -offset
	}
	return strings.TrimSuffix(s[:at], " "), offset, true
}
