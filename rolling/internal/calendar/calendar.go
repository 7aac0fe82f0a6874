package calendar

import (
	"math"
	"time"
)

// A Calendar counts days. Times become counts, and two of them are so many days
// apart as their counts differ: by 1 for dates and for the days of a zone, and where
// a timestamp has no zone by 24 hours.
//
// A zone's clock that is put back over midnight shows the end of a day again. Such
// a day is over when it is over for good, so that days ascend with time: what the
// clock showed of the next one before counts to it too.
type Calendar struct {
	zone *time.Location // nil: times are their own counts
	stretch
}

// In returns the calendar of a zone; nil is none.
func In(zone *time.Location) Calendar { return Calendar{zone: zone} }

// A stretch is instants from one up to another, in microseconds, between which a
// zone's clock does not jump: the calendar's is where it was looked at last.
type stretch struct {
	from, to int64
	offset   int64 // of the clock
	last     int64 // the greatest count in it, less than what the clock shows where it is put back
}

// Days are two calendars, one for points and what lies close to them, and one for
// where their windows begin. Both times ascend, so that each stretch is found once.
type Days struct{ Late, Early Calendar }

// Of returns the days of a zone; nil is none.
func Of(zone *time.Location) Days { return Days{In(zone), In(zone)} }

// Count returns the count of a time; that of [None] is None.
func (c *Calendar) Count(at int64) int64 {
	if c.zone == nil || at == None {
		return at
	}
	if at < c.from || at >= c.to {
		c.look(at)
	}
	return min(dayOf(at+c.offset), c.last)
}

// Begin returns the first time of a count, or of the next where a zone skips a day.
func (c *Calendar) Begin(count int64) int64 {
	if c.zone == nil {
		return count
	}
	midnight := count * dayMicros
	if at := midnight - c.offset; c.from < at && at < c.to && count <= c.last {
		return at
	}
	// No clock is a day ahead of UTC.
	for c.look(midnight - dayMicros); ; c.look(c.to) {
		if at := midnight - c.offset; at < c.to && count <= c.last {
			return max(at, c.from)
		}
	}
}

// look finds the stretch that an instant is in.
func (c *Calendar) look(at int64) {
	c.find(c.zone, at)
	c.last = math.MaxInt64
	// The clock may be put back further within a day or two.
	for later := c.stretch; later.to < math.MaxInt64 && later.to-c.to <= 2*dayMicros; {
		from := later.to
		later.find(c.zone, from)
		c.last = min(c.last, dayOf(from+later.offset))
	}
}

// find finds all of the stretch but its last count.
func (s *stretch) find(zone *time.Location, at int64) {
	t := time.UnixMicro(at).In(zone)
	_, offset := t.Zone()
	from, to := t.ZoneBounds()
	s.from, s.to, s.offset = math.MinInt64, math.MaxInt64, int64(offset)*1_000_000
	// Bounds are zero where there are none, and may lie before all times there are.
	if !from.IsZero() && from.After(beforeTimes) {
		s.from = from.UnixMicro()
		// Bounds that follow from a rule may reach back to before there was that rule.
		if _, then := from.Zone(); then != offset {
			s.from = at
		}
	}
	if !to.IsZero() {
		if s.to = to.UnixMicro(); s.to <= at {
			s.to = (dayOf(at) + 1) * dayMicros // those of a leap year may leave out its last day
		}
	}
}

// beforeTimes is a time before all timestamps.
var beforeTimes = time.UnixMicro(leastTimestamp).AddDate(-1000, 0, 0)

// dayOf returns the day of a time on a clock.
func dayOf(micros int64) int64 {
	day := micros / dayMicros
	if micros%dayMicros < 0 {
		day--
	}
	return day
}
