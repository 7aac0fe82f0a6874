package rolling

import (
	"math"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/calendar"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/memory"
)

// A workspace is the memory that a part works in, used again from group to
// group and from call to call.
type workspace struct {
	sorting   radix
	times     []int64 // of the places of a group
	points    []int64 // of its points, if they are others
	cells     []cell
	histories []history
	run, per  prepared
	days      calendar.Days
	reaches   []reach // of each frame
	halving   exact.Halving
	wanted    bitset.Set // the windows that have a value
	divisors  exact.Divisors
	floats    []float64
	reasons   []Reason
	judge     judge
}

// chunk is how many points are answered at a time, unless windows are wider, so
// that what they share stays in the processor's cache.
const chunk = 1024

// answer builds the part's groups, finds their windows and computes the statistics.
func (p *part) answer(res *Result) error {
	if err := p.build(res); err != nil {
		return err
	}
	w := &p.scratch
	w.days = calendar.Of(res.zone)
	w.reaches = memory.Longer(w.reaches, len(res.frames))
	w.run.width = 0
	for f := range res.frames {
		w.run.width = max(w.run.width, res.frames[f].window.rows)
	}
	w.run.habits, w.per.habits = w.run.habits[:0], w.per.habits[:0]
	for from := 0; from < len(p.groups); {
		to := p.together(from)
		p.answerGroups(res, p.groups[from:to])
		from = to
	}
	return nil
}

// together returns the end of the groups that are answered together with the given
// one: those whose places and points follow on each other, none or all of them
// contiguous, and are not more than a chunk.
func (p *part) together(from int) (to int) {
	first := &p.groups[from]
	for to = from + 1; to < len(p.groups); to++ {
		g, last := &p.groups[to], &p.groups[to-1]
		if g.contiguous != first.contiguous || g.contiguous && g.row != last.row+last.to-last.from || g.slotsTo-first.slots > chunk {
			break
		}
	}
	return to
}

func (p *part) answerGroups(res *Result, groups []group) {
	w := &p.scratch
	slots, slotsTo := groups[0].slots, groups[len(groups)-1].slotsTo
	for f := range res.frames {
		r := &w.reaches[f]
		r.found.resize(int(slotsTo - slots))
		r.stepping = true
		for i := range groups {
			g := &groups[i]
			stepping := res.frames[f].find(p, g, res, r.found.slice(g.slots-slots, g.slotsTo-slots))
			r.stepping = r.stepping && stepping
		}
	}
	for s := slots; s < slotsTo; {
		// What lies behind a wide window is gone through again for each chunk, so that
		// chunks are as long as that.
		n := int32(chunk)
		for f := range res.frames {
			found := &w.reaches[f].found
			n = max(n, found.to[s-slots]-found.from[s-slots])
		}
		to := min(s+n, slotsTo)
		p.answerChunk(res, groups, s, to)
		s = to
	}
}

func (p *part) answerChunk(res *Result, groups []group, s, to int32) {
	w := &p.scratch
	// Windows ascend: the first begins and the last ends them all.
	g := &groups[0]
	first, last := int32(math.MaxInt32), int32(0)
	for f := range res.frames {
		r := &w.reaches[f]
		r.spans = r.found.slice(s-g.slots, to-g.slots)
		first, last = min(first, r.from[0]), max(last, r.to[len(r.to)-1])
	}
	for f := range res.frames {
		w.reaches[f].fill(&res.frames[f], groups, s, first, last)
	}
	w.divisors.Reach(int(last - first))
	row, kept := int32(-1), g.kept+first-g.from
	if g.contiguous {
		row = g.row + first - g.from
	}
	w.run.column, w.per.column = -1, -1
	for _, a := range res.byColumn {
		w.run.prepare(res, p, a.column, first, last, row, kept)
		if a.kind == ratio {
			w.per.prepare(res, p, a.per, first, last, row, kept)
		}
		p.compute(res, a, s, to)
	}
}

// compute answers one spec for the points of a chunk.
func (p *part) compute(res *Result, a *answers, s, to int32) {
	w := &p.scratch
	r := &w.reaches[a.frame]
	if (a.kind == mean || a.kind == sum && w.run.kind == float64Kind) && w.run.X != nil {
		p.means(res, a, r, s, to)
		return
	}
	w.run.findNewestNulls()
	if a.kind == ratio {
		w.per.findNewestNulls()
	}
	for k := range r.reason {
		from, end, reason := r.from[k], r.to[k], r.reason[k]
		if w.hasNull(a, from, end) {
			reason = min(reason, Null)
		}
		z := number{}
		if a.result == float64Kind {
			z.f = math.NaN()
		}
		switch {
		case reason == Empty && a.zeroWhenEmpty():
			z, reason = number{}, Whole
		case reason == Whole:
			run := w.run.slice(from, end)
			var per values
			if a.kind == ratio {
				per = w.per.slice(from, end)
			}
			if z, reason = w.judge.evaluate(a.kind, run, per, int(end-from)); reason != Whole && a.result == float64Kind {
				z.f = math.NaN()
			}
		}
		a.set(res.point(s+int32(k)), z, reason)
	}
}

// hasNull reports whether a column of the spec is null at a place of the window.
func (w *workspace) hasNull(a *answers, from, to int32) bool {
	return w.run.newestNull[to-w.run.base] >= from ||
		a.kind == ratio && w.per.newestNull[to-w.per.base] >= from
}
