package places

import "github.com/intactdata/intact/rolling/internal/calendar"

// A Frame is which places windows are over, and the limits on them. Windows of equal
// frames are found once.
type Frame struct {
	Rows      int
	Including bool
	// As counts of a calendar; 0 is none.
	Days    int64
	MaxSpan int64
	MaxAge  int64
}

// Stale reports whether a window from one place to another is over a limit.
func (f *Frame) Stale(point, oldest, newest int64, days *calendar.Days) bool {
	return f.MaxSpan > 0 && days.Late.Count(newest)-days.Early.Count(oldest) > f.MaxSpan ||
		f.MaxAge > 0 && days.Late.Count(point)-days.Late.Count(newest) > f.MaxAge
}

// end returns the time that the window of a point ends before.
func (f *Frame) end(point int64) int64 {
	if f.Including {
		return point + 1
	}
	return point
}

// Over returns the time that the window of a point ends before and, where it is over
// days, the time that it begins with and the count that history must reach back to.
func (f *Frame) Over(point int64, days *calendar.Days) (first, begins, ends int64) {
	ends = f.end(point)
	if f.Rows > 0 {
		return 0, 0, ends
	}
	last := days.Late.Count(point)
	if f.Including {
		last++
	} else {
		ends = days.Late.Begin(last)
	}
	first = last - f.Days
	return first, days.Early.Begin(first), ends
}
