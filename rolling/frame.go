package rolling

// A frame is what specs over the same places share: which places a window is
// over, and what is wrong with them whatever the column.
type frame struct {
	window    Window
	including bool
	maxSpan   int64 // in the unit of the times; 0 is none
	maxAge    int64

	// A slot per point.
	from, to []int32 // the places of its window, counted over all parts
	reason   []Reason
}

func (f *frame) fits(s *Spec, u unit) bool {
	return f.window == s.window && f.including == s.including &&
		f.maxSpan == int64(s.maxSpan)*u.perDay() && f.maxAge == int64(s.maxAge)*u.perDay()
}

// find finds the windows of a group's points. It returns the most places in one,
// and whether they step: each window ends one place after the one before.
//
// Points and places both ascend, so that each end of the window only moves on,
// and the newest place of each kind of fault before a point is enough to say
// whether its window has one.
func (f *frame) find(p *part, g *group, res *Result) (most int32, stepping bool) {
	if g.lost {
		for s := g.slots; s < g.slotsTo; s++ {
			f.from[s], f.to[s], f.reason[s] = p.base, p.base, Null
		}
		return 0, false
	}
	points, distinct := p.pointTimes(res, g)
	start := g.start
	if h := res.in.HistoryFrom; h != nil {
		start = min(start, *h)
	}
	if g.clean && g.to > g.from && f.maxSpan == 0 && f.maxAge == 0 {
		if f.window.rows > 0 {
			if distinct {
				f.stepRows(g, p.base)
			} else {
				f.findRows(points, p.at[g.from:g.to], g.slots, p.base+g.from)
			}
			return min(int32(f.window.rows), g.to-g.from), distinct
		}
		return f.findDays(points, p.at[g.from:g.to], g.slots, p.base+g.from, start, int64(f.window.days)*res.unit.perDay()), distinct
	}
	var (
		at, state  = p.at[g.from:g.to], p.state[g.from:g.to]
		twins      = p.twins[g.twins:g.twinsTo]
		base       = p.base + g.from
		lo, hi     = int32(0), int32(0)
		faults     = newest{overdue: -1, notDue: -1}
		twinsSeen  = 0
		perDay     = res.unit.perDay()
		endsBefore int64
	)
	for k, point := range points {
		s := g.slots + int32(k)
		if endsBefore = point; f.including {
			endsBefore++
		}
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
			begins = before(endsBefore, int64(f.window.days)*perDay)
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
		f.from[s], f.to[s], f.reason[s] = base+lo, base+hi, r
		most = max(most, hi-lo)
	}
	return most, false
}

// pointTimes returns the times of a group's points, and whether they are its
// places, no two of them at one time.
func (p *part) pointTimes(res *Result, g *group) (times []int64, distinct bool) {
	n := int(g.slotsTo - g.slots)
	if g.contiguous && res.in.Points == nil && res.slotPoint == nil && n == int(g.to-g.from) {
		return p.at[g.from:g.to], res.in.Rows.Order == nil // each place is a row, and each row a point
	}
	p.scratch.points = resized(p.scratch.points, n)
	for k := range p.scratch.points {
		p.scratch.points[k] = res.pointAt(g.slots + int32(k))
	}
	return p.scratch.points, false
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

// before returns t−d, or the least time where that is before all time.
func before(t, d int64) int64 {
	if b := t - d; b <= t {
		return b
	}
	return -1 << 63
}
