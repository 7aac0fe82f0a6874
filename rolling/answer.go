package rolling

import "math"

// A workspace is the memory that a part works in, used again from group to
// group and from call to call.
type workspace struct {
	sorting   []uint64
	cells     []cell
	histories []history
	run, per  prepared
	means     []float64
	judge     judge
}

// A prepared is a column over a run of places, ready to be computed with.
type prepared struct {
	column int
	base   int32 // the number of its first place among those of all parts
	values
	newestNull []int32 // the newest null place before each, −1 for none; one more than places
	magnitudes
}

// chunk is how many points are answered at a time, so that what they share
// stays in the processor's cache.
const chunk = 2048

// answer finds the windows of the part's groups and computes their statistics.
func (p *part) answer(res *Result) error {
	for i := range p.groups {
		g := &p.groups[i]
		most := int32(0)
		for f := range res.frames {
			most = max(most, res.frames[f].find(p, g, res))
		}
		for s := g.slots; s < g.slotsTo; s += chunk {
			p.answerChunk(res, g, s, min(s+chunk, g.slotsTo), int(most))
		}
	}
	return nil
}

func (p *part) answerChunk(res *Result, g *group, s, to int32, most int) {
	// Windows ascend: the first begins and the last ends them all.
	first, last := int32(math.MaxInt32), int32(0)
	for f := range res.frames {
		first = min(first, res.frames[f].from[s])
		last = max(last, res.frames[f].to[to-1])
	}
	w := &p.scratch
	w.run.column, w.per.column = -1, -1
	for _, a := range res.byColumn {
		w.run.prepare(res, p, g, a.column, first, last)
		if a.kind == ratio {
			w.per.prepare(res, p, g, a.per, first, last)
		}
		p.compute(res, a, s, to, most)
	}
}

// prepare brings a column's values over the places of one group together.
func (v *prepared) prepare(res *Result, p *part, g *group, column int, first, last int32) {
	if v.column == column {
		return
	}
	v.column, v.base = column, first
	c := &res.in.Columns[column]
	v.values = values{kind: c.kind, x: v.x, i: v.i, n: v.n}
	v.newestNull = resized(v.newestNull, int(last-first)+1)
	from, to := first-p.base, last-p.base
	ref, state := p.ref[from:to], p.state[from:to]
	switch c.kind {
	case float64Kind:
		if g.contiguous && from < to {
			v.floatRun(c, int(ref[0]), len(ref))
		} else {
			v.floats(c, ref, state)
		}
	case int64Kind:
		v.ints(c, ref, state)
	default:
		v.numerics(c, ref, state)
	}
}

// floatRun takes the values of n rows one after the other, all of them counted.
func (v *prepared) floatRun(c *Column, row, n int) {
	v.x = resized(v.x, n)
	source, valid := c.f[row:row+n], c.valid
	x, nulls := v.x, v.newestNull[:n+1]
	newest := int32(-1)
	r := noMagnitudes
	nulls[0] = -1
	for k, f := range source {
		b := math.Float64bits(f) &^ signBit
		if b >= infinite || valid != nil && valid[(row+k)>>3]>>((row+k)&7)&1 == 0 {
			f, b, newest = 0, 0, v.base+int32(k)
		}
		x[k] = f
		nulls[k+1] = newest
		r.see(b)
	}
	v.magnitudes = r
}

// infinite is the least bits of a magnitude that is no finite number.
const infinite = 0x7ff << 52

func (v *prepared) floats(c *Column, ref []int32, state []place) {
	v.x = resized(v.x, len(ref))
	newest := int32(-1)
	r := noMagnitudes
	v.newestNull[0] = -1
	for k, row := range ref {
		f := 0.0
		if state[k]&(missing|twice) == 0 {
			if state[k]&null == 0 && c.usable(int(row)) {
				f = c.f[row]
			} else {
				newest = v.base + int32(k)
			}
		}
		v.x[k] = f
		v.newestNull[k+1] = newest
		r.see(math.Float64bits(f) &^ signBit)
	}
	v.magnitudes = r
}

func (v *prepared) ints(c *Column, ref []int32, state []place) {
	v.i, v.x = resized(v.i, len(ref)), resized(v.x, len(ref))
	newest, exact := int32(-1), true
	r := noMagnitudes
	v.newestNull[0] = -1
	for k, row := range ref {
		i := int64(0)
		if state[k]&(missing|twice) == 0 {
			if state[k]&null == 0 && c.usable(int(row)) {
				i = c.i[row]
			} else {
				newest = v.base + int32(k)
			}
		}
		exact = exact && -exactInt <= i && i <= exactInt
		v.i[k], v.x[k] = i, float64(i)
		v.newestNull[k+1] = newest
		r.see(math.Float64bits(v.x[k]) &^ signBit)
	}
	v.magnitudes = r
	if !exact {
		v.x = nil
	}
}

func (v *prepared) numerics(c *Column, ref []int32, state []place) {
	v.n, v.x = resized(v.n, len(ref)), nil
	newest := int32(-1)
	v.newestNull[0] = -1
	for k, row := range ref {
		var n Numeric
		if state[k]&(missing|twice) == 0 {
			if state[k]&null == 0 && c.usable(int(row)) {
				n = c.n[row]
			} else {
				newest = v.base + int32(k)
			}
		}
		v.n[k] = n
		v.newestNull[k+1] = newest
	}
}

// compute answers one spec for the points of a chunk.
func (p *part) compute(res *Result, a *answers, s, to int32, most int) {
	w := &p.scratch
	f := &res.frames[a.frame]
	if (a.kind == mean || a.kind == sum && w.run.kind == float64Kind) && w.run.x != nil {
		if g := newGrid(w.run.least(), w.run.most(), most); g.ok {
			p.slide(res, a, f, g, s, to)
			return
		}
	}
	for slot := s; slot < to; slot++ {
		r := f.reason[slot]
		from, end := f.from[slot], f.to[slot]
		if r > Null && w.hasNull(a, from, end) {
			r = Null
		}
		z := number{}
		if a.result == float64Kind {
			z.f = math.NaN()
		}
		switch {
		case r == Empty && a.zeroWhenEmpty():
			z, r = number{}, Whole
		case r == Whole:
			run := w.run.slice(from-w.run.base, end-w.run.base)
			var per values
			if a.kind == ratio {
				per = w.per.slice(from-w.per.base, end-w.per.base)
			}
			if z, r = w.judge.evaluate(a.kind, run, per, int(end-from)); r != Whole && a.result == float64Kind {
				z.f = math.NaN()
			}
		}
		a.set(res.point(slot), z, r)
	}
}

// hasNull reports whether a column of the spec is null at a place of the window.
func (w *workspace) hasNull(a *answers, from, to int32) bool {
	return w.run.newestNull[to-w.run.base] >= from ||
		a.kind == ratio && w.per.newestNull[to-w.per.base] >= from
}

// slide answers means and sums of floats by the kernel.
func (p *part) slide(res *Result, a *answers, f *frame, g grid, s, to int32) {
	w := &p.scratch
	x := w.run.x
	w.judge.high, w.judge.low = resized(w.judge.high, len(x)+1), resized(w.judge.low, len(x)+1)
	var out []float64
	if res.slotPoint == nil {
		out = a.f[s:to]
	} else {
		w.means = resized(w.means, int(to-s))
		out = w.means
	}
	from, end := f.from[s:to], f.to[s:to]
	slide(out, x, from, end, w.run.base, g.c, a.kind == mean, w.judge.high, w.judge.low)

	reasons, nulls, base := f.reason[s:to], w.run.newestNull, w.run.base
	if res.slotPoint == nil {
		dst := a.reason[s:to]
		for k, r := range reasons {
			if r > Null && nulls[end[k]-base] >= from[k] {
				r = Null
			}
			if r != Whole {
				if r == Empty && a.zeroWhenEmpty() {
					r = Whole
				} else {
					out[k] = math.NaN()
				}
			}
			dst[k] = r
		}
		return
	}
	points := res.slotPoint[s:to]
	for k, r := range reasons {
		if r > Null && nulls[end[k]-base] >= from[k] {
			r = Null
		}
		if r != Whole {
			if r == Empty && a.zeroWhenEmpty() {
				r = Whole
			} else {
				out[k] = math.NaN()
			}
		}
		a.f[points[k]], a.reason[points[k]] = out[k], r
	}
}
