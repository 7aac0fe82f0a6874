package rolling

import "math/bits"

// sum fills the running sums of x, by the grid of the run before if it fits.
//
// What stands at null places is summed with the rest, since the difference of two
// sums has none of it where the window has no such place. Only where it is so wild
// that no grid fits is it put out of the way.
func (v *prepared) sum() {
	for len(v.habits) <= v.column {
		v.habits = append(v.habits, habit{})
	}
	h := &v.habits[v.column]
	if h.wild {
		v.zeroNulls()
	}
	v.sums.resize(len(v.x), min(v.width, len(v.x)))
	if v.exact = v.sums.cut(v.x, h.grid); v.exact {
		return
	}
	m := magnitudesOf(v.x)
	if !h.wild && len(v.nulls) > 0 && !h.newGrid(m, len(v.x)) {
		h.wild = true
		v.zeroNulls()
		m = magnitudesOf(v.x)
	}
	if !m.finite() {
		v.findNonFinite()
		v.zeroNulls()
		m = magnitudesOf(v.x)
	}
	v.exact = (h.grid.fits(m, len(v.x)) || h.newGrid(m, len(v.x))) && v.sums.cut(v.x, h.grid)
}

// A habit is what the runs of a column so far lead to expect of the next one.
type habit struct {
	grid grid
	wild bool // what stands at null places fits no grid
}

// newGrid changes the grid for one that fits, if there is one.
func (h *habit) newGrid(m magnitudes, n int) bool {
	g, ok := newGrid(m, n)
	if ok {
		h.grid = g
	}
	return ok
}

// findNonFinite adds the places of NaN and infinities to the null ones.
func (v *prepared) findNonFinite() {
	if len(v.nulls) == 0 {
		v.nulls = zeroed(v.nulls, words(len(v.x)))
	}
	for k, x := range v.x {
		if !finite(x) {
			v.nulls.set(k)
		}
	}
}

// zeroNulls makes x a copy that is 0 at null places.
func (v *prepared) zeroNulls() {
	v.floatMemory = append(v.floatMemory[:0], v.x...)
	v.x = v.floatMemory
	for i, word := range v.nulls {
		for ; word != 0; word &= word - 1 {
			v.x[i<<6+bits.TrailingZeros64(word)] = 0
		}
	}
}
