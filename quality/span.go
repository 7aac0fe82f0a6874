package quality

import (
	"fmt"
	"time"

	"cloud.google.com/go/civil"
)

// Span are days that bound another table than the suite's. An end that is not given
// is the suite's.
type Span struct {
	// From and To are the first and last day, both inclusive.
	From, To civil.Date
	// FromToday and ToToday are the same as days from the day of the run's clock.
	FromToday, ToToday *int
	// Lookback has the days begin so many days before the suite's first.
	Lookback int
}

// IsZero reports whether nothing is given.
func (p Span) IsZero() bool { return p == Span{} }

// Validate reports what is wrong without looking at data.
func (p Span) Validate() error {
	switch {
	case p.Lookback < 0:
		return fmt.Errorf("a lookback of %d days: it is 0 or more", p.Lookback)
	case p.Lookback > 0 && (p.From != civil.Date{} || p.FromToday != nil):
		return fmt.Errorf("it has a first day and a lookback, which is one too: leave one out")
	case p.From != civil.Date{} && p.FromToday != nil:
		return fmt.Errorf("it has a first day twice, %s and one by the clock", p.From)
	case p.To != civil.Date{} && p.ToToday != nil:
		return fmt.Errorf("it has a last day twice, %s and one by the clock", p.To)
	case p.From.IsValid() && p.To.IsValid() && p.To.Before(p.From):
		return fmt.Errorf("to %s is before from %s", p.To, p.From)
	}
	return nil
}

// At is the first and last day by a clock whose day is today; zero where none is given.
func (p Span) At(today civil.Date) (from, to civil.Date) {
	from, to = p.From, p.To
	if p.FromToday != nil {
		from = today.AddDays(*p.FromToday)
	}
	if p.ToToday != nil {
		to = today.AddDays(*p.ToToday)
	}
	return from, to
}

// of is the suite with these days.
func (p Span) of(s Suite, now time.Time) (Suite, error) {
	if p.Lookback > 0 {
		if s.From == (civil.Date{}) {
			return s, fmt.Errorf("a lookback of %s needs a first day of the suite to look back from", Plural(int64(p.Lookback), "day", "days"))
		}
		s.From = s.From.AddDays(-p.Lookback)
	}
	if p.From != (civil.Date{}) || p.FromToday != nil {
		s.From, s.FromToday = p.From, p.FromToday
	}
	if p.To != (civil.Date{}) || p.ToToday != nil {
		s.To, s.ToToday = p.To, p.ToToday
	}
	return s.at(now)
}
