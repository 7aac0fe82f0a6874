package places

import (
	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A Reach is what the answers of one frame for a chunk of points share, whatever
// the column: which windows are refused for all, and which ones a null place is
// in. Places are counted from a base, slots from the first of the chunk.
type Reach struct {
	found    spans      // of all groups that are answered together
	spans               // of the chunk
	Whole    bitset.Set // the slots of windows that are refused for nothing but a column
	HasEmpty bool

	// If windows step, each ends one place after the one before, the first of them
	// with so many places behind it.
	stepping bool
	Behind   int
	// Those of rows that step are all of one width, but for the first ones of a
	// group: begins holds a bit for the window that ends with each place, set if it
	// is the first of a group.
	Rows      int
	excluding bool
	begins    []bitset.Set // see fillBegins
	steps     []int
	spreading bitset.Set
	// Otherwise each place enters the windows with one slot, the first whose window
	// ends after it, and leaves them with another, the first whose window begins
	// after it. Where windows step, place i enters with slot i+1 − behind.
	enter, leave []int32
	// The widths of those of days that step, if all are less than 64 places.
	Narrow bool
	Width  []uint8

	Null bitset.Set // the slots whose windows have a null place
}

// fill finds the reach of windows over the places from base up to last, asked for
// by these groups.
func (r *Reach) fill(f *Frame, groups []group, s, base, last int32) {
	r.fillWhole()
	r.Rows, r.Narrow = 0, false
	if !r.stepping {
		r.enter = firstAfter(r.enter, r.To, base, last)
		r.leave = firstAfter(r.leave, r.From, base, last)
		return
	}
	r.Behind = int(r.To[0] - base)
	if f.Rows == 0 {
		r.leave = firstAfter(r.leave, r.From, base, last)
		r.fillWidths()
		return
	}
	r.Rows, r.excluding = f.Rows, !f.Including
	r.fillBegins(groups, s)
}

// fillWidths finds how wide the windows are.
func (r *Reach) fillWidths() {
	r.Width = memory.Resized(r.Width, bitset.Words(len(r.From))<<6)
	width, to := r.Width[:len(r.From)], r.To[:len(r.From)]
	widest := uint32(0)
	for k, from := range r.From {
		wide := uint32(to[k] - from)
		width[k], widest = uint8(wide), max(widest, wide)
	}
	r.Narrow = widest < 64
}

// fillWhole finds which of the windows are whole.
func (r *Reach) fillWhole() {
	reasons := r.Reason
	allWhole := [8]Reason{}
	r.Whole, r.HasEmpty = memory.Zeroed(r.Whole, bitset.Words(len(reasons))), false
	for k := 0; k < len(reasons); k += 8 {
		if k+8 <= len(reasons) && [8]Reason(reasons[k:]) == allWhole {
			r.Whole[k>>6] |= 0xff << (k & 63)
			continue
		}
		for i, reason := range reasons[k:min(k+8, len(reasons))] {
			r.HasEmpty = r.HasEmpty || reason == Empty
			if reason == Whole {
				r.Whole.Add(k + i)
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
