package rolling

import (
	"math/bits"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
)

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
	v.sums.Resize(len(v.x), min(v.width, len(v.x)))
	if v.exact = v.sums.Cut(v.x, h.grid); v.exact {
		return
	}
	m := exact.MagnitudesOf(v.x)
	if !h.wild && len(v.nulls) > 0 && !h.newGrid(m, len(v.x)) {
		h.wild = true
		v.zeroNulls()
		m = exact.MagnitudesOf(v.x)
	}
	if !m.Finite() {
		v.findNonFinite()
		v.zeroNulls()
		m = exact.MagnitudesOf(v.x)
	}
	v.exact = (h.grid.Fits(m, len(v.x)) || h.newGrid(m, len(v.x))) && v.sums.Cut(v.x, h.grid)
}

// A habit is what the runs of a column so far lead to expect of the next one.
type habit struct {
	grid exact.Grid
	wild bool // what stands at null places fits no grid
}

// newGrid changes the grid for one that fits, if there is one.
func (h *habit) newGrid(m exact.Magnitudes, n int) bool {
	g, ok := exact.NewGrid(m, n)
	if ok {
		h.grid = g
	}
	return ok
}

// findNonFinite adds the places of NaN and infinities to the null ones.
func (v *prepared) findNonFinite() {
	if len(v.nulls) == 0 {
		v.nulls = memory.Zeroed(v.nulls, bitset.Words(len(v.x)))
	}
	for k, x := range v.x {
		if !finite(x) {
			v.nulls.Add(k)
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
