package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Baseline is the rows that a check holds the judged ones against: those of one or
// several periods of the suite's table before the suite's own, or of another table. The
// judged rows are never among them.
type Baseline struct {
	// Period says how far back, and Times of how many such periods; 0 is one.
	Period Period
	Times  int
	// Align says which days those of YearBefore are; "" is SameDates.
	Align Alignment
	// Seasons are the first days of each for SameOfSeason, the judged season's among them.
	Seasons []civil.Date
	// Days are a first and a last day instead.
	Days quality.Span
	// Of is another table instead, read whole but for its own Where and Span.
	Of Against
	// Least is how many rows, or values where it is of those, each period must have to be
	// compared with; 0 is 30.
	Least int64
}

// Period is how far back a period of the suite's table lies.
type Period string

// The periods. A period of the suite that is not over counts up to the day of the run's
// clock, and is held against as many days.
const (
	YearBefore Period = "year" // of the year before
	WeekBefore Period = "week" // the same weekdays of the week before
)

// Alignment says which days of a year before are held against.
type Alignment string

// The alignments.
const (
	SameDates    Alignment = "year"   // the same dates
	SameOfSeason Alignment = "season" // as many days after the first one of the season before
)

func (b Baseline) table() bool    { return b.Of.Table != "" }
func (b Baseline) least() int64   { return cmp.Or(b.Least, 30) }
func (b Baseline) isZero() bool   { return !b.table() && b.Period == "" && b.Days.IsZero() }
func (b Baseline) times() int     { return max(b.Times, 1) }
func (b Baseline) seasonal() bool { return b.Align == SameOfSeason }

func (b Baseline) back(i int) string {
	unit := string(b.Period)
	if b.seasonal() {
		unit = "season"
	}
	if i == 1 {
		return "the " + unit + " before"
	}
	return fmt.Sprintf("%d %ss before", i, unit)
}

// String is the baseline in words.
func (b Baseline) String() string {
	switch {
	case b.table():
		if !b.Of.Where.IsZero() {
			return b.Of.Table + " where " + b.Of.Where.String()
		}
		return b.Of.Table
	case b.Period == "":
		return "other days"
	}
	return b.back(b.times())
}

func (b Baseline) validate(columns []string) error {
	if b.Align != "" && b.Period != YearBefore {
		return fmt.Errorf("align is for period: year")
	}
	ways := 0
	for _, is := range []bool{b.Period != "", !b.Days.IsZero(), b.table()} {
		if is {
			ways++
		}
	}
	from, to := b.Days.From != civil.Date{} || b.Days.FromToday != nil, b.Days.To != civil.Date{} || b.Days.ToToday != nil
	switch {
	case ways != 1:
		return fmt.Errorf("a baseline is a period, days {from, to}, or another table: it has %d of them", ways)
	case b.Least < 0:
		return fmt.Errorf("least %d: it is 0 or more", b.Least)
	case b.table():
		return b.Of.validate(b.Of.columns(columns...))
	case b.Period == "" && !(from && to):
		return fmt.Errorf("the days of a baseline have a first and a last one: write from and to")
	case b.Period == "":
		return b.Days.Validate()
	case b.Period != YearBefore && b.Period != WeekBefore:
		return fmt.Errorf("period is year or week, and not %q", b.Period)
	case b.Align != "" && b.Align != SameDates && b.Align != SameOfSeason:
		return fmt.Errorf("align is year or season, and not %q", b.Align)
	case b.Times < 0:
		return fmt.Errorf("times %d: it is 1 or more", b.Times)
	case b.seasonal() != (len(b.Seasons) > 0):
		return fmt.Errorf("seasons are the first days of each for align: season, and no other takes them")
	}
	for i, day := range b.Seasons {
		if !day.IsValid() || i > 0 && !b.Seasons[i-1].Before(day) {
			return fmt.Errorf("seasons: %s is no day, or not after the one before it", day)
		}
	}
	return nil
}

// fits refuses what shows before there is a clock: a judged period without a
// first day, or one that is in its own baseline.
func (b Baseline) fits(s quality.Suite) error {
	switch {
	case b.table():
		return nil
	case s.Date == "" || s.From == (civil.Date{}) && s.FromToday == nil:
		return fmt.Errorf("which days are judged? Say date and from of the suite: those of the baseline are others")
	case s.From == (civil.Date{}) || s.To == (civil.Date{}) || b.Days.FromToday != nil || b.Days.ToToday != nil:
		return nil // the clock says more
	}
	_, err := b.past(DateRange{s.From, s.To}, s.To)
	return err
}

// judged is the suite's period as far as it has begun.
func (b Baseline) judged(s quality.Scope) (DateRange, error) {
	r := DateRange{s.From, s.To}
	if today := s.Today(); r.To == (civil.Date{}) || r.To.After(today) {
		r.To = today
	}
	if r.From == (civil.Date{}) || r.To.Before(r.From) {
		return r, fmt.Errorf("the judged period has not begun: it is from %s, and today is %s", s.From, s.Today())
	}
	return r, nil
}

// past are the baseline's days, the last ones first.
func (b Baseline) past(judged DateRange, today civil.Date) ([]DateRange, error) {
	var out []DateRange
	for i := 1; i <= b.times(); i++ {
		var r DateRange
		switch {
		case b.Period == WeekBefore:
			r = DateRange{judged.From.AddDays(-7 * i), judged.To.AddDays(-7 * i)}
		case b.Period == YearBefore && !b.seasonal():
			r = DateRange{yearsBefore(judged.From, i), yearsBefore(judged.To, i)}
		case b.seasonal():
			at := slices.IndexFunc(b.Seasons, func(d civil.Date) bool { return d.After(judged.From) })
			if at < 0 {
				at = len(b.Seasons)
			}
			if at--; at < i {
				return nil, fmt.Errorf("seasons: there is none %s that of %s", b.back(i), judged.From)
			}
			start, then := b.Seasons[at], b.Seasons[at-i]
			r = DateRange{then.AddDays(judged.From.DaysSince(start)), then.AddDays(judged.To.DaysSince(start))}
			if next := at + 1; next < len(b.Seasons) && !judged.To.Before(b.Seasons[next]) {
				return nil, fmt.Errorf("seasons: %s reaches into the one of %s", judged, b.Seasons[next])
			}
			if r.To = earlier(r.To, b.Seasons[at-i+1].AddDays(-1)); r.To.Before(r.From) {
				return nil, fmt.Errorf("seasons: that of %s was over before as many days of it", then)
			}
		default:
			r.From, r.To = b.Days.At(today)
		}
		newer := judged
		if i > 1 {
			newer = out[i-2]
		}
		if !r.To.Before(newer.From) && !newer.To.Before(r.From) {
			return nil, fmt.Errorf("%s is judged and would be in its own baseline, %s", newer, r)
		}
		out = append(out, r)
	}
	return out, nil
}

// yearsBefore is the same date of a year before; of the 29th of February it is the 28th.
func yearsBefore(d civil.Date, years int) civil.Date {
	d.Year -= years
	if !d.IsValid() {
		d.Day = 28
	}
	return d
}

func earlier(a, b civil.Date) civil.Date {
	if b.Before(a) {
		return b
	}
	return a
}

// others is the other table, if it is one. The judged rows would be in their own
// baseline if it were the suite's.
func (b Baseline) others(columns []string) []quality.Other {
	if !b.table() {
		return nil
	}
	return b.Of.others(b.Of.columns(columns...), true)
}

// stretch is rows of one time: the Request that asks a metric of them, how many days
// they are, 0 where that is not told, and what reports call them.
type stretch struct {
	ask    quality.Request
	schema expr.Schema
	days   int64
	text   string
}

// of asks a metric of the rows.
func (t stretch) of(m quality.Metric) quality.Request {
	t.ask.Metric = m
	return t.ask
}

// told adds to a text what the rows are.
func (t stretch) told(text string) string {
	if t.text == "" {
		return text
	}
	return text + " " + t.text
}

// stretches are the judged rows, those of each past period, and all of the latter
// together.
type stretches struct {
	judged, whole stretch
	past          []stretch
}

// in finds the rows; of another table it takes the columns, by the suite's names.
func (b Baseline) in(s quality.Scope, columns []string) (stretches, error) {
	out := stretches{judged: stretch{schema: s.Schema}}
	if b.table() {
		columns = b.Of.columns(columns...)
		for _, name := range append(slices.Clone(columns), s.ByColumns()...) {
			if _, err := s.Schema.Field(name); err != nil {
				return out, err
			}
			if !expr.Named(columns, name) {
				columns = append(slices.Clone(columns), name)
			}
		}
		schema, err := b.Of.schema(s, columns)
		out.whole = stretch{ask: quality.Request{Of: b.Of.theirs(s, columns), Expects: true}, schema: schema, text: "in " + b.String()}
		out.past = []stretch{out.whole}
		return out, err
	}
	judged, err := b.judged(s)
	if err != nil {
		return out, err
	}
	past, err := b.past(judged, s.Today())
	if err != nil {
		return out, err
	}
	var all []expr.Expr
	var texts []string
	for _, r := range past {
		rows, err := s.On(r.From, r.To)
		if err != nil {
			return out, err
		}
		t := stretch{ask: quality.Request{Rows: rows, Expects: true}, schema: s.Schema, days: int64(r.To.DaysSince(r.From) + 1), text: "on " + r.String()}
		all, texts = append(all, rows), append(texts, r.String())
		out.past = append(out.past, t)
		out.whole.days += t.days
	}
	out.whole.ask, out.whole.schema, out.whole.text = quality.Request{Rows: expr.AnyOf(all...), Expects: true}, s.Schema, "on "+strings.Join(texts, " and ")
	if out.judged.days = int64(judged.To.DaysSince(judged.From) + 1); judged.To != s.To {
		out.judged.ask.Rows, err = s.On(judged.From, judged.To)
	}
	out.judged.text = "on " + judged.String()
	return out, err
}
