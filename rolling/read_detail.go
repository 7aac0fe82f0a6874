package rolling

import "github.com/intactdata/intact/rolling/internal/calendar"

// A Detail is what stands behind one answer.
type Detail struct {
	Reason Reason
	// Observed is the number of usable places.
	Observed int
	// Expected is the number of places that should be there: n of Last(n), the
	// expected keys in the range not excused for Days(d). It is −1 where nothing
	// is known of what was expected.
	Expected int
	// Missing is the number of places whose expected key has no row.
	Missing int
	// Nulls is the number of places without a usable value.
	Nulls int
	// Unexpected is the number of places whose row has no expected key. They
	// count, and are told.
	Unexpected int
	// Oldest and Newest are the ends of the window; their rows and expected keys
	// are −1 where it has no place.
	Oldest, Newest Key
}

// Places returns whether the window has any place, and so an oldest and a newest.
func (d *Detail) Places() bool { return d.Newest.Row >= 0 || d.Newest.Expected >= 0 }

// Span returns the time from the oldest place to the newest, in days for dates
// and microseconds for timestamps, whatever the zone.
func (d *Detail) Span() int64 { return d.Newest.At - d.Oldest.At }

// noKey is the key of no place.
var noKey = Key{Row: -1, Expected: -1}

// Detail counts the places of the window as of point i.
func (w Windows) Detail(i int) Detail {
	v := w.view(i)
	d := Detail{Reason: w.a.reason[i], Expected: -1, Oldest: noKey, Newest: noKey}
	due := 0
	for k := v.from; k < v.to; k++ {
		state := v.state(k)
		switch {
		case state&missing != 0:
			d.Missing++
			due++
			continue
		case state&unexpected != 0:
			d.Unexpected++
		default:
			due++
		}
		switch {
		case state&twice != 0:
		case w.nullAt(v, k):
			d.Nulls++
		default:
			d.Observed++
		}
	}
	if v.from < v.to {
		d.Oldest, d.Newest = w.key(v, v.from), w.key(v, v.to-1)
	}
	if w.res.in.Expected != nil {
		if d.Expected = due; w.a.spec.window.rows > 0 {
			d.Expected = w.a.spec.window.rows
		}
	}
	return d
}

// Faults appends to keys those that a refusal is about, oldest first: the keys
// that occur twice, those that are missing, those not yet due, those that are
// null. Other reasons have none.
func (w Windows) Faults(i int, keys []Key) []Key {
	v := w.view(i)
	reason := w.a.reason[i]
	if reason == Duplicate {
		return w.twins(v, i, keys)
	}
	for k := v.from; k < v.to; k++ {
		state := v.state(k)
		switch reason {
		case Gap:
			if state&(missing|notDue) == missing {
				keys = append(keys, w.key(v, k))
			}
		case Waiting:
			if state&missing != 0 {
				keys = append(keys, w.key(v, k))
			}
		case Null:
			if state&(missing|twice) == 0 && w.nullAt(v, k) {
				keys = append(keys, w.key(v, k))
			}
		}
	}
	if v.g != nil && v.g.lost {
		keys = append(keys, w.pointKey(v.g, i))
	}
	return keys
}

// Unexpected appends to keys those whose row has no expected key, oldest first.
func (w Windows) Unexpected(i int, keys []Key) []Key {
	v := w.view(i)
	for k := v.from; k < v.to; k++ {
		if v.state(k)&unexpected != 0 {
			keys = append(keys, w.key(v, k))
		}
	}
	return keys
}

// twins appends the duplicate keys in the span of a window.
func (w Windows) twins(v view, i int, keys []Key) []Key {
	f := &w.res.frames[w.a.frame]
	days := calendar.Of(w.res.zone)
	_, begins, ends := f.over(w.res.pointKeys().At.at(i), &days)
	lo := v.from - v.g.from
	for t := v.g.twins; t < v.g.twinsTo; t++ {
		twin := &v.p.twins[t]
		in := twin.at >= begins
		if f.window.rows > 0 {
			in = v.to-v.from < int32(f.window.rows) || twin.rank > 2*lo
		}
		if in && twin.at < ends {
			keys = append(keys, w.rowKey(v.g, twin.row))
		}
	}
	return keys
}

// A view is a window's places in the part that holds them.
type view struct {
	p        *part
	g        *group
	from, to int32 // its places
}

// ref returns the row of a place, or the complement of its expected key.
func (v view) ref(k int32) int32 {
	if v.g.kept < 0 {
		return v.g.row + k - v.g.from
	}
	return v.p.ref[v.g.kept+k-v.g.from]
}

// state returns what is wrong with a place.
func (v view) state(k int32) place {
	if v.g.kept < 0 {
		return 0
	}
	return v.p.state[v.g.kept+k-v.g.from]
}

func (w Windows) view(i int) view {
	slot := int32(i)
	if w.res.pointSlot != nil {
		slot = w.res.pointSlot[i]
	}
	for k := range w.res.parts {
		p := &w.res.parts[k]
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
			g := &p.groups[lo]
			from, to := w.res.frames[w.a.frame].of(p, g, w.res, w.res.pointAt(slot))
			return view{p, g, from, to}
		}
	}
	return view{}
}

// nullAt reports whether a place with one row is null for the columns of the spec.
func (w Windows) nullAt(v view, k int32) bool {
	row := int(v.ref(k))
	columns := w.res.in.Columns
	return v.state(k)&null != 0 || !columns[w.a.column].usable(row) ||
		w.a.kind == ratio && !columns[w.a.per].usable(row)
}

func (w Windows) key(v view, k int32) Key {
	ref := v.ref(k)
	if ref >= 0 {
		return w.rowKey(v.g, ref)
	}
	at, order, _ := w.res.in.Expected.key(^ref)
	return Key{Entity: v.g.entity, At: at, Order: order, Row: -1, Expected: int(^ref), timed: w.res.unit}
}

func (w Windows) rowKey(g *group, row int32) Key {
	at, order, _ := w.res.in.Rows.key(row)
	return Key{Entity: g.entity, At: at, Order: order, Row: int(row), Expected: -1, timed: w.res.unit}
}

// pointKey is the key of a point that is itself a row at fault.
func (w Windows) pointKey(g *group, i int) Key { return w.rowKey(g, int32(i)) }
