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
	reaches   []reach // of each frame
	halfSums  []cuts
	counts    []divisor // of means, by the number of places
	ones      []divisor // of sums
	floats    []float64
	reasons   []Reason
	judge     judge
}

// chunk is how many points are answered at a time, so that what they share
// stays in the processor's cache.
const chunk = 2048

// answer finds the windows of the part's groups and computes their statistics.
func (p *part) answer(res *Result) error {
	w := &p.scratch
	w.reaches = longer(w.reaches, len(res.frames))
	w.run.habits, w.per.habits = w.run.habits[:0], w.per.habits[:0]
	for i := range p.groups {
		g := &p.groups[i]
		most := int32(0)
		for f := range res.frames {
			n, stepping := res.frames[f].find(p, g, res)
			most, w.reaches[f].stepping = max(most, n), stepping
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
	for f := range res.frames {
		w.reaches[f].fill(&res.frames[f], s, to, first, last)
	}
	w.run.column, w.per.column = -1, -1
	for _, a := range res.byColumn {
		w.run.prepare(res, p, g, a.column, first, last)
		if a.kind == ratio {
			w.per.prepare(res, p, g, a.per, first, last)
		}
		p.compute(res, a, s, to, most)
	}
}

// compute answers one spec for the points of a chunk.
func (p *part) compute(res *Result, a *answers, s, to int32, most int) {
	w := &p.scratch
	f := &res.frames[a.frame]
	if (a.kind == mean || a.kind == sum && w.run.kind == float64Kind) && w.run.x != nil {
		p.means(res, a, f, &w.reaches[a.frame], s, to, most)
		return
	}
	w.run.findNewestNulls()
	if a.kind == ratio {
		w.per.findNewestNulls()
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
