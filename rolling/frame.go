package rolling

import "sort"

// A frame is what specs over the same places share: which places a window is
// over, and what is wrong with them whatever the column.
type frame struct {
	window    Window
	including bool
	maxSpan   int64 // in the unit of the times; 0 is none
	maxAge    int64
}

func (f *frame) fits(s *Spec, u unit) bool {
	return f.window == s.window && f.including == s.including &&
		f.maxSpan == int64(s.maxSpan)*u.perDay() && f.maxAge == int64(s.maxAge)*u.perDay()
}

// spans are the places that windows are over, a slot per point, with what is wrong
// with them whatever the column.
type spans struct {
	from, to []int32
	reason   []Reason
}

func (s *spans) resize(n int) {
	s.from, s.to, s.reason = resized(s.from, n), resized(s.to, n), resized(s.reason, n)
}

func (s *spans) slice(from, to int32) spans {
	return spans{s.from[from:to], s.to[from:to], s.reason[from:to]}
}

// find finds the windows of a group's points, and reports whether they step: each
// ends one place after the one before.
//
// Points and places both ascend, so that each end of the window only moves on,
// and the newest place of each kind of fault before a point is enough to say
// whether its window has one.
func (f *frame) find(p *part, g *group, res *Result, found spans) (stepping bool) {
	if g.lost {
		for s := range found.reason {
			found.from[s], found.to[s], found.reason[s] = g.from, g.from, Null
		}
		return false
	}
	stepping = p.placesArePoints(res, g) && res.in.Rows.Order == nil
	easy := g.clean && g.to > g.from && f.maxSpan == 0 && f.maxAge == 0
	if easy && stepping && f.window.rows > 0 {
		f.stepRows(g.from, found)
		return true
	}
	start := g.start
	if h := res.in.HistoryFrom; h != nil {
		start = min(start, *h)
	}
	if easy && stepping && res.unit == inDays && f.window.days <= mostBits {
		f.stepDates(res.in.Rows.At.dates[g.row:][:g.to-g.from], g.from, start, found)
		return true
	}
	at := p.times(res, g)
	points := p.pointTimes(res, g, at)
	switch {
	case easy && f.window.rows > 0:
		f.findRows(points, at, g.from, found)
		return false
	case easy && stepping:
		f.stepDays(at, g.from, start, f.days(res), found)
		return true
	case easy:
		f.findDays(points, at, g.from, start, f.days(res), found)
		return false
	}
	var (
		state     []place
		twins     = p.twins[g.twins:g.twinsTo]
		lo, hi    = int32(0), int32(0)
		faults    = newest{overdue: -1, notDue: -1}
		twinsSeen = 0
	)
	if !g.clean {
		state = p.state[g.kept:][:len(at)]
	}
	for s, point := range points {
		endsBefore := f.end(point)
		for ; hi < int32(len(at)) && at[hi] < endsBefore; hi++ {
			if !g.clean {
				faults.pass(hi, state[hi])
			}
		}
		var short bool
		begins := int64(0)
		if n := int32(f.window.rows); n > 0 {
			if lo = hi - n; lo < 0 {
				lo, short = 0, true
			}
		} else {
			begins = endsBefore - f.days(res)
			for lo < hi && at[lo] < begins {
				lo++
			}
			short = start > begins
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
		case f.maxSpan > 0 && at[hi-1]-at[lo] > f.maxSpan, f.maxAge > 0 && point-at[hi-1] > f.maxAge:
			r = Stale
		}
		found.from[s], found.to[s], found.reason[s] = g.from+lo, g.from+hi, r
	}
	return false
}

// of returns the places of one window of a group, as find does.
func (f *frame) of(p *part, g *group, res *Result, point int64) (from, to int32) {
	if g.lost {
		return g.from, g.from
	}
	places := int(g.to - g.from)
	at := func(k int) int64 {
		if g.kept < 0 {
			return res.in.Rows.At.at(int(g.row) + k)
		}
		return p.at[int(g.kept)+k]
	}
	end := f.end(point)
	hi := sort.Search(places, func(k int) bool { return at(k) >= end })
	lo := max(0, hi-f.window.rows)
	if f.window.days > 0 {
		begins := end - f.days(res)
		lo = sort.Search(hi, func(k int) bool { return at(k) >= begins })
	}
	return g.from + int32(lo), g.from + int32(hi)
}

// end returns the time that the window of a point ends before.
func (f *frame) end(point int64) int64 {
	if f.including {
		return point + 1
	}
	return point
}

// days returns the length of the range in the unit of the times.
func (f *frame) days(res *Result) int64 { return int64(f.window.days) * res.unit.perDay() }

// placesArePoints reports whether each place is a row, and each row a point.
func (p *part) placesArePoints(res *Result, g *group) bool {
	return g.contiguous && res.in.Points == nil && res.slotPoint == nil && g.slotsTo-g.slots == g.to-g.from
}

// times returns the times of a group's places.
func (p *part) times(res *Result, g *group) []int64 {
	if g.kept >= 0 {
		return p.at[g.kept:][:g.to-g.from]
	}
	p.scratch.times = res.in.Rows.At.between(p.scratch.times, int(g.row), int(g.row+g.to-g.from))
	return p.scratch.times
}

// pointTimes returns the times of a group's points, given those of its places.
func (p *part) pointTimes(res *Result, g *group, at []int64) []int64 {
	if p.placesArePoints(res, g) {
		return at
	}
	p.scratch.points = resized(p.scratch.points, int(g.slotsTo-g.slots))
	for k := range p.scratch.points {
		p.scratch.points[k] = res.pointAt(g.slots + int32(k))
	}
	return p.scratch.points
}

// newest holds the newest place of each kind of fault so far, −1 for none.
type newest struct{ overdue, notDue int32 }

func (n *newest) pass(i int32, state place) {
	switch state & (missing | notDue) {
	case missing:
		n.overdue = i
	case missing | notDue:
		n.notDue = i
	}
}

// hasTwin reports whether a duplicate key lies in the window's span: from its
// oldest place, or for a range of days its beginning, up to the point; from the
// start of history if it is short of rows. The newest one before the point tells.
func (f *frame) hasTwin(twins []twin, seen *int, lo int32, begins, endsBefore int64, short bool) bool {
	for *seen < len(twins) && twins[*seen].at < endsBefore {
		*seen++
	}
	if *seen == 0 {
		return false
	}
	t := &twins[*seen-1]
	if f.window.rows > 0 {
		return short || t.rank > 2*lo
	}
	return t.at >= begins
}
