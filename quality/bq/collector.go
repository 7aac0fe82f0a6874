package bq

import (
	"fmt"
	"sync"

	"github.com/intactdata/intact/quality"
)

// collector takes measurements from several statements at once.
type collector struct {
	mu      sync.Mutex
	out     *quality.Measurements
	last    error // the last failure
	bytes   int64
	unknown bool // of some statement it is not known how much it read
}

func (c *collector) fail(err error, requests ...*quality.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.last = err
	for _, r := range requests {
		c.out.Fail(r, err)
	}
}

// givenUp says what went on when the context ended.
func (c *collector) givenUp(cause error) error {
	if c.last == nil {
		return fmt.Errorf("measuring was given up: %w", cause)
	}
	return fmt.Errorf("measuring was given up: %w: %w", cause, c.last)
}

func (c *collector) report(s *Statement, a answer) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if a.bytes == nil {
		c.unknown = true
	} else {
		c.bytes += *a.bytes
	}
	return s.Report(a.rows, c.out)
}

// scanned tells the sum, if it is one.
func (c *collector) scanned(meant bool) {
	if meant && !c.unknown {
		c.out.Scanned(c.bytes)
	}
}
