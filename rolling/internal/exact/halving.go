package exact

import (
	"math"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// Halving sums windows over values too wide for any grid, half of the windows after
// the other until one fits: the wide places are often few. It holds the memory that
// it works in.
type Halving struct {
	out      []float64
	wanted   bitset.Set
	x        []float64
	from, to []int32
	base     int32
	by       []Divisor

	half       sums
	wantedHalf bitset.Set
}

// fewest is how many windows are not worth to be halved any more.
const fewest = 8

// Slide sets each wanted out[k] to the sum over the window from[k] to to[k], which
// count from base, divided by what belongs to its width. One beyond the range of
// float64 is infinite; what is not wanted is NaN. Windows ascend.
func (h *Halving) Slide(out []float64, wanted bitset.Set, x []float64, from, to []int32, base int32, by []Divisor) {
	h.out, h.wanted, h.x, h.from, h.to, h.base, h.by = out, wanted, x, from, to, base, by
	h.slide(0, len(out))
}

// slide is Slide for the windows from one up to another.
func (h *Halving) slide(lo, hi int) {
	for lo < hi && !h.wanted.Has(lo) {
		h.out[lo] = math.NaN()
		lo++
	}
	for lo < hi && !h.wanted.Has(hi-1) {
		hi--
		h.out[hi] = math.NaN()
	}
	if lo == hi {
		return
	}
	base := h.from[lo]
	x := h.x[base-h.base : h.to[hi-1]-h.base]
	h.half.resize(len(x), 0)
	if g, ok := newGrid(magnitudesOf(x), len(x)); ok && h.half.cut(x, g) {
		h.wantedHalf = memory.Resized(h.wantedHalf, bitset.Words(hi-lo))
		for i := range h.wantedHalf {
			h.wantedHalf[i] = h.wanted.Word(lo + i<<6)
		}
		out := h.out[lo:hi]
		for k := range out {
			out[k] = math.NaN()
		}
		h.half.SlideAnyhow(out, h.wantedHalf, h.from[lo:hi], h.to[lo:hi], base, h.by)
		return
	}
	if n := hi - lo; n > fewest {
		h.slide(lo, lo+n/2)
		h.slide(lo+n/2, hi)
		return
	}
	for k := lo; k < hi; k++ {
		h.out[k] = math.NaN()
		if h.wanted.Has(k) {
			h.out[k] = over(x[h.from[k]-base:h.to[k]-base], h.by[h.to[k]-h.from[k]].n)
		}
	}
}
