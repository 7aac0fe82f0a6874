package exact

import (
	"math/bits"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A Run is values that follow one another, over which many windows are summed. What
// stands where one is null does not matter.
type Run struct {
	X     []float64
	Nulls bitset.Set // a bit per value, or none if none is null
	Exact bool       // the sums are: a grid fits X
	sums

	memory []float64
}

// Make returns X with room for n values in memory of the run's own.
func (r *Run) Make(n int) []float64 {
	r.memory = memory.Resized(r.memory, n)
	r.X = r.memory
	return r.X
}

// Convert makes X of integers, or nil unless all of them are exact as float64.
func (r *Run) Convert(ints []int64) {
	r.Make(len(ints))
	for k, i := range ints {
		r.X[k] = float64(i)
	}
	r.zeroNulls()
	if magnitudesOf(r.X).most >= exactIntBits {
		r.X = nil // an integer beyond may not be exact
	}
}

// Sum fills the running sums of X, by the grid of the run before if it fits. Windows
// over it will be up to so many values wide.
//
// What stands at null places is summed with the rest, since the difference of two
// sums has none of it where the window has no such place. Only where it is so wild
// that no grid fits is it put out of the way.
func (r *Run) Sum(h *Habit, width int) {
	if h.wild {
		r.zeroNulls()
	}
	r.resize(len(r.X), min(width, len(r.X)))
	if r.Exact = r.cut(r.X, h.grid); r.Exact {
		return
	}
	m := magnitudesOf(r.X)
	if !h.wild && len(r.Nulls) > 0 && !h.newGrid(m, len(r.X)) {
		h.wild = true
		r.zeroNulls()
		m = magnitudesOf(r.X)
	}
	if !m.finite() {
		r.findNonFinite()
		r.zeroNulls()
		m = magnitudesOf(r.X)
	}
	r.Exact = (h.grid.fits(m, len(r.X)) || h.newGrid(m, len(r.X))) && r.cut(r.X, h.grid)
}

// A Habit is what the runs of a column so far lead to expect of the next one.
type Habit struct {
	grid grid
	wild bool // what stands at null places fits no grid
}

// newGrid changes the grid for one that fits, if there is one.
func (h *Habit) newGrid(m magnitudes, n int) bool {
	g, ok := newGrid(m, n)
	if ok {
		h.grid = g
	}
	return ok
}

// findNonFinite adds the places of NaN and infinities to the null ones.
func (r *Run) findNonFinite() {
	if len(r.Nulls) == 0 {
		r.Nulls = memory.Zeroed(r.Nulls, bitset.Words(len(r.X)))
	}
	for k, x := range r.X {
		if !Finite(x) {
			r.Nulls.Add(k)
		}
	}
}

// zeroNulls makes X a copy that is 0 at null places.
func (r *Run) zeroNulls() {
	r.memory = append(r.memory[:0], r.X...)
	r.X = r.memory
	for i, word := range r.Nulls {
		for ; word != 0; word &= word - 1 {
			r.X[i<<6+bits.TrailingZeros64(word)] = 0
		}
	}
}

// Finite is false for NaN and ±Inf.
func Finite(x float64) bool { return x-x == 0 }
