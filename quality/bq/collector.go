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

// scan is how much was read, unless that is unknown of some part.
type scan struct {
	bytes   int64
	unknown bool
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
	if a.bytes == nil {
		scan.unknown = true
	} else {
		scan.bytes += *a.bytes
	}
	return s.Report(a.rows, c.out)
}

// done tells what each statement read, where that is known.
func (c *collector) done(bytesAreMeant bool) *quality.Measurements {
	for st, scan := range c.scanned {
		if bytesAreMeant && !scan.unknown {
			c.out.Scanned(st, scan.bytes)
		}
	}
	return c.out
}
