package reference

import (
	"time"

	"cloud.google.com/go/civil"
)

// DATETIME and TIME travel as bit fields.
// https://github.com/google/zetasql/blob/2023.08.1/zetasql/public/civil_time.h

// clockField packs hour, minute and second into 5, 6 and 6 bits.
func clockField(t civil.Time) int64 {
	return int64(t.Hour)<<12 | int64(t.Minute)<<6 | int64(t.Second)
}

func fromClockField(bits int64, nanos int) civil.Time {
	return civil.Time{
		Hour:       int(bits >> 12 & 31),
		Minute:     int(bits >> 6 & 63),
		Second:     int(bits & 63),
		Nanosecond: nanos,
	}
}

// dateField packs year, month and day into 14, 4 and 5 bits.
func dateField(d civil.Date) int64 {
	return int64(d.Year)<<9 | int64(d.Month)<<5 | int64(d.Day)
}

func fromDateField(bits int64) civil.Date {
	return civil.Date{Year: int(bits >> 9), Month: time.Month(bits >> 5 & 15), Day: int(bits & 31)}
}

const (
	clockBits = 17 // a date stands above a clock
	nanoBits  = 30 // a clock stands above its nanoseconds
)

// epoch is day 0 of a DATE.
var epoch = civil.Date{Year: 1970, Month: time.January, Day: 1}
