package rolling

import (
	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A reach is what the answers of one frame for a chunk of points share, whatever
// the column: which windows are refused for all, and which ones a null place is
// in. Places are counted from a base, slots from the first of the chunk.
type reach struct {
	found    spans      // of all groups that are answered together
	spans               // of the chunk
	whole    bitset.Set // the slots of windows that are refused for nothing but a column
	hasEmpty bool

	// If windows step, each ends one place after the one before, the first of them
	// with so many places behind it.
	stepping bool
	behind   int
	// Those of rows that step are all of one width, but for the first ones of a
	// group: begins holds a bit for the window that ends with each place, set if it
	// is the first of a group.
	rows      int
	excluding bool
	begins    []bitset.Set // see fillBegins
	steps     []int
	spreading bitset.Set
	// Otherwise each place enters the windows with one slot, the first whose window
	// ends after it, and leaves them with another, the first whose window begins
	// after it. Where windows step, place i enters with slot i+1 − behind.
	enter, leave []int32
	// The widths of those of days that step, if all are less than 64 places.
	narrow bool
	width  []uint8

	null bitset.Set // the slots whose windows have a null place
}

// fill finds the reach of windows over the places from base up to last, asked for
// by these groups.
func (r *reach) fill(f *frame, groups []group, s, base, last int32) {
	r.fillWhole()
	r.rows, r.narrow = 0, false
	if !r.stepping {
		r.enter = firstAfter(r.enter, r.to, base, last)
		r.leave = firstAfter(r.leave, r.from, base, last)
		return
	}
	r.behind = int(r.to[0] - base)
	if f.rows == 0 {
		r.leave = firstAfter(r.leave, r.from, base, last)
		r.fillWidths()
		return
	}
	r.rows, r.excluding = f.rows, !f.including
	r.fillBegins(groups, s)
}

// fillWidths finds how wide the windows are.
func (r *reach) fillWidths() {
	r.width = memory.Resized(r.width, bitset.Words(len(r.from))<<6)
	width, to := r.width[:len(r.from)], r.to[:len(r.from)]
	widest := uint32(0)
	for k, from := range r.from {
		wide := uint32(to[k] - from)
		width[k], widest = uint8(wide), max(widest, wide)
	}
	r.narrow = widest < 64
}

// fillWhole finds which of the windows are whole.
func (r *reach) fillWhole() {
	reasons := r.reason
	allWhole := [8]finding{}
	r.whole, r.hasEmpty = memory.Zeroed(r.whole, bitset.Words(len(reasons))), false
	for k := 0; k < len(reasons); k += 8 {
		if k+8 <= len(reasons) && [8]finding(reasons[k:]) == allWhole {
			r.whole[k>>6] |= 0xff << (k & 63)
			continue
		}
		for i, reason := range reasons[k:min(k+8, len(reasons))] {
			r.hasEmpty = r.hasEmpty || reason == foundEmpty
			if reason == foundWhole {
				r.whole.Add(k + i)
			}
		}
	}
}

// firstAfter returns for each place from base up to last the first of some ends,
// in order, that comes after it.
func firstAfter(first, ends []int32, base, last int32) []int32 {
	places := int(last - base)
	first = memory.Resized(first, places+4)
	at := 0
	for k, end := range ends {
		// Four at a time, whether they are so many or not, since how many are can not
		// be foreseen. What is too many is written over by the next ones.
		k, next := int32(k), int(end-base)
		*(*[4]int32)(first[at:]) = [4]int32{k, k, k, k}
		for ; at+4 < next; at += 4 {
			*(*[4]int32)(first[at+4:]) = [4]int32{k, k, k, k}
		}
		at = next
	}
	for ; at < places; at++ {
		first[at] = int32(len(ends))
	}
	return first
}
