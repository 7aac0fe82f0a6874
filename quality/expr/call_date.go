package expr

import (
	"fmt"
	"slices"
	"time"

	"cloud.google.com/go/civil"
)

// DatePart is a part of a date or a time of day.
type DatePart string

// The parts. DATE_DIFF and DATE_TRUNC know those from DAY to YEAR, DATE_TRUNC also
// ISOYEAR, EXTRACT all.
const (
	Day       DatePart = "DAY"
	Week      DatePart = "WEEK"    // weeks begin on Sunday
	ISOWeek   DatePart = "ISOWEEK" // weeks begin on Monday
	Month     DatePart = "MONTH"
	Quarter   DatePart = "QUARTER"
	Year      DatePart = "YEAR"
	ISOYear   DatePart = "ISOYEAR"   // begins on the Monday of its first ISOWEEK
	DayOfWeek DatePart = "DAYOFWEEK" // 1 is Sunday
	DayOfYear DatePart = "DAYOFYEAR"
	Hour      DatePart = "HOUR"
	Minute    DatePart = "MINUTE"
	Second    DatePart = "SECOND"
)

var (
	diffParts  = []string{"DAY", "WEEK", "ISOWEEK", "MONTH", "QUARTER", "YEAR"}
	truncParts = append(diffParts[:6:6], "ISOYEAR")
	timeParts  = []string{"HOUR", "MINUTE", "SECOND"}
	allParts   = append(append(truncParts[:7:7], "DAYOFWEEK", "DAYOFYEAR"), timeParts...)
)

// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions
var dateFunctions = []function{
	{name: "DATE", least: 1, most: 2, constants: knownZone, bind: bindDate, row: func(n CallExpr) rowFunc {
		local := localTime(n)
		return func(in []*Vector, out *Vector, i int) bool {
			return setDay(out, i, floorDiv(local(in[0].Ints[i]), microsPerDay))
		}
	}},
	{name: "DATE_DIFF", least: 2, most: 2, word: lastWord, words: diffParts, bind: bindDates(Int64), row: func(n CallExpr) rowFunc {
		part := DatePart(n.Word)
		return func(in []*Vector, out *Vector, i int) bool {
			out.Ints[i] = part.ordinal(in[0].Ints[i]) - part.ordinal(in[1].Ints[i])
			return true
		}
	}},
	{name: "DATE_TRUNC", least: 1, most: 1, word: lastWord, words: truncParts, bind: bindDates(Date), row: func(n CallExpr) rowFunc {
		part := DatePart(n.Word)
		return func(in []*Vector, out *Vector, i int) bool { return setDay(out, i, part.start(in[0].Ints[i])) }
	}},
	{name: "EXTRACT", least: 1, most: 2, word: firstWord, words: allParts, constants: knownZone, bind: bindExtract, row: func(n CallExpr) rowFunc {
		local, part := localTime(n), DatePart(n.Word)
		return func(in []*Vector, out *Vector, i int) bool {
			us := local(in[0].Ints[i])
			day := floorDiv(us, microsPerDay)
			if day < firstDay || day > lastDay { // of no DATETIME
				return false
			}
			out.Ints[i] = part.number(day, time.Duration(us-day*microsPerDay)*time.Microsecond)
			return true
		}
	}},
	{name: todayName, bind: func(n CallExpr) (Expr, error) { n.Type = Date; return Expr{n}, nil }},
	{name: nowName, bind: func(n CallExpr) (Expr, error) { n.Type = Timestamp; return Expr{n}, nil }},
}

func bindDates(result Type) func(CallExpr) (Expr, error) {
	return func(n CallExpr) (_ Expr, err error) {
		for i, x := range n.Args {
			if n.Args[i], err = as(x, Date); err != nil {
				return Expr{}, err
			}
		}
		n.Type = result
		return Expr{n}, nil
	}
}

// bindDate allows DATE(TIMESTAMP), DATE(TIMESTAMP, zone), DATE(DATETIME) and DATE(DATE).
func bindDate(n CallExpr) (Expr, error) {
	switch x, t := n.Args[0], n.Args[0].Type(); {
	case t != Timestamp && t != DateTime && t != Date && t != Null:
		return Expr{}, fmt.Errorf("%s is %s: DATE takes a TIMESTAMP and a time zone, or a DATETIME", x, t)
	case len(n.Args) > 1 && (t == DateTime || t == Date):
		return Expr{}, fmt.Errorf("%s is %s, a day that is the same in every time zone: write DATE(%s)", x, t, x)
	}
	n.Type = Date
	return Expr{n}, nil
}

func bindExtract(n CallExpr) (Expr, error) {
	x, t := n.Args[0], n.Args[0].Type()
	ofDay, of := true, "DATE, DATETIME or TIMESTAMP"
	if slices.Contains(timeParts, n.Word) {
		ofDay, of = false, "TIME, DATETIME or TIMESTAMP"
	}
	switch {
	case t != Date && t != DateTime && t != Time && t != Timestamp && t != Null,
		t == Date && !ofDay, t == Time && ofDay:
		return Expr{}, fmt.Errorf("%s is %s: EXTRACT(%s FROM …) is of a %s", x, t, n.Word, of)
	case len(n.Args) > 1 && t != Timestamp && t != Null:
		return Expr{}, fmt.Errorf("%s is %s, which is the same in every time zone: leave out AT TIME ZONE", x, t)
	}
	n.Type = Int64
	return Expr{n}, nil
}

func knownZone(n CallExpr) error {
	_, err := n.location()
	return err
}

// location is the zone that a call's second argument names: UTC without one.
func (n CallExpr) location() (*time.Location, error) {
	if len(n.Args) < 2 {
		return time.UTC, nil
	}
	name, ok := textLiteral(n.Args[1])
	if !ok {
		return nil, fmt.Errorf("%s's time zone is a quoted text such as 'UTC', not %s", n.Name, n.Args[1])
	}
	return LoadZone(name)
}

// localTime takes what a column of dates or times holds to microseconds of a
// calendar without zones.
func localTime(n CallExpr) func(int64) int64 {
	switch n.Args[0].Type() {
	case Date:
		return func(day int64) int64 { return day * microsPerDay }
	case Timestamp:
		zone, _ := n.location() // which was checked
		return func(us int64) int64 {
			_, offset := time.UnixMicro(us).In(zone).Zone()
			return us + int64(offset)*1e6
		}
	}
	return func(us int64) int64 { return us }
}

func setDay(out *Vector, i int, day int64) bool {
	out.Ints[i] = day
	return day >= firstDay && day <= lastDay
}

// ordinal numbers the parts of the calendar, so that the difference of two
// numbers counts the boundaries between them.
func (p DatePart) ordinal(days int64) int64 {
	switch p {
	case Week:
		return floorDiv(days+4, 7) // 1970-01-01 was a Thursday
	case ISOWeek:
		return floorDiv(days+3, 7)
	case Day:
		return days
	}
	d := daysDate(days)
	switch p {
	case Month:
		return int64(d.Year)*12 + int64(d.Month)
	case Quarter:
		return int64(d.Year)*4 + int64(d.Month-1)/3
	}
	return int64(d.Year)
}

// start is the first day of the part that a day lies in.
func (p DatePart) start(days int64) int64 {
	d := daysDate(days)
	switch p {
	case Week:
		return days - (days + 4 - 7*floorDiv(days+4, 7))
	case ISOWeek:
		return days - (days + 3 - 7*floorDiv(days+3, 7))
	case Month:
		return dateDays(civil.Date{Year: d.Year, Month: d.Month, Day: 1})
	case Quarter:
		return dateDays(civil.Date{Year: d.Year, Month: d.Month - (d.Month-1)%3, Day: 1})
	case Year:
		return dateDays(civil.Date{Year: d.Year, Month: 1, Day: 1})
	case ISOYear: // whose first week has January 4 in it
		year, _ := time.Unix(days*86400, 0).UTC().ISOWeek()
		return ISOWeek.start(dateDays(civil.Date{Year: year, Month: 1, Day: 4}))
	}
	return days
}

// number is the part as EXTRACT numbers it.
func (p DatePart) number(days int64, clock time.Duration) int64 {
	t := time.Unix(days*86400, 0).UTC()
	isoYear, isoWeek := t.ISOWeek()
	switch p {
	case Hour:
		return int64(clock / time.Hour)
	case Minute:
		return int64(clock / time.Minute % 60)
	case Second:
		return int64(clock / time.Second % 60)
	case Day:
		return int64(t.Day())
	case DayOfWeek:
		return int64(t.Weekday()) + 1
	case DayOfYear:
		return int64(t.YearDay())
	case Week: // 0 before the year's first Sunday
		return int64((t.YearDay() + 6 - int(t.Weekday())) / 7)
	case ISOWeek:
		return int64(isoWeek)
	case ISOYear:
		return int64(isoYear)
	case Month:
		return int64(t.Month())
	case Quarter:
		return int64(t.Month()-1)/3 + 1
	}
	return int64(t.Year())
}

// LoadZone finds a time zone of the tz database by name. It is time.LoadLocation
// without its "Local", which would be another zone on another machine.
func LoadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q is no time zone: write one such as UTC or America/New_York", name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%q is no time zone: write one such as UTC or America/New_York", name)
	}
	return zone, nil
}
