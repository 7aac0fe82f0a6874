package rolling

import (
	"math"
	"math/bits"
)

// A reach is what the answers of one frame for a chunk of points share, whatever
// the column: which windows are refused for all, and which ones a null place is
// in. Windows that are refused are few or stand side by side, so that values are
// computed without a thought of it, and those of the refused taken back.
type reach struct {
	refused []run
	slots   int32
	// Each place from base on enters the windows with one slot, the first whose
	// window ends after it, and leaves them with another, the first whose window
	// begins after it. If windows step, each ending one place after the one before,
	// place i enters with slot i − shift, and if they are of rows it leaves so many
	// slots later.
	stepping     bool
	shift, rows  int32
	enter, leave []int32 // where that is not so

	marks []uint64 // a bit per slot, of those with a null place
}

// A run is some slots one after the other.
type run struct{ from, to int32 }

// fill finds the reach of windows over the places from base up to last.
func (r *reach) fill(f *frame, s, to, base, last int32) {
	r.refused, r.slots = r.refused[:0], to-s
	for k, reason := range f.reason[s:to] {
		if reason == Whole {
			continue
		}
		if n := len(r.refused); n > 0 && r.refused[n-1].to == int32(k) {
			r.refused[n-1].to++
		} else {
			r.refused = append(r.refused, run{int32(k), int32(k) + 1})
		}
	}
	if r.stepping {
		r.shift = f.to[s] - base - 1
		if r.rows = int32(f.window.rows); r.rows > 0 {
			return
		}
	} else {
		r.enter = firstAfter(r.enter, f.to[s:to], base, last)
	}
	r.leave = firstAfter(r.leave, f.from[s:to], base, last)
}

// firstAfter returns for each place from base up to last the first of some ends,
// in order, that comes after it.
func firstAfter(first, ends []int32, base, last int32) []int32 {
	first = zeroed(first, int(last-base)+1)
	for k, end := range ends {
		first[end-base] = int32(k) + 1
	}
	most := int32(0)
	for i, n := range first {
		most = max(most, n)
		first[i] = most
	}
	return first
}

// windowsOf returns the slots whose windows hold a place.
func (r *reach) windowsOf(place int32) run {
	if !r.stepping {
		return run{r.enter[place], r.leave[place]}
	}
	from := place - r.shift
	if r.rows == 0 {
		return run{max(0, from), r.leave[place]}
	}
	return run{max(0, from), min(from+r.rows, r.slots)}
}

// refuse takes back the values of windows that are refused. The reasons are those
// whatever the column, and become those of the column.
func (r *reach) refuse(out []float64, reasons []Reason, nulls []int32, zeroWhenEmpty bool) {
	notANumber := math.Float64frombits(nan)
	for _, refused := range r.refused {
		for k := refused.from; k < refused.to; k++ {
			if out[k] = notANumber; zeroWhenEmpty && reasons[k] == Empty {
				out[k], reasons[k] = 0, Whole
			}
		}
	}
	if len(nulls) == 0 {
		return
	}
	// By way of bits, since where the next null place is can not be foreseen.
	r.marks = zeroed(r.marks, len(out)/64+1)
	for _, place := range nulls {
		r.mark(r.windowsOf(place))
	}
	for i, word := range r.marks {
		for ; word != 0; word &= word - 1 {
			k := i<<6 + bits.TrailingZeros64(word)
			out[k], reasons[k] = notANumber, min(reasons[k], Null)
		}
	}
}

// mark sets the bits of some slots.
func (r *reach) mark(slots run) {
	if slots.from >= slots.to {
		return
	}
	first, last := slots.from>>6, (slots.to-1)>>6
	begin, end := uint64(math.MaxUint64)<<(slots.from&63), uint64(math.MaxUint64)>>(-slots.to&63)
	if first == last {
		begin &= end
		end = begin
	}
	r.marks[first] |= begin
	for i := first + 1; i < last; i++ {
		r.marks[i] = math.MaxUint64
	}
	r.marks[last] |= end
}

// nan is the bits of the NaN in refused slots.
const nan = 0x7ff8000000000001
