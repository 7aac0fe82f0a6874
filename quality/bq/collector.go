package bq

import (
	"sync"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// collector takes measurements from several statements at once.
type collector struct {
	mu   sync.Mutex
	out  *quality.Measurements
	last lastFailure
	// scanned is what was read for each statement of the plan, which can be
	// measured in parts: the statement is that of its folds.
	scanned map[*quality.Statement]*scan
	of      map[*quality.Fold]*scan
}

// scan is how much was read and is billed for, unless that is unknown of some part.
type scan struct{ bytes, billed sum }

// sum adds up what is known, of which one that is not makes the whole unknown.
type sum struct {
	n       int64
	unknown bool
}

func (s *sum) add(n *int64) {
	if s.unknown = s.unknown || n == nil; n != nil {
		s.n += *n
	}
}

func newCollector(plan *quality.Plan) *collector {
	c := &collector{
		out:     quality.NewMeasurements(),
		scanned: map[*quality.Statement]*scan{},
		of:      map[*quality.Fold]*scan{},
	}
	for _, st := range plan.Statements {
		c.scanned[st] = &scan{}
		for _, r := range st.Folds {
			c.of[r] = c.scanned[st]
		}
	}
	return c
}

func (c *collector) fail(err error, folds ...*quality.Fold) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last.take(err)
	for _, r := range folds {
		c.out.Fail(r, err)
	}
}

// report takes up an answer, and says what is left to be measured.
func (c *collector) report(s *googlesql.Statement, a answer) (left []*quality.Statement, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	scan := c.of[s.Of.Folds[0]]
	scan.bytes.add(a.bytes)
	scan.billed.add(a.billed)
	return s.Report(a.rows, c.out)
}

// done tells what each statement read, where that is known.
func (c *collector) done(bytesAreMeant bool) *quality.Measurements {
	for st, scan := range c.scanned {
		if bytesAreMeant && !scan.bytes.unknown {
			c.out.Scanned(st, scan.bytes.n)
		}
		if bytesAreMeant && !scan.billed.unknown {
			c.out.Billed(st, scan.billed.n)
		}
	}
	return c.out
}
