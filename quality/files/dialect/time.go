package dialect

import (
	"fmt"
	"strings"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/internal/scalar"
)

// TimeFormat is a format of dates and times, taken apart.
type TimeFormat struct {
	parts []string // a literal, or an element that begins with %
	zoned bool
	clock bool
}

var composed = map[string]string{"%F": "%Y-%m-%d", "%D": "%m/%d/%y", "%T": "%H:%M:%S", "%R": "%H:%M", "%x": "%m/%d/%y", "%X": "%H:%M:%S"}

// ParseTime takes a format apart, which is in the letters of PARSE_DATE and
// PARSE_TIMESTAMP.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements#format_elements_date_time
func ParseTime(text string) (*TimeFormat, error) {
	f := &TimeFormat{}
	expanded := text
	for short, long := range composed {
		expanded = strings.ReplaceAll(expanded, short, long)
	}
	seen := map[string]bool{}
	for rest := expanded; rest != ""; {
		if rest[0] != '%' {
			f.parts = append(f.parts, rest[:1])
			rest = rest[1:]
			continue
		}
		n := 2
		if strings.HasPrefix(rest, "%E") {
			n = 4
		}
		if len(rest) < n {
			return nil, fmt.Errorf("the format %q ends within an element", text)
		}
		element := rest[:n]
		rest = rest[n:]
		switch element {
		case "%Y", "%E4Y", "%y", "%m", "%d", "%e", "%b", "%B", "%h", "%a", "%A", "%j":
		case "%H", "%k", "%I", "%l", "%M", "%S", "%p", "%P", "%E*S":
			f.clock = true
		case "%z", "%Z", "%Ez":
			f.clock, f.zoned = true, true
		case "%s":
			f.clock, f.zoned = true, true
		case "%%", "%n", "%t":
		default:
			if !(strings.HasPrefix(element, "%E") && element[2] >= '0' && element[2] <= '6' && element[3] == 'S') {
				return nil, fmt.Errorf("the format %q has %s, which is no element of dates and times that are read", text, element)
			}
			f.clock = true
		}
		f.parts = append(f.parts, element)
		seen[element] = true
	}
	year := seen["%Y"] || seen["%E4Y"] || seen["%y"]
	day := seen["%d"] || seen["%e"]
	month := seen["%m"] || seen["%b"] || seen["%B"] || seen["%h"]
	if !seen["%s"] && !(year && (month && day || seen["%j"])) {
		return nil, fmt.Errorf("the format %q does not say year, month and day", text)
	}
	return f, nil
}

// Zoned reports whether times in the format name their zone.
func (f *TimeFormat) Zoned() bool { return f.zoned }

// Type is the type of a column of which only the format is declared.
func (f *TimeFormat) Type(zone *time.Location) expr.Type {
	switch {
	case f.zoned || zone != nil && f.clock:
		return expr.Timestamp
	case f.clock:
		return expr.DateTime
	}
	return expr.Date
}

// moment is what the elements of a time have said.
type moment struct {
	year, month, day, dayOfYear int
	hour, minute, second        int
	micros                      int64
	afternoon, twelve           bool
	offset                      int64
	zoned                       bool
	epoch                       int64
	isEpoch                     bool
}

// Read reads a time in the format, as days for a DATE and else as microseconds since
// 1970-01-01. Zone is that of a TIMESTAMP which names none; nil is UTC.
func (f *TimeFormat) Read(b []byte, as expr.Type, zone *time.Location) (int64, bool) {
	m := moment{month: 1, day: 1}
	rest := b
	for _, p := range f.parts {
		var ok bool
		if rest, ok = m.element(p, rest); !ok {
			return 0, false
		}
	}
	if len(rest) > 0 {
		return 0, false
	}
	return m.value(as, zone)
}

func (m *moment) value(as expr.Type, zone *time.Location) (int64, bool) {
	if m.isEpoch {
		return m.epoch * 1e6, as != expr.Date && scalar.InCalendar(m.epoch*1e6)
	}
	days, ok := scalar.Days(m.year, m.month, m.day)
	if m.dayOfYear > 0 {
		days, ok = scalar.Days(m.year, 1, 1)
		days += int64(m.dayOfYear - 1)
		leap := m.year%4 == 0 && (m.year%100 != 0 || m.year%400 == 0)
		ok = ok && (m.dayOfYear <= 365 || leap && m.dayOfYear == 366)
	}
	if m.twelve {
		if m.hour < 1 || m.hour > 12 {
			return 0, false
		}
		if m.hour %= 12; m.afternoon {
			m.hour += 12
		}
	}
	if !ok || m.hour > 23 || m.minute > 59 || m.second > 59 {
		return 0, false
	}
	if as == expr.Date {
		return days, true
	}
	micros := days*24*3600*1e6 + (int64(m.hour)*3600+int64(m.minute)*60+int64(m.second))*1e6 + m.micros
	switch {
	case m.zoned:
		micros -= m.offset
	case as == expr.Timestamp && zone != nil:
		micros = expr.InZone(micros, zone)
	}
	return micros, scalar.InCalendar(micros)
}

// element reads what one element of a format stands for.
func (m *moment) element(p string, b []byte) (rest []byte, ok bool) {
	switch p {
	case "%Y", "%E4Y":
		return digitsInto(&m.year, b, 4, 4)
	case "%y":
		rest, ok = digitsInto(&m.year, b, 2, 2)
		if m.year < 69 { // as PARSE_DATE has it
			m.year += 100
		}
		m.year += 1900
		return rest, ok
	case "%m":
		return digitsInto(&m.month, b, 1, 2)
	case "%d", "%e":
		return digitsInto(&m.day, blanks(b), 1, 2)
	case "%j":
		return digitsInto(&m.dayOfYear, b, 1, 3)
	case "%b", "%B", "%h":
		return nameInto(&m.month, b, func(i int) string { return time.Month(i).String() }, 12)
	case "%a", "%A":
		var weekday int
		return nameInto(&weekday, b, func(i int) string { return time.Weekday(i - 1).String() }, 7)
	case "%H", "%k":
		return digitsInto(&m.hour, blanks(b), 1, 2)
	case "%I", "%l":
		m.twelve = true
		return digitsInto(&m.hour, blanks(b), 1, 2)
	case "%M":
		return digitsInto(&m.minute, b, 1, 2)
	case "%S":
		return digitsInto(&m.second, b, 1, 2)
	case "%p", "%P":
		half := 0
		rest, ok = nameInto(&half, b, func(i int) string { return [3]string{"", "AM", "PM"}[i] }, 2)
		m.afternoon = half == 2
		return rest, ok
	case "%z", "%Z", "%Ez":
		return m.readZone(b)
	case "%s":
		return m.readEpoch(b)
	case "%n", "%t":
		return blanks(b), true
	case "%%":
		p = "%"
	}
	if p[0] == '%' && len(p) == 4 {
		return m.readSecond(b)
	}
	switch {
	case p == " ":
		return blanks(b), true
	case len(b) == 0 || b[0] != p[0]:
		return nil, false
	}
	return b[1:], true
}

// readSecond reads a second with digits behind it, none finer than a microsecond.
func (m *moment) readSecond(b []byte) ([]byte, bool) {
	rest, ok := digitsInto(&m.second, b, 1, 2)
	if !ok || len(rest) == 0 || rest[0] != '.' {
		return rest, ok
	}
	i, unit := 1, int64(1e6)
	for ; i < len(rest) && rest[i]-'0' <= 9; i++ {
		if unit /= 10; unit == 0 && rest[i] != '0' {
			return nil, false
		}
		m.micros += int64(rest[i]-'0') * unit
	}
	return rest[i:], i > 1
}

func (m *moment) readZone(b []byte) ([]byte, bool) {
	end := 0
	for end < len(b) && b[end] != ' ' {
		end++
	}
	_, offset, ok := scalar.CutOffset(append([]byte("2000-01-01T00:00:00"), b[:end]...))
	m.offset, m.zoned = offset, true
	return b[end:], ok
}

func (m *moment) readEpoch(b []byte) ([]byte, bool) {
	n := 0
	rest, ok := digitsInto(&n, bytesTrimMinus(b), 1, 12)
	if m.epoch, m.isEpoch = int64(n), true; len(b) > 0 && b[0] == '-' {
		m.epoch = -m.epoch
	}
	return rest, ok
}

func bytesTrimMinus(b []byte) []byte {
	if len(b) > 0 && b[0] == '-' {
		return b[1:]
	}
	return b
}

func blanks(b []byte) []byte {
	for len(b) > 0 && (b[0] == ' ' || b[0] == '\t') {
		b = b[1:]
	}
	return b
}

func digitsInto(n *int, b []byte, least, most int) ([]byte, bool) {
	i, x := 0, 0
	for i < len(b) && i < most && b[i]-'0' <= 9 {
		x = x*10 + int(b[i]-'0')
		i++
	}
	*n = x
	return b[i:], i >= least
}

// nameInto reads a name, whole or the first three letters of it, in any case.
func nameInto(n *int, b []byte, name func(int) string, names int) ([]byte, bool) {
	for i := 1; i <= names; i++ {
		whole := name(i)
		for _, s := range []string{whole, whole[:min(3, len(whole))]} {
			if len(b) >= len(s) && strings.EqualFold(string(b[:len(s)]), s) {
				*n = i
				return b[len(s):], true
			}
		}
	}
	return nil, false
}
