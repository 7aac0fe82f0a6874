package cli

import (
	"errors"
	"fmt"
	"time"

	"cloud.google.com/go/civil"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/quality"
)

// dayFlag is a day that stands in the place of what suites say, so many days from
// the run's clock or a date.
type dayFlag struct {
	given     bool
	day       civil.Date
	fromToday *int
}

func (f *dayFlag) add(flags *pflag.FlagSet, name, doc, zone string) {
	flags.Func(name, "`DAY` "+doc+": a date, today, yesterday or today-14d in "+zone, f.set)
}

func (f *dayFlag) set(text string) (err error) {
	f.given = true
	f.day, f.fromToday, err = quality.ParseDay(text)
	return err
}

// dayFlags are the first and last day that are looked at.
type dayFlags struct{ from, to, date dayFlag }

// add adds the flags, given what begins and ends with the days, as fmt.Sprintf has it.
func (f *dayFlags) add(flags *pflag.FlagSet, what, zone string) {
	f.from.add(flags, "from", fmt.Sprintf(what, "begin"), zone)
	f.to.add(flags, "to", fmt.Sprintf(what, "end"), zone)
	f.date.add(flags, "date", "that is both the first and the last", zone)
}

func (f *dayFlags) check() error {
	if f.date.given && (f.from.given || f.to.given) {
		return errors.New("--date is the first day and the last: leave out --from and --to")
	}
	return nil
}

// over are the suite's days, as far as none were given.
func (f *dayFlags) over(s quality.Suite) quality.Suite {
	if from := f.of(f.from); from.given {
		s.From, s.FromToday = from.day, from.fromToday
	}
	if to := f.of(f.to); to.given {
		s.To, s.ToToday = to.day, to.fromToday
	}
	return s
}

// days are the first and last day that were given, by a clock and a zone; zero is none.
func (f *dayFlags) days(now time.Time, zone *time.Location) (from, to civil.Date) {
	day := func(one dayFlag) civil.Date {
		if one.fromToday != nil {
			return civil.DateOf(now.In(zone)).AddDays(*one.fromToday)
		}
		return one.day
	}
	return day(f.of(f.from)), day(f.of(f.to))
}

// on is the day that was given, by a clock in UTC.
func (f dayFlag) on(now time.Time) civil.Date {
	first, _ := (&dayFlags{date: f}).days(now, time.UTC)
	return first
}

func (f *dayFlags) of(one dayFlag) dayFlag {
	if f.date.given {
		return f.date
	}
	return one
}
