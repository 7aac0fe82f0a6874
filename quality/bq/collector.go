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
	// measured in parts: the statement is that of its requests.
	scanned map[*quality.Statement]*scan
	of      map[*quality.Request]*scan
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
		of:      map[*quality.Request]*scan{},
	}
	for _, st := range plan.Statements {
		c.scanned[st] = &scan{}
		for _, r := range st.Requests {
			c.of[r] = c.scanned[st]
		}
	}
	return c
}

func (c *collector) fail(err error, requests ...*quality.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last.take(err)
	for _, r := range requests {
		c.out.Fail(r, err)
	}
}

func (c *collector) report(s *googlesql.Statement, a answer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	scan := c.of[s.Of.Requests[0]]
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
