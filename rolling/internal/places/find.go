package places

import (
	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// find finds the windows of a group's points, and reports whether they step: each
// ends one place after the one before.
//
// Points and places both ascend, so that each end of the window only moves on,
// and the newest place of each kind of fault before a point is enough to say
// whether its window has one.
func (f *Frame) find(p *Part, g *group, t *Table, found spans) (stepping bool) {
	if g.lost {
		for s := range found.Reason {
			found.From[s], found.To[s], found.Reason[s] = g.from, g.from, Null
		}
		return false
	}
	stepping = p.placesArePoints(t, g) && t.in.Rows.Order == nil
	easy := g.clean && g.to > g.from && f.MaxSpan == 0 && f.MaxAge == 0
	if easy && stepping && f.Rows > 0 {
		f.stepRows(g.from, found)
		return true
	}
	days := &p.scratch.days
	start := days.Early.Count(g.start)
	if h := t.in.HistoryFrom; h != nil {
		start = min(start, *h)
	}
	if easy && stepping && t.Unit == calendar.Dates && f.Days <= mostBits {
		f.stepDates(t.in.Rows.At.Dates[g.row:][:g.to-g.from], g.from, start, found)
		return true
	}
	at := p.times(t, g)
	points := p.pointTimes(t, g, at)
	switch {
	case easy && f.Rows > 0:
		f.findRows(points, at, g.from, found)
		return false
	case easy && t.zone != nil:
		return f.findCalendarDays(points, at, g.from, start, days, found) && stepping
	case easy && stepping:
		f.stepDays(at, g.from, start, found)
		return true
	case easy:
		f.findDays(points, at, g.from, start, found)
		return false
	}
	var (
		state     []State
		twins     = p.twins[g.twins:g.twinsTo]
		lo, hi    = int32(0), int32(0)
		faults    = newest{overdue: -1, notDue: -1}
		twinsSeen = 0
	)
	if !g.clean {
		state = p.state[g.kept:][:len(at)]
	}
	for s, point := range points {
		first, begins, endsBefore := f.Over(point, days)
		for ; hi < int32(len(at)) && at[hi] < endsBefore; hi++ {
			if !g.clean {
				faults.pass(hi, state[hi])
			}
		}
		var short bool
		if n := int32(f.Rows); n > 0 {
			if lo = hi - n; lo < 0 {
				lo, short = 0, true
			}
		} else {
			for lo < hi && at[lo] < begins {
				lo++
			}
			short = start > first
		}
		r := Whole
		switch {
		case !g.clean && f.hasTwin(twins, &twinsSeen, lo, begins, endsBefore, short):
			r = Duplicate
		case !g.clean && faults.overdue >= lo:
			r = Gap
		case !g.clean && faults.notDue >= lo:
			r = Waiting
		case short:
			r = Warmup
		case lo == hi:
			r = Empty
		case f.Stale(point, at[lo], at[hi-1], days):
			r = Stale
		}
		found.From[s], found.To[s], found.Reason[s] = g.from+lo, g.from+hi, r
	}
	return false
}

// placesArePoints reports whether each place is a row, and each row a point or at the time
// of its own.
func (p *Part) placesArePoints(t *Table, g *group) bool {
	return g.contiguous && !g.others && t.slotPoint == nil && g.slotsTo-g.slots == g.to-g.from
}

// times returns the times of a group's places.
func (p *Part) times(t *Table, g *group) []int64 {
	if g.kept >= 0 {
		return p.at[g.kept:][:g.to-g.from]
	}
	p.scratch.times = t.in.Rows.At.between(p.scratch.times, int(g.row), int(g.row+g.to-g.from))
	return p.scratch.times
}

// pointTimes returns the times of a group's points, given those of its places.
func (p *Part) pointTimes(t *Table, g *group, at []int64) []int64 {
	if p.placesArePoints(t, g) {
		return at
	}
	p.scratch.points = memory.Resized(p.scratch.points, int(g.slotsTo-g.slots))
	for k := range p.scratch.points {
		p.scratch.points[k] = t.pointAt(g.slots + int32(k))
	}
	return p.scratch.points
}

// newest holds the newest place of each kind of fault so far, −1 for none.
type newest struct{ overdue, notDue int32 }

func (n *newest) pass(i int32, state State) {
	switch state & (Missing | NotDue) {
	case Missing:
		n.overdue = i
	case Missing | NotDue:
		n.notDue = i
	}
}

// hasTwin reports whether a duplicate key lies in the window's span: from its
// oldest place, or for a range of days its beginning, up to the point; from the
// start of history if it is short of rows. The newest one before the point tells.
func (f *Frame) hasTwin(twins []twin, seen *int, lo int32, begins, endsBefore int64, short bool) bool {
	for *seen < len(twins) && twins[*seen].at < endsBefore {
		*seen++
	}
	if *seen == 0 {
		return false
	}
	last := &twins[*seen-1]
	if f.Rows > 0 {
		return short || last.rank > 2*lo
	}
	return last.at >= begins
}
