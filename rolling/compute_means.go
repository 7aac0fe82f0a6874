package rolling

import (
	"math"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// means answers means and sums of floats by the kernel.
func (p *part) means(res *Result, a *answers, r *reach, s, to int32) {
	w := &p.scratch
	out, reasons := a.f[s:to], a.reason[s:to]
	if res.slotPoint != nil {
		w.floats, w.reasons = memory.Resized(w.floats, len(out)), memory.Resized(w.reasons, len(out))
		out, reasons = w.floats, w.reasons
	}
	r.findNull(w.run.nulls)
	r.reasons(reasons)
	w.want(r)
	if w.run.exact {
		w.slide(out, a.kind, r)
	} else {
		w.halve(&wideRun{out, reasons, r.from, r.to, w.divisors(a.kind)}, 0, len(out))
	}
	if r.hasEmpty && a.zeroWhenEmpty() {
		for k, reason := range reasons {
			if reason == Empty {
				out[k], reasons[k] = 0, Whole
			}
		}
	}
	if res.slotPoint != nil {
		for k, point := range res.slotPoint[s:to] {
			a.f[point], a.reason[point] = out[k], reasons[k]
		}
	}
}

// want notes which windows have a value: those that are not refused.
func (w *workspace) want(r *reach) {
	w.wanted = memory.Resized(w.wanted, len(r.whole))
	for i, whole := range r.whole {
		w.wanted[i] = whole &^ r.null[i]
	}
}

// slide computes the wanted windows; the others are NaN.
func (w *workspace) slide(out []float64, kind kind, r *reach) {
	for k := 0; k < len(out); k += len(nans) {
		copy(out[k:], nans[:])
	}
	by, sums := w.divisors(kind), &w.run.sums
	switch {
	case r.rows > w.run.places: // none has as many
	case r.rows > 0:
		sums.Slide(out, w.wanted, r.behind, r.rows, by[r.rows])
	case r.narrow:
		sums.SlideNarrow(out, w.wanted, r.behind, r.width, (*[64]exact.Divisor)(by))
	default:
		sums.SlideAnyhow(out, w.wanted, r.from, r.to, w.run.base, by)
	}
}

// nans are what stands in slots that are refused.
var nans = func() (nans [256]float64) {
	for i := range nans {
		nans[i] = math.NaN()
	}
	return nans
}()

// fewest is how many windows are not worth to be halved any more.
const fewest = 8

// A wide run is windows over values too wide for any grid.
type wideRun struct {
	out      []float64
	reasons  []Reason
	from, to []int32
	by       []exact.Divisor
}

// halve computes the wanted windows from one up to another, half of them after
// the other until a grid fits: the wide places are often few.
func (w *workspace) halve(run *wideRun, lo, hi int) {
	for lo < hi && !w.wanted.Has(lo) {
		run.out[lo] = math.NaN()
		lo++
	}
	for lo < hi && !w.wanted.Has(hi-1) {
		hi--
		run.out[hi] = math.NaN()
	}
	if lo == hi {
		return
	}
	base := run.from[lo]
	x := w.run.x[base-w.run.base : run.to[hi-1]-w.run.base]
	w.half.Resize(len(x), 0)
	if g, ok := exact.NewGrid(exact.MagnitudesOf(x), len(x)); ok && w.half.Cut(x, g) {
		w.wantedHalf = memory.Resized(w.wantedHalf, bitset.Words(hi-lo))
		for i := range w.wantedHalf {
			w.wantedHalf[i] = w.wanted.Word(lo + i<<6)
		}
		out := run.out[lo:hi]
		for k := range out {
			out[k] = math.NaN()
		}
		w.half.SlideAnyhow(out, w.wantedHalf, run.from[lo:hi], run.to[lo:hi], base, run.by)
		return
	}
	if n := hi - lo; n > fewest {
		w.halve(run, lo, lo+n/2)
		w.halve(run, lo+n/2, hi)
		return
	}
	for k := lo; k < hi; k++ {
		run.out[k] = math.NaN()
		if !w.wanted.Has(k) {
			continue
		}
		if y := divided(x[run.from[k]-base:run.to[k]-base], run.by[run.to[k]-run.from[k]].N); math.IsInf(y, 0) {
			run.reasons[k] = NonFinite
		} else {
			run.out[k] = y
		}
	}
}

// divisors returns what windows are divided by, by their number of places.
func (w *workspace) divisors(k kind) []exact.Divisor {
	if k == sum {
		return w.ones
	}
	return w.counts
}

// makeDivisors makes divisors for windows of up to so many places.
func (w *workspace) makeDivisors(most int32) {
	for n := len(w.counts); n <= max(63, int(most)); n++ {
		// No place is divided by 1: such a window is refused, and quickly so.
		w.counts, w.ones = append(w.counts, exact.NewDivisor(max(1, n))), append(w.ones, exact.NewDivisor(1))
	}
}
