package places

import (
	"sort"

	"github.com/intactdata/intact/rolling/internal/calendar"
)

// A View is one window, found again with its places.
type View struct {
	table    *Table
	part     *Part
	group    *group
	frame    *Frame
	point    int32
	From, To int32 // its places
}

// View returns the window of a frame as of a point.
func (t *Table) View(frame, point int) View {
	slot := int32(point)
	if t.pointSlot != nil {
		slot = t.pointSlot[point]
	}
	for k := range t.Parts {
		p := &t.Parts[k]
		// Groups stand in the order of their slots.
		lo, hi := 0, len(p.groups)
		for lo < hi {
			if m := (lo + hi) / 2; p.groups[m].slotsTo <= slot {
				lo = m + 1
			} else {
				hi = m
			}
		}
		if lo < len(p.groups) {
			v := View{table: t, part: p, group: &p.groups[lo], frame: &t.frames[frame], point: int32(point)}
			v.From, v.To = v.frame.of(p, v.group, t, t.pointAt(slot))
			return v
		}
	}
	return View{}
}

// of returns the places of one window of a group, as find does.
func (f *Frame) of(p *Part, g *group, t *Table, point int64) (from, to int32) {
	if g.lost {
		return g.from, g.from
	}
	places := int(g.to - g.from)
	at := func(k int) int64 {
		if g.kept < 0 {
			return t.in.Rows.At.at(int(g.row) + k)
		}
		return p.at[int(g.kept)+k]
	}
	days := calendar.Of(t.zone)
	_, begins, end := f.Over(point, &days)
	hi := sort.Search(places, func(k int) bool { return at(k) >= end })
	lo := max(0, hi-f.Rows)
	if f.Days > 0 {
		lo = sort.Search(hi, func(k int) bool { return at(k) >= begins })
	}
	return g.from + int32(lo), g.from + int32(hi)
}

// State returns what is wrong with a place.
func (v *View) State(k int32) State {
	if v.group.kept < 0 {
		return 0
	}
	return v.part.state[v.group.kept+k-v.group.from]
}

// Ref returns the row of a place, or the complement of its expected key.
func (v *View) Ref(k int32) int32 {
	if v.group.kept < 0 {
		return v.group.row + k - v.group.from
	}
	return v.part.ref[v.group.kept+k-v.group.from]
}

// Key returns the key of a row, or of the complement of an expected key.
func (v *View) Key(ref int32) (entity int32, at, order int64) {
	k := &v.table.in.Rows
	if ref < 0 {
		k, ref = &v.table.in.Expected.Keys, ^ref
	}
	at, order, _ = k.Key(ref)
	return v.group.entity, at, order
}

// Lost reports whether the point is a row whose reset is NULL, so that there is no
// history for it to see.
func (v *View) Lost() bool { return v.group != nil && v.group.lost }

// Twins appends the rows of the duplicate keys in the span of the window.
func (v *View) Twins(rows []int32) []int32 {
	if v.group == nil {
		return rows
	}
	f, g := v.frame, v.group
	days := calendar.Of(v.table.zone)
	_, begins, ends := f.Over(v.table.pointKeys().At.at(int(v.point)), &days)
	lo := v.From - g.from
	for _, twin := range v.part.twins[g.twins:g.twinsTo] {
		in := twin.at >= begins
		if f.Rows > 0 {
			in = v.To-v.From < int32(f.Rows) || twin.rank > 2*lo
		}
		if in && twin.at < ends {
			rows = append(rows, twin.row)
		}
	}
	return rows
}
