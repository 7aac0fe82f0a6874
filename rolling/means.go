package rolling

import "math"

// means answers means and sums of floats by the kernel.
func (p *part) means(res *Result, a *answers, f *frame, c float64, s, to int32, most int) {
	w := &p.scratch
	l := &w.lanes
	if !w.run.cut {
		l.cut(w.run.x, c)
		w.run.cut = true
	}
	out, reasons := a.f[s:to], a.reason[s:to]
	if res.slotPoint != nil {
		w.floats, w.reasons = resized(w.floats, len(out)), resized(w.reasons, len(out))
		out, reasons = w.floats, w.reasons
	}
	refusal := refusals{f.reason[s:to], w.run.newestNull, f.from[s:to], f.to[s:to], w.run.base}
	if f.window.rows > 0 {
		l.last(f.window.rows)
		divisor := 1.0
		if a.kind == mean {
			divisor = float64(f.window.rows)
		}
		refusal.finishLast(out, reasons, l.sum, l.rest, divisor)
	} else {
		l.ranges(refusal.from, refusal.to, w.run.base)
		refusal.finishRanges(out, reasons, l.sum, l.rest, w.inversesTo(most, a.kind == mean))
	}
	if res.slotPoint != nil {
		for k, point := range res.slotPoint[s:to] {
			a.f[point], a.reason[point] = out[k], reasons[k]
		}
	}
}

// refusals tell the reasons of windows.
type refusals struct {
	shared     []Reason // whatever the column
	newestNull []int32  // of the column, before each place
	from, to   []int32
	base       int32
}

// nan is the bits of the NaN in refused slots.
const nan = 0x7ff8000000000001

// finishLast sets the values and reasons of windows over a number of rows. The
// sums stand by the place after the window. Which windows are refused can not be
// foreseen, so that there is no branch on it.
func (f *refusals) finishLast(out []float64, reasons []Reason, sum, rest []float64, divisor float64) {
	n := len(out)
	reasons, shared, from, to := reasons[:n], f.shared[:n], f.from[:n], f.to[:n]
	nulls := f.newestNull
	sum, rest = sum[:len(nulls)], rest[:len(nulls)]
	inverse := 1 / divisor
	for k := range out {
		i := to[k] - f.base
		none := (nulls[i] - from[k]) >> 31 // 0 where the window has a null place, else −1
		r := min(uint32(shared[k]), uint32(Null)|uint32(none))
		word := math.Float64bits(quotient(sum[i], rest[i], divisor, inverse))
		if r != uint32(Whole) {
			word = nan
		}
		out[k] = math.Float64frombits(word)
		reasons[k] = Reason(r)
	}
}

// inversesTo returns 1/i up to a number, or nothing if no average is asked for.
func (w *workspace) inversesTo(most int, average bool) []float64 {
	if !average {
		return nil
	}
	for i := len(w.inverses); i <= most; i++ {
		w.inverses = append(w.inverses, 1/float64(i))
	}
	return w.inverses
}

// finishRanges is finishLast for windows over days, where the sums stand by
// window. Without inverses they are not divided.
func (f *refusals) finishRanges(out []float64, reasons []Reason, sum, rest, inverses []float64) {
	n := len(out)
	reasons, shared, from, to := reasons[:n], f.shared[:n], f.from[:n], f.to[:n]
	sum, rest = sum[:n], rest[:n]
	for k := range out {
		none := (f.newestNull[to[k]-f.base] - from[k]) >> 31
		r := min(uint32(shared[k]), uint32(Null)|uint32(none))
		y := sum[k]
		if inverses != nil {
			places := to[k] - from[k]
			y = quotient(y, rest[k], float64(places), inverses[places])
		} else if r == uint32(Empty) {
			y, r = 0, uint32(Whole)
		}
		word := math.Float64bits(y)
		if r != uint32(Whole) {
			word = nan
		}
		out[k] = math.Float64frombits(word)
		reasons[k] = Reason(r)
	}
}
