package scalar

// Microseconds.
const (
	second = int64(1_000_000)
	minute = 60 * second
	hour   = 60 * minute
	day    = 24 * hour
)

// Days since 1970-01-01 of the first and the last day of GoogleSQL's calendar.
const (
	firstDay = -719162
	lastDay  = 2932896
)

// Days that have passed when a month begins, in a year that begins with March.
var monthStarts = [13]int64{0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275}

var monthLengths = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// Days counts from 1970-01-01; ok is false where the calendar, which begins with
// the year 1, has no such day.
func Days(y, m, d int) (days int64, ok bool) {
	if y < 1 || y > 9999 || m < 1 || m > 12 || d < 1 || d > monthLengths[m] {
		return 0, false
	}
	if m == 2 && d == 29 && (y%4 != 0 || y%100 == 0 && y%400 != 0) {
		return 0, false
	}
	if m <= 2 {
		y--
	}
	years := int64(y)
	return years*365 + years/4 - years/100 + years/400 + monthStarts[m] + int64(d) - 719469, true
}

// ParseDate reads YYYY-MM-DD as days since 1970-01-01.
func ParseDate[T Text](s T) (days int64, ok bool) {
	if len(s) != 10 || s[4] != '-' || s[7] != '-' {
		return 0, false
	}
	y, m, d := two(s[0], s[1])*100+two(s[2], s[3]), two(s[5], s[6]), two(s[8], s[9])
	if y|m|d < 0 || two(s[0], s[1])|two(s[2], s[3]) < 0 {
		return 0, false
	}
	return Days(y, m, d)
}

// two digits, or −1<<20.
func two(a, b byte) int {
	if a -= '0'; a > 9 {
		return -1 << 20
	}
	if b -= '0'; b > 9 {
		return -1 << 20
	}
	return int(a)*10 + int(b)
}

// ParseTime reads HH:MM:SS with any number of further digits as microseconds since
// midnight. Finer says that digits beyond the sixth were not all 0: what is
// returned is another time then.
func ParseTime[T Text](s T) (micros int64, finer, ok bool) {
	if len(s) < 8 || s[2] != ':' || s[5] != ':' {
		return 0, false, false
	}
	h, m, sec := two(s[0], s[1]), two(s[3], s[4]), two(s[6], s[7])
	if h|m|sec < 0 || h > 23 || m > 59 || sec > 59 {
		return 0, false, false
	}
	micros = int64(h)*hour + int64(m)*minute + int64(sec)*second
	if len(s) == 8 {
		return micros, false, true
	}
	if s[8] != '.' || len(s) == 9 {
		return 0, false, false
	}
	unit := second
	for i := 9; i < len(s); i++ {
		d := s[i] - '0'
		if d > 9 {
			return 0, false, false
		}
		unit /= 10
		micros += int64(d) * unit
		finer = finer || unit == 0 && d != 0
	}
	return micros, finer, true
}

// ParseDateTime reads a date, T or a blank, and a time of day as microseconds since
// 1970-01-01 in a calendar without zones.
func ParseDateTime[T Text](s T) (micros int64, finer, ok bool) {
	if len(s) < 19 || s[10] != 'T' && s[10] != ' ' && s[10] != 't' {
		return 0, false, false
	}
	days, ok := ParseDate(s[:10])
	if !ok {
		return 0, false, false
	}
	micros, finer, ok = ParseTime(s[11:])
	return days*day + micros, finer, ok
}

// ParseTimestamp reads a date, a time of day and a zone offset (Z, UTC, +00, -05:30)
// as microseconds since 1970-01-01 UTC.
func ParseTimestamp[T Text](s T) (micros int64, finer, ok bool) {
	clock, offset, ok := CutOffset(s)
	if !ok {
		return 0, false, false
	}
	micros, finer, ok = ParseDateTime(clock)
	micros -= offset
	return micros, finer, ok && InCalendar(micros)
}

// InCalendar reports whether a time is one of TIMESTAMP's years, 1 to 9999.
func InCalendar(micros int64) bool { return micros >= firstDay*day && micros < (lastDay+1)*day }

// DayInCalendar reports whether a day is one of DATE's, of the years 1 to 9999.
func DayInCalendar(days int64) bool { return days >= firstDay && days <= lastDay }

// CutOffset splits a zone offset off a text, in microseconds.
func CutOffset[T Text](s T) (clock T, offset int64, ok bool) {
	n := len(s)
	switch {
	case n > 10 && (s[n-1] == 'Z' || s[n-1] == 'z'):
		return s[:n-1], 0, true
	case n > 13 && s[n-3] == 'U' && s[n-2] == 'T' && s[n-1] == 'C':
		if s[n-4] == ' ' {
			return s[:n-4], 0, true
		}
		return s[:n-3], 0, true
	}
	at := n - 1
	for at >= 10 && s[at] != '+' && s[at] != '-' {
		at--
	}
	if at < 10 {
		return s, 0, false
	}
	h, m, ok := hoursAndMinutes(s[at+1:])
	if !ok {
		return s, 0, false
	}
	offset = h*hour + m*minute
	if s[at] == '-' {
		offset = -offset
	}
	if s[at-1] == ' ' {
		at--
	}
	return s[:at], offset, true
}

// hoursAndMinutes reads 5, 05, 0530, 5:30 and 05:30.
func hoursAndMinutes[T Text](s T) (h, m int64, ok bool) {
	digit := func(i int) int64 { return int64(s[i]) - '0' }
	for i := range len(s) {
		if s[i] != ':' && (digit(i) < 0 || digit(i) > 9) {
			return 0, 0, false
		}
	}
	switch {
	case len(s) == 1 && s[0] != ':':
		h = digit(0)
	case len(s) == 2 && s[0] != ':' && s[1] != ':':
		h = digit(0)*10 + digit(1)
	case len(s) == 4 && s[1] == ':' && s[0] != ':' && s[2] != ':' && s[3] != ':':
		h, m = digit(0), digit(2)*10+digit(3)
	case len(s) == 4 && s[0] != ':' && s[1] != ':' && s[2] != ':' && s[3] != ':':
		h, m = digit(0)*10+digit(1), digit(2)*10+digit(3)
	case len(s) == 5 && s[2] == ':' && s[0] != ':' && s[1] != ':' && s[3] != ':' && s[4] != ':':
		h, m = digit(0)*10+digit(1), digit(3)*10+digit(4)
	default:
		return 0, 0, false
	}
	return h, m, h <= 14 && m <= 59
}
