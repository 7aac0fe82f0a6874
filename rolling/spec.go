package rolling

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/intactdata/intact/rolling/internal/places"
)

// Limits of what a window may ask for; beyond them a number is a slip of the pen.
const (
	maxRows = 1_000_000
	maxDays = 36_525 // a century
)

// A Window says which places a statistic is over: so many rows or so many days.
// The zero Window is none.
type Window struct {
	rows, days int
}

// Last is the window of the newest n places before the point, however old.
func Last(n int) Window { return Window{rows: n} }

// Days is the window of the places in the d days before the point: [t−d, t)
// when it excludes the point's own time, (t−d, t] when it includes it. Where a
// batch or a stream names a zone, the days of timestamps are those of its calendar:
// the d days before the point's own, or that day up to the point and the d−1 before.
func Days(d int) Window { return Window{days: d} }

// Rows returns n of Last(n), else 0.
func (w Window) Rows() int { return w.rows }

// Days returns d of Days(d), else 0.
func (w Window) Days() int { return w.days }

// String returns the window as it stands in the name of a column: "last_10", "7d".
func (w Window) String() string {
	if w.days != 0 {
		return strconv.Itoa(w.days) + "d"
	}
	return "last_" + strconv.Itoa(w.rows)
}

// A Spec is one column of answers: a statistic over a window. It is made by
// [New] or [Parse], which refuse what makes no sense, and is a plain value:
// comparable, and safe for concurrent use.
type Spec struct {
	statistic Statistic
	window    Window
	including bool
	maxSpan   int
	maxAge    int
	name      string
}

// An Option changes a spec from its defaults.
type Option func(*Spec)

// Including lets a window see its point's own time. By default it does not:
// an average that contains the very game it is meant to predict leaks.
func Including() Option { return func(s *Spec) { s.including = true } }

// MaxSpan refuses as [Stale] a window whose newest place is more than so many
// days after its oldest: ten games strung over two years are no form.
func MaxSpan(days int) Option {
	return func(s *Spec) { s.maxSpan = limit(days) }
}

// MaxAge refuses as [Stale] a window whose newest place is more than so many
// days before the point.
func MaxAge(days int) Option {
	return func(s *Spec) { s.maxAge = limit(days) }
}

// limit keeps a declared limit apart from none, which is 0: what is not a
// number of days is kept as −1 for New to refuse.
func limit(days int) int {
	if days <= 0 || days > maxDays {
		return -1
	}
	return days
}

// Named gives the spec a name of its own in place of the one that says what it is.
// It can not end as that of another window does: 7d is not to be taken for last_7.
func Named(name string) Option { return func(s *Spec) { s.name = name } }

// New returns the spec of a statistic over a window, or an error that says what
// is wrong with it and what to write.
func New(statistic Statistic, window Window, options ...Option) (Spec, error) {
	s := Spec{statistic: statistic, window: window}
	for _, o := range options {
		if o != nil {
			o(&s)
		}
	}
	if s.name == "" {
		s.name = s.text()
	}
	return s, s.check()
}

func (s Spec) check() error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("window %q: %s", s.name, fmt.Sprintf(format, args...))
	}
	st, w := s.statistic, s.window
	switch {
	case st.kind == 0:
		return fail("no statistic: give one, such as Mean(\"points\")")
	case !nameable(st.column):
		return fail("%q is no column name: give the column the %s is of", st.column, kindNames[st.kind])
	case st.kind == ratio && !nameable(st.per):
		return fail("%q is no column name: give the column that is the denominator", st.per)
	case st.kind == ratio && st.per == st.column:
		return fail("%s over itself is always 1: name another denominator", st.column)
	case w == Window{}:
		return fail("no window: give Last(n) for rows or Days(d) for days, each at least 1")
	case w.days == 0 && (w.rows < 1 || w.rows > maxRows):
		return fail("last %d: give from 1 to %d rows", w.rows, maxRows)
	case w.rows == 0 && (w.days < 1 || w.days > maxDays):
		return fail("%d days: give from 1 to %d days", w.days, maxDays)
	case st.kind == stddevSamp && w.rows == 1:
		return fail("the sample deviation of one value is never defined: take at least 2 rows, or stddev_pop")
	case s.maxSpan < 0:
		return fail("limit on the span: give from 1 to %d days, or leave it out", maxDays)
	case s.maxAge < 0:
		return fail("limit on the age: give from 1 to %d days, or leave it out", maxDays)
	case s.maxSpan > 0 && w.rows == 1:
		return fail("one row spans no time: leave out the limit on the span, or limit the age")
	case s.maxSpan > 0 && w.days > 0 && s.maxSpan >= w.days:
		return fail("a range of %d days never spans more than %d: lower the limit or leave it out", w.days, s.maxSpan)
	case s.maxAge > 0 && w.days > 0 && s.maxAge >= w.days:
		return fail("what is in a range of %d days is never older than %d: lower the limit or leave it out", w.days, s.maxAge)
	case !nameable(s.name):
		return fail("a name is printable text without blanks around it")
	}
	if _, named, err := cutWindow(strings.TrimSuffix(s.name, inclSuffix)); err == nil && named != w {
		return fail("the name says %s and the window is %s: give it another name", named, w)
	}
	return nil
}

// nameable reports whether a column can go by this name.
func nameable(name string) bool {
	return name != "" && strings.TrimSpace(name) == name &&
		strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) < 0
}

func (s Spec) text() string {
	t := s.statistic.String() + "_" + s.window.String()
	if s.including {
		t += inclSuffix
	}
	return t
}

// frame returns which places the windows are over, where so many counts are a day.
func (s *Spec) frame(perDay int64) places.Frame {
	return places.Frame{Rows: s.window.rows, Including: s.including,
		Days: int64(s.window.days) * perDay, MaxSpan: int64(s.maxSpan) * perDay, MaxAge: int64(s.maxAge) * perDay}
}

// Name returns the name of the column of answers, by default
// "points_avg_last_10" or "usage_rate_avg_7d", with "_incl" at the end when
// the window includes its point.
func (s Spec) Name() string { return s.name }

// Statistic returns what is computed.
func (s Spec) Statistic() Statistic { return s.statistic }

// Window returns over which places it is computed.
func (s Spec) Window() Window { return s.window }

// Includes reports whether the window sees its point's own time.
func (s Spec) Includes() bool { return s.including }

// Limits returns the limits on span and age in days, 0 for none.
func (s Spec) Limits() (span, age int) { return s.maxSpan, s.maxAge }

// String describes the spec with all that it declares.
func (s Spec) String() string {
	t := s.text()
	if s.maxSpan > 0 {
		t += fmt.Sprintf(", span at most %d days", s.maxSpan)
	}
	if s.maxAge > 0 {
		t += fmt.Sprintf(", age at most %d days", s.maxAge)
	}
	return t
}
