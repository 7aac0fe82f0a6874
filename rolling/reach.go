package rolling

import "math/bits"

// A reach is what the answers of one frame for a chunk of points share, whatever
// the column: which windows are refused for all, and which ones a null place is
// in. Places are counted from a base, slots from the first of the chunk.
type reach struct {
	found    spans  // of all groups that are answered together
	spans           // of the chunk
	whole    bitset // the slots of windows that are refused for nothing but a column
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
	begins    []bitset // see fillBegins
	steps     []int
	spreading bitset
	// Otherwise each place enters the windows with one slot, the first whose window
	// ends after it, and leaves them with another, the first whose window begins
	// after it. Where windows step, place i enters with slot i+1 − behind.
	enter, leave []int32
	// Those of days that step, if all are less than 64 places wide, by the place that
	// each begins with and its width.
	narrow bool
	begin  []uint32
	width  []uint8

	null bitset // the slots whose windows have a null place
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
	if f.window.rows == 0 {
		r.leave = firstAfter(r.leave, r.from, base, last)
		r.fillWidths(base)
		return
	}
	r.rows, r.excluding = f.window.rows, !f.including
	r.fillBegins(groups, s)
}

// fillWidths finds where the windows begin and how wide they are.
func (r *reach) fillWidths(base int32) {
	n := words(len(r.from)) << 6
	r.begin, r.width = resized(r.begin, n), resized(r.width, n)
	begin, width, to := r.begin[:len(r.from)], r.width[:len(r.from)], r.to[:len(r.from)]
	widest := uint32(0)
	for k, from := range r.from {
		wide := uint32(to[k] - from)
		begin[k], width[k] = uint32(from-base), uint8(wide)
		widest = max(widest, wide)
	}
	r.narrow = widest < 64
}

// fillWhole finds which of the windows are whole.
func (r *reach) fillWhole() {
	reasons := r.reason
	allWhole := [8]Reason{Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole}
	r.whole, r.hasEmpty = zeroed(r.whole, words(len(reasons))), false
	for k := 0; k < len(reasons); k += 8 {
		if k+8 <= len(reasons) && [8]Reason(reasons[k:]) == allWhole {
			r.whole[k>>6] |= 0xff << (k & 63)
			continue
		}
		for i, reason := range reasons[k:min(k+8, len(reasons))] {
			r.hasEmpty = r.hasEmpty || reason == Empty
			if reason == Whole {
				r.whole.set(k + i)
			}
		}
	}
}

// firstAfter returns for each place from base up to last the first of some ends,
// in order, that comes after it.
func firstAfter(first, ends []int32, base, last int32) []int32 {
	places := int(last - base)
	first = resized(first, places+4)
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

// findNull finds the slots whose windows have a null place.
func (r *reach) findNull(nulls bitset) {
	r.null = zeroed(r.null, words(len(r.reason)))
	if len(nulls) == 0 {
		return
	}
	if r.rows > 0 {
		r.spreadNull(nulls)
		return
	}
	for i, word := range nulls {
		for ; word != 0; word &= word - 1 {
			place := i<<6 + bits.TrailingZeros64(word)
			enter := place + 1 - r.behind
			if !r.stepping {
				enter = int(r.enter[place])
			}
			r.null.setRun(max(0, enter), int(r.leave[place]))
		}
	}
}

// spreadNull is findNull for windows that step and are all of one width: a null
// place is in the window that ends with it and those so many after it, up to the
// end of its group. They are marked in steps that double.
func (r *reach) spreadNull(nulls bitset) {
	r.spreading = resized(r.spreading, words(r.behind+len(r.reason)))
	carry := uint64(0)
	for i := range r.spreading {
		word := uint64(0)
		if i < len(nulls) {
			word = nulls[i]
		}
		r.spreading[i], carry = word<<1|carry, word>>63
		if r.excluding {
			r.spreading[i] &^= r.begins[0][i] // those windows are empty
		}
	}
	for i, by := range r.steps {
		r.spreading.orBehind(by, r.begins[i])
	}
	for i := range r.null {
		r.null[i] = r.spreading.word(r.behind + i<<6)
	}
	if n := len(r.reason); n&63 != 0 {
		r.null[len(r.null)-1] &= 1<<(n&63) - 1
	}
}

// fillBegins finds the windows that begin a group, and plans the steps by which null
// places spread, each with those that it must not come to: the first windows of
// each group, as many as the step is far, for what is behind them is another's.
func (r *reach) fillBegins(groups []group, s int32) {
	n := words(r.behind + len(r.reason))
	r.begins = longer(r.begins, 1)
	r.begins[0] = zeroed(r.begins[0], n)
	for i := range groups {
		if first := int(groups[i].slots - s); first >= 0 && first < len(r.reason) {
			r.begins[0].set(first + r.behind)
		}
	}
	r.steps = r.steps[:0]
	for covered := 1; covered < r.rows; {
		// A shorter last step comes to no place of another group either, for a window
		// that near to its group's beginning has been marked by then.
		by := min(covered, r.rows-covered, 63)
		r.steps = append(r.steps, by)
		i := len(r.steps)
		r.begins = longer(r.begins, i+1)
		r.begins[i] = append(r.begins[i][:0], r.begins[i-1]...)
		r.begins[i].orBehind(by, nil)
		covered += by
	}
}

// patterns are eight reasons by a bit for each, Null where it is set.
var patterns = func() (patterns [256][8]Reason) {
	for bits := range patterns {
		for i := range 8 {
			if patterns[bits][i] = Whole; bits>>i&1 != 0 {
				patterns[bits][i] = Null
			}
		}
	}
	return patterns
}()

// reasons sets the reasons of a column from those whatever the column.
func (r *reach) reasons(out []Reason) {
	for i, whole := range r.whole {
		null, at := r.null[i], i<<6
		out, reasons := out[at:min(at+64, len(out))], r.reason[at:]
		for k := 0; k < len(out); k += 8 {
			if whole>>(k&63)&0xff == 0xff {
				*(*[8]Reason)(out[k:]) = patterns[null>>(k&63)&0xff]
				continue
			}
			for j := k; j < min(k+8, len(out)); j++ {
				if out[j] = reasons[j]; null>>(j&63)&1 != 0 {
					out[j] = min(out[j], Null)
				}
			}
		}
	}
}
