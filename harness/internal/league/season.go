package league

import (
	"time"

	"cloud.google.com/go/civil"
)

// season is the calendar of a regular season.
type season struct {
	name        string
	first, last civil.Date // first and last day with games
	breakFirst  civil.Date // All-Star break, both days inclusive
	breakLast   civil.Date
	deadline    civil.Date // last day on which players can be traded
}

func date(year int, month time.Month, day int) civil.Date {
	return civil.Date{Year: year, Month: month, Day: day}
}

// seasons are the known seasons, oldest first: rosters grow from one into the
// next.
var seasons = []season{
	{"2021-22", date(2021, 10, 19), date(2022, 4, 10), date(2022, 2, 18), date(2022, 2, 23), date(2022, 2, 10)},
	{"2022-23", date(2022, 10, 18), date(2023, 4, 9), date(2023, 2, 17), date(2023, 2, 22), date(2023, 2, 9)},
	{"2023-24", date(2023, 10, 24), date(2024, 4, 14), date(2024, 2, 16), date(2024, 2, 21), date(2024, 2, 8)},
	{"2024-25", date(2024, 10, 22), date(2025, 4, 13), date(2025, 2, 14), date(2025, 2, 18), date(2025, 2, 6)},
	{"2025-26", date(2025, 10, 21), date(2026, 4, 12), date(2026, 2, 13), date(2026, 2, 18), date(2026, 2, 5)},
}

// Seasons returns the names of the known seasons, oldest first.
func Seasons() []string {
	names := make([]string, len(seasons))
	for i, s := range seasons {
		names[i] = s.name
	}
	return names
}

// open reports whether games are played on the day: not in the All-Star break,
// on Thanksgiving or on Christmas Eve.
func (s season) open(d civil.Date) bool {
	if !d.Before(s.breakFirst) && !d.After(s.breakLast) {
		return false
	}
	thanksgiving := d.Month == time.November && d.Weekday() == time.Thursday && d.Day >= 22 && d.Day <= 28
	christmasEve := d.Month == time.December && d.Day == 24
	return !thanksgiving && !christmasEve
}
