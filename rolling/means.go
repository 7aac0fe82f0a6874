package rolling

import "math"

// means answers means and sums of floats by the kernel.
func (p *part) means(res *Result, a *answers, f *frame, r *reach, s, to int32, most int) {
	w := &p.scratch
	out, reasons := a.f[s:to], a.reason[s:to]
	if res.slotPoint != nil {
		w.floats, w.reasons = resized(w.floats, len(out)), resized(w.reasons, len(out))
		out, reasons = w.floats, w.reasons
	}
	copy(reasons, f.reason[s:to])
	from, ends, divisors := f.from[s:to], f.to[s:to], w.divisorsTo(most, a.kind)
	switch sums := w.run.sums; {
	case len(sums) == 0:
		w.halve(out, reasons, from, ends, divisors)
	case r.stepping && r.rows > 0:
		// Those that begin before the first place are refused.
		rows := f.window.rows
		if short := max(0, rows-int(ends[0]-w.run.base)); short < len(out) {
			end := sums[int(ends[short]-w.run.base):]
			begin := sums[int(ends[short]-w.run.base)-rows:]
			slide(out[short:], begin, end, divisors[rows])
		}
	case r.stepping:
		slideWidths(out, sums, from, int(ends[0]-w.run.base), w.run.base, divisors)
	default:
		slideAnyhow(out, sums, from, ends, w.run.base, divisors)
	}
	r.refuse(out, reasons, w.run.nulls, a.zeroWhenEmpty())
	if res.slotPoint != nil {
		for k, point := range res.slotPoint[s:to] {
			a.f[point], a.reason[point] = out[k], reasons[k]
		}
	}
}

// fewest is how many windows are not worth to be halved any more.
const fewest = 8

// halve computes windows over a run too wide for any grid, half of them after the
// other: the wide places are often few.
func (w *workspace) halve(out []float64, reasons []Reason, from, to []int32, divisors []divisor) {
	n := len(out)
	base := from[0]
	x := w.run.x[base-w.run.base : to[n-1]-w.run.base]
	if g, ok := newGrid(magnitudesOf(x), len(x)); ok {
		w.halfSums = resized(w.halfSums, len(x)+1)
		cutSums(w.halfSums, x, g.c)
		slideAnyhow(out, w.halfSums, from, to, base, divisors)
		return
	}
	if n > fewest {
		half := n / 2
		w.halve(out[:half], reasons[:half], from[:half], to[:half], divisors)
		w.halve(out[half:], reasons[half:], from[half:], to[half:], divisors)
		return
	}
	for k := range out {
		out[k] = divided(x[from[k]-base:to[k]-base], divisors[to[k]-from[k]])
		if reasons[k] == Whole && math.IsInf(out[k], 0) {
			out[k], reasons[k] = math.NaN(), NonFinite
		}
	}
}

// divisorsTo returns what windows of up to so many places are divided by.
func (w *workspace) divisorsTo(most int, k kind) []divisor {
	if k == sum {
		for len(w.ones) <= most {
			w.ones = append(w.ones, newDivisor(1))
		}
		return w.ones
	}
	for len(w.counts) <= most {
		// No place is divided by 1: such a window is refused, and quickly so.
		w.counts = append(w.counts, newDivisor(max(1, len(w.counts))))
	}
	return w.counts
}
