package cli

import (
	"time"

	"github.com/intactdata/intact/quality"
)

// patience decides after each look whether there is another one. It has no clock
// and does nothing.
type patience struct {
	every  time.Duration // from the beginning of a look to that of the next
	until  time.Time     // when the last look begins; zero for never
	settle int           // how many passes in a row, all of the same counts, open

	passes int
	last   *quality.Measurements // of the pass before
}

// step is what comes after a look.
type step int

const (
	again step = iota
	open
	giveUp
)

// after takes a look and says what comes next, and how long until then. A look
// that saw nothing counts for nothing: it neither passes nor ends a row of passes.
func (p *patience) after(l look, now time.Time) (step, time.Duration) {
	switch l.sight {
	case broken:
		return giveUp, 0
	case blocking:
		p.passes = 0
	case passing:
		if !l.measured.Same(p.last) {
			p.passes = 0
		}
		p.passes, p.last = p.passes+1, l.measured
		if p.passes >= p.settle {
			return open, 0
		}
	}
	next := l.began.Add(p.every)
	if !p.until.IsZero() {
		if !now.Before(p.until) {
			return giveUp, 0
		}
		if next.After(p.until) {
			next = p.until
		}
	}
	return again, max(next.Sub(now), 0)
}
