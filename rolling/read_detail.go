package rolling

import "github.com/intactdata/intact/rolling/internal/places"

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
	for k := v.From; k < v.To; k++ {
		state := v.State(k)
		switch {
		case state&places.Missing != 0:
			d.Missing++
			due++
			continue
		case state&places.Unexpected != 0:
			d.Unexpected++
		default:
			due++
		}
		switch {
		case state&places.Twice != 0:
		case w.nullAt(&v, k):
			d.Nulls++
		default:
			d.Observed++
		}
	}
	if v.From < v.To {
		d.Oldest, d.Newest = w.key(&v, v.Ref(v.From)), w.key(&v, v.Ref(v.To-1))
	}
	if w.res.table.Expects() {
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
		for _, row := range v.Twins(nil) {
			keys = append(keys, w.key(&v, row))
		}
		return keys
	}
	for k := v.From; k < v.To; k++ {
		state := v.State(k)
		switch reason {
		case Gap:
			if state&(places.Missing|places.NotDue) == places.Missing {
				keys = append(keys, w.key(&v, v.Ref(k)))
			}
		case Waiting:
			if state&places.Missing != 0 {
				keys = append(keys, w.key(&v, v.Ref(k)))
			}
		case Null:
			if state&(places.Missing|places.Twice) == 0 && w.nullAt(&v, k) {
				keys = append(keys, w.key(&v, v.Ref(k)))
			}
		}
	}
	if v.Lost() { // the point is itself the row at fault
		keys = append(keys, w.key(&v, int32(i)))
	}
	return keys
}

// Unexpected appends to keys those whose row has no expected key, oldest first.
func (w Windows) Unexpected(i int, keys []Key) []Key {
	v := w.view(i)
	for k := v.From; k < v.To; k++ {
		if v.State(k)&places.Unexpected != 0 {
			keys = append(keys, w.key(&v, v.Ref(k)))
		}
	}
	return keys
}

// Usable appends to rows those of the places with a usable value, oldest first, and
// returns how many places there are. It tells what somebody who did not refuse had
// before him.
func (w Windows) Usable(i int, rows []int32) (usable []int32, places int) {
	v := w.view(i)
	for k := v.From; k < v.To; k++ {
		if v.State(k)&missingOrTwice == 0 && !w.nullAt(&v, k) {
			rows = append(rows, v.Ref(k))
		}
	}
	return rows, int(v.To - v.From)
}

const missingOrTwice = places.Missing | places.Twice

// nullAt reports whether a place with one row is null for the columns of the spec.
func (w Windows) nullAt(v *places.View, k int32) bool {
	row := int(v.Ref(k))
	columns := w.res.columns
	return v.State(k)&places.Unusable != 0 || !columns[w.a.column].usable(row) ||
		w.a.kind == ratio && !columns[w.a.per].usable(row)
}

func (w Windows) view(i int) places.View { return w.res.table.View(w.a.frame, i) }

// key returns the key of a row, or of the complement of an expected key.
func (w Windows) key(v *places.View, ref int32) Key {
	k := Key{Row: int(ref), Expected: -1, timed: w.res.table.Unit}
	if ref < 0 {
		k.Row, k.Expected = -1, int(^ref)
	}
	k.Entity, k.At, k.Order = v.Key(ref)
	return k
}
