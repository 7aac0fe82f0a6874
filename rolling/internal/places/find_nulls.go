package places

import (
	"math/bits"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// FindNull finds the slots whose windows have a null place.
func (r *Reach) FindNull(nulls bitset.Set) {
	r.Null = memory.Zeroed(r.Null, bitset.Words(len(r.Reason)))
	if len(nulls) == 0 {
		return
	}
	if r.Rows > 0 {
		r.spreadNull(nulls)
		return
	}
	for i, word := range nulls {
		for ; word != 0; word &= word - 1 {
			place := i<<6 + bits.TrailingZeros64(word)
			enter := place + 1 - r.Behind
			if !r.stepping {
				enter = int(r.enter[place])
			}
			r.Null.AddRun(max(0, enter), int(r.leave[place]))
		}
	}
}

// spreadNull is findNull for windows that step and are all of one width: a null
// place is in the window that ends with it and those so many after it, up to the
// end of its group. They are marked in steps that double.
func (r *Reach) spreadNull(nulls bitset.Set) {
	r.spreading = memory.Resized(r.spreading, bitset.Words(r.Behind+len(r.Reason)))
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
		r.spreading.OrBehind(by, r.begins[i])
	}
	for i := range r.Null {
		r.Null[i] = r.spreading.Word(r.Behind + i<<6)
	}
	if n := len(r.Reason); n&63 != 0 {
		r.Null[len(r.Null)-1] &= 1<<(n&63) - 1
	}
}

// fillBegins finds the windows that begin a group, and plans the steps by which null
// places spread, each with those that it must not come to: the first windows of
// each group, as many as the step is far, for what is behind them is another's.
func (r *Reach) fillBegins(groups []group, s int32) {
	n := bitset.Words(r.Behind + len(r.Reason))
	r.begins = memory.Longer(r.begins, 1)
	r.begins[0] = memory.Zeroed(r.begins[0], n)
	for i := range groups {
		if first := int(groups[i].slots - s); first >= 0 && first < len(r.Reason) {
			r.begins[0].Add(first + r.Behind)
		}
	}
	r.steps = r.steps[:0]
	most := min(r.Rows, r.Behind+len(r.Reason))
	for covered := 1; covered < most; {
		// A shorter last step comes to no place of another group either, for a window
		// that near to its group's beginning has been marked by then.
		by := min(covered, most-covered)
		r.steps = append(r.steps, by)
		i := len(r.steps)
		r.begins = memory.Longer(r.begins, i+1)
		r.begins[i] = append(r.begins[i][:0], r.begins[i-1]...)
		r.begins[i].OrBehind(by, nil)
		covered += by
	}
}
