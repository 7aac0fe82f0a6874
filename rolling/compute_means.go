package rolling

import (
	"math"

	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
	"github.com/intactdata/intact/rolling/internal/places"
)

// means answers means and sums of floats by the kernel.
func (w *worker) means(res *Result, a *answers, c *places.Chunk) {
	r := &c.Reaches[a.frame]
	out, reasons := a.f[c.Slot:c.SlotTo], a.reason[c.Slot:c.SlotTo]
	points := res.table.PointsOf(c)
	if points != nil {
		w.floats, w.reasons = memory.Resized(w.floats, len(out)), memory.Resized(w.reasons, len(out))
		out, reasons = w.floats, w.reasons
	}
	r.FindNull(w.run.Nulls)
	setReasons(reasons, r)
	w.want(r)
	by := w.divisors.Means
	if a.kind == sum {
		by = w.divisors.Sums
	}
	if w.run.Exact {
		w.slide(out, by, r)
	} else {
		w.halve(out, reasons, by, r)
	}
	if r.HasEmpty && a.zeroWhenEmpty() {
		for k, reason := range reasons {
			if reason == Empty {
				out[k], reasons[k] = 0, Whole
			}
		}
	}
	for k, point := range points {
		a.f[point], a.reason[point] = out[k], reasons[k]
	}
}

// want notes which windows have a value: those that are not refused.
func (w *worker) want(r *places.Reach) {
	w.wanted = memory.Resized(w.wanted, len(r.Whole))
	for i, whole := range r.Whole {
		w.wanted[i] = whole &^ r.Null[i]
	}
}

// slide computes the wanted windows; the others are NaN.
func (w *worker) slide(out []float64, by []exact.Divisor, r *places.Reach) {
	for k := 0; k < len(out); k += len(nans) {
		copy(out[k:], nans[:])
	}
	run := &w.run.Run
	switch {
	case r.Rows > w.run.places: // none has as many
	case r.Rows > 0:
		run.Slide(out, w.wanted, r.Behind, r.Rows, by[r.Rows])
	case r.Narrow:
		run.SlideNarrow(out, w.wanted, r.Behind, r.Width, (*[64]exact.Divisor)(by))
	default:
		run.SlideAnyhow(out, w.wanted, r.From, r.To, w.run.base, by)
	}
}

// halve computes the wanted windows of a run that is too wide for any grid.
func (w *worker) halve(out []float64, reasons []Reason, by []exact.Divisor, r *places.Reach) {
	w.halving.Slide(out, w.wanted, w.run.X, r.From, r.To, w.run.base, by)
	for k, y := range out {
		if math.IsInf(y, 0) {
			out[k], reasons[k] = math.NaN(), NonFinite
		}
	}
}

// nans are what stands in slots that are refused.
var nans = func() (nans [256]float64) {
	for i := range nans {
		nans[i] = math.NaN()
	}
	return nans
}()
