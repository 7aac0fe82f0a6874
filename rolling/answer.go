package rolling

import "math"

// A workspace is the memory that a part works in, used again from group to
// group and from call to call.
type workspace struct {
	sorting   []uint64
	points    []int64
	cells     []cell
	histories []history
	run, per  prepared
	floats    []float64
	inverses  []float64 // 1/i
	reasons   []Reason
	lanes     lanes
	judge     judge
}

// A prepared is a column over a run of places, ready to be computed with.
type prepared struct {
	column int
	base   int32 // the number of its first place among those of all parts
	values
	// x is also that of INT64 where all of them are exact as float64.
	cut        bool    // into lanes
	newestNull []int32 // the newest null place before each, −1 for none; one more than places
	magnitudes

	// The memory of values, whatever the type of this column.
	floatMemory   []float64
	intMemory     []int64
	numericMemory []Numeric
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
	v.column, v.base, v.cut = column, first, false
	c := &res.in.Columns[column]
	v.values = values{kind: c.kind}
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
// It has no branches, since which values are NULL can not be foreseen, and more
// loops than one, since one has not enough registers.
func (v *prepared) floatRun(c *Column, row, n int) {
	v.floatMemory = resized(v.floatMemory, n)
	v.x = v.floatMemory
	v.newestNull[0] = -1
	if c.valid == nil {
		v.keepFinite(c.f[row : row+n])
	} else {
		v.keepValid(c.f[row:row+n], c.valid[row>>3:], row&7)
	}
	least, most := uint64(math.MaxUint64), uint64(0)
	for _, f := range v.x {
		word := math.Float64bits(f) &^ signBit
		least, most = min(least, word-1), max(most, word)
	}
	v.magnitudes = magnitudes{leastLess1: least, mostBits: most}
}

// keepValid takes values whose bits in a bitmap begin at the given one.
func (v *prepared) keepValid(source []float64, valid Bitmap, bit int) {
	x, nulls := v.x[:len(source)], v.newestNull[1:][:len(source)]
	newest, first := int32(-1), v.base-int32(bit)
	for k, f := range source {
		word := math.Float64bits(f)
		keep := uint64(int64(word&^signBit-infinite)>>63) & -uint64(valid[bit>>3]>>(bit&7)&1)
		if keep == 0 {
			newest = first + int32(bit)
		}
		x[k] = math.Float64frombits(word & keep)
		nulls[k] = newest
		bit++
	}
}

// keepFinite takes values that are all valid.
func (v *prepared) keepFinite(source []float64) {
	x, nulls := v.x[:len(source)], v.newestNull[1:][:len(source)]
	newest, first := int32(-1), v.base
	for k, f := range source {
		word := math.Float64bits(f)
		keep := uint64(int64(word&^signBit-infinite) >> 63)
		if keep == 0 {
			newest = first + int32(k)
		}
		x[k] = math.Float64frombits(word & keep)
		nulls[k] = newest
	}
}

// infinite is the least bits of a magnitude that is no finite number.
const infinite = 0x7ff << 52

func (v *prepared) floats(c *Column, ref []int32, state []place) {
	v.floatMemory = resized(v.floatMemory, len(ref))
	v.x = v.floatMemory
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
	v.intMemory, v.floatMemory = resized(v.intMemory, len(ref)), resized(v.floatMemory, len(ref))
	v.i, v.x = v.intMemory, v.floatMemory
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
	v.numericMemory = resized(v.numericMemory, len(ref))
	v.n = v.numericMemory
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
			p.means(res, a, f, g.c, s, to, most)
			return
		}
	}
	for slot := s; slot < to; slot++ {
		r := f.reason[slot]
		from, end := f.from[slot], f.to[slot]
		if w.hasNull(a, from, end) {
			r = min(r, Null)
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
