package rolling

import (
	"errors"
	"math"

	"github.com/intactdata/intact/rolling/internal/bitset"
	"github.com/intactdata/intact/rolling/internal/exact"
	"github.com/intactdata/intact/rolling/internal/places"
)

// A worker computes a part's answers, in memory that is used again from chunk to chunk
// and from call to call.
type worker struct {
	run, per prepared
	halving  exact.Halving
	wanted   bitset.Set // the windows that have a value
	divisors exact.Divisors
	floats   []float64
	reasons  []Reason
	judge    judge
	err      error
}

// answer builds the places of a part, finds the windows over them, and computes their
// statistics.
func (w *worker) answer(res *Result, p *places.Part) error {
	if err := p.Build(&res.table); err != nil {
		if twice, ok := errors.AsType[places.TwiceError](err); ok {
			return ExpectedTwiceError{First: twice.First, Second: twice.Second, twice: twice}
		}
		return err
	}
	w.run.begin(res.width)
	w.per.begin(res.width)
	for c := range p.Chunks(&res.table) {
		w.divisors.Reach(int(c.To - c.From))
		w.run.column, w.per.column = -1, -1
		for _, a := range res.byColumn {
			w.run.prepare(res.columns, a.column, c)
			if a.kind == ratio {
				w.per.prepare(res.columns, a.per, c)
			}
			w.compute(res, a, c)
		}
	}
	return nil
}

// compute answers one spec for the points of a chunk.
func (w *worker) compute(res *Result, a *answers, c *places.Chunk) {
	r := &c.Reaches[a.frame]
	if (a.kind == mean || a.kind == sum && w.run.kind == float64Kind) && w.run.X != nil {
		w.means(res, a, c)
		return
	}
	w.run.findNewestNulls()
	if a.kind == ratio {
		w.per.findNewestNulls()
	}
	for k, found := range r.Reason {
		from, end, reason := r.From[k], r.To[k], reasonOf[found]
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
		a.set(res.table.Point(c.Slot+int32(k)), z, reason)
	}
}

// hasNull reports whether a column of the spec is null at a place of the window.
func (w *worker) hasNull(a *answers, from, to int32) bool {
	return w.run.newestNull[to-w.run.base] >= from ||
		a.kind == ratio && w.per.newestNull[to-w.per.base] >= from
}
