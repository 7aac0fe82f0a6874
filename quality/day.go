package quality

import (
	"fmt"
	"regexp"
	"strconv"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// RelativeDay is the pattern of a day that is counted from the run's clock.
const RelativeDay = `(today|yesterday|tomorrow)([+-]\d{1,5}d)?`

var relativeDay = regexp.MustCompile(`^` + RelativeDay + `$`)

// ParseDay reads a day as suites and the command write it: a date such as
// 2026-01-05, or one counted from the day of the run's clock, today, yesterday or
// today-14d, which is the number of days from then.
func ParseDay(text string) (day civil.Date, fromToday *int, err error) {
	if part := relativeDay.FindStringSubmatch(text); part != nil {
		n := map[string]int{"yesterday": -1, "tomorrow": 1}[part[1]]
		if part[2] != "" {
			days, err := strconv.Atoi(part[2][:len(part[2])-1])
			if err != nil {
				return civil.Date{}, nil, err
			}
			n += days
		}
		return civil.Date{}, &n, nil
	}
	day, err = civil.ParseDate(text)
	if err != nil || !day.IsValid() {
		return civil.Date{}, nil, fmt.Errorf("%q is no day: write a date such as 2021-10-01, or today, yesterday or today-14d", text)
	}
	return day, nil, nil
}

// Between is the suite on other days: those of a batch of rows, before they are written
// to the table. What is true of the whole table alone stays out by Only.
func (s Suite) Between(first, last civil.Date) Suite {
	s.From, s.To, s.FromToday, s.ToToday = first, last, nil, nil
	return s
}

// at is the suite with the days that it has at a clock.
func (s Suite) at(now time.Time) (Suite, error) {
	zone, err := expr.LoadZone(s.settled().zone())
	if err != nil {
		return s, err
	}
	today := civil.DateOf(now.In(zone))
	if s.FromToday != nil {
		s.From, s.FromToday = today.AddDays(*s.FromToday), nil
	}
	if s.ToToday != nil {
		s.To, s.ToToday = today.AddDays(*s.ToToday), nil
	}
	return s, nil
}
