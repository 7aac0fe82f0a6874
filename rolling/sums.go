package rolling

import "slices"

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
	v.sums = resized(v.sums, len(v.x)+1)
	m := cutSums(v.sums, v.x, h.grid.c)
	if h.grid.fits(m, len(v.x)) {
		return
	}
	if !h.wild && len(v.nulls) > 0 {
		h.wild = !h.newGrid(m, len(v.x))
		v.zeroNulls()
	}
	if m = magnitudesOf(v.x); !m.finite() {
		v.findNonFinite()
		v.zeroNulls()
		m = magnitudesOf(v.x)
	}
	if v.sums = v.sums[:0]; h.grid.fits(m, len(v.x)) || h.newGrid(m, len(v.x)) {
		v.sums = v.sums[:len(v.x)+1]
		cutSums(v.sums, v.x, h.grid.c)
	}
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
	for k, x := range v.x {
		if !finite(x) {
			v.nulls = append(v.nulls, int32(k))
		}
	}
	slices.Sort(v.nulls)
}

// zeroNulls makes x a copy that is 0 at null places.
func (v *prepared) zeroNulls() {
	v.floatMemory = append(v.floatMemory[:0], v.x...)
	v.x = v.floatMemory
	for _, k := range v.nulls {
		v.x[k] = 0
	}
}
