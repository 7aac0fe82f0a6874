package rolling

import "math"

// A reach is what the answers of one frame for a chunk of points share, whatever
// the column: which windows are refused for all, and which ones a null place is
// in. Windows that are refused are few or stand side by side, so that values are
// computed without a thought of it, and those of the refused taken back.
type reach struct {
	refused []run
	// stepping tells that windows are of rows, and that each ends one place after
	// the one before: place i is in those of the slots [i−shift, i−shift+rows).
	stepping    bool
	shift, rows int32
	// Else enter and leave are, for each place from base on, the first slot whose
	// window ends after it and the first whose window begins after it.
	enter, leave []int32
	slots        int32
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
		r.shift, r.rows = f.to[s]-base-1, int32(f.window.rows)
		return
	}
	r.enter = firstAfter(r.enter, f.to[s:to], base, last)
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
	done := int32(0)
	for _, place := range nulls {
		w := r.windowsOf(place)
		for k := max(done, w.from); k < w.to; k++ {
			out[k], reasons[k] = notANumber, min(reasons[k], Null)
		}
		done = max(done, w.to)
	}
}

// nan is the bits of the NaN in refused slots.
const nan = 0x7ff8000000000001
