package rolling_test

import (
	"slices"
	"time"
)

// count is a time on the scale that days are counted on: what day a clock of the
// zone shows, or without one the time itself.
func (n *naive) count(at int64) int64 {
	if n.zone == nil {
		return at
	}
	y, m, d := time.UnixMicro(at).In(n.zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86_400
}

// days is how much so many days are on it.
func (n *naive) days(d int) int64 {
	if n.zone == nil {
		return int64(d) * n.perDay
	}
	return int64(d)
}

// inDays reports whether a time is in the days of a window as of a point.
func (n *naive) inDays(s naiveSpec, at, point int64) bool {
	ago := n.count(point) - n.count(at)
	if s.including {
		return at <= point && ago < n.days(s.days)
	}
	return ago > 0 && ago <= n.days(s.days)
}

// startsWithin reports whether history starts behind where a window's days begin.
func (n *naive) startsWithin(s naiveSpec, entity, reset int32, point int64) bool {
	start, found := n.start(entity, reset)
	start = n.count(start)
	if n.from != nil && (!found || *n.from < start) {
		start, found = *n.from, true
	}
	oldest := n.days(s.days) // ago
	if s.including {
		oldest--
	}
	return !found || n.count(point)-start < oldest
}

func (n *naive) start(entity, reset int32) (int64, bool) {
	start, found := int64(0), false
	see := func(at int64) {
		if !found || at < start {
			start, found = at, true
		}
	}
	for _, r := range n.rows {
		if r.entity == entity && r.reset == reset {
			see(r.at)
		}
	}
	for _, k := range n.expected {
		if k.entity == entity && k.reset == reset {
			see(k.at)
		}
	}
	return start, found
}

// known is how many expected keys have a row, of the entities asked about.
func (n *naive) known(points []naiveKey) int {
	known := 0
	for _, k := range n.expected {
		asked := slices.ContainsFunc(points, func(p naiveKey) bool { return p.entity == k.entity })
		if !asked {
			continue
		}
		for _, i := range n.instants(k.entity, k.reset) {
			if i.at == k.at && i.order == k.order && len(i.rows) > 0 {
				known++
			}
		}
	}
	return known
}
