package cli

import (
	"errors"
	"time"

	"cloud.google.com/go/civil"
	"github.com/spf13/pflag"

	"github.com/intactdata/intact/rolling"
)

// nowFlag is what --now says instead of the clock, so that what was not due yet can
// be looked at again as of then: an instant, or a day for its first one.
type nowFlag struct {
	given   bool
	instant time.Time
	day     civil.Date
}

func (f *nowFlag) add(flags *pflag.FlagSet, doc string) {
	flags.Func("now", "`TIME` "+doc+" (default: the clock)", func(text string) (err error) {
		*f = nowFlag{given: true}
		if f.instant, err = time.Parse(time.RFC3339, text); err == nil {
			return nil
		}
		if f.day, err = civil.ParseDate(text); err != nil {
			return errors.New("write a time such as 2026-01-05T06:00:00-05:00, or a date such as 2026-01-05")
		}
		return nil
	})
}

// or is what was given, of a day in a zone, and else the clock's.
func (f *nowFlag) or(clock func() time.Time, zone *time.Location) time.Time {
	switch {
	case !f.given:
		return clock()
	case f.day != civil.Date{}:
		return time.UnixMicro(rolling.DayBegins(rolling.Day(f.day), zone))
	}
	return f.instant
}
