package quality

import (
	"context"
	"errors"
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// Engine measures plans.
type Engine interface {
	// Schema is that of a relation. The error says why there is none: every
	// check on the relation is then unknown, with that cause.
	Schema(context.Context, Relation) (expr.Schema, error)
	// Explain says what measuring the plan would take, and measures nothing. A
	// statement that would be refused says so by itself; the error is for
	// nothing at all, such as a context that ended, as Ended says it.
	Explain(context.Context, *Plan) (*Cost, error)
	// Measure always returns what could be had: a failure sits on the requests
	// that it concerns. The error is for nothing at all, such as a context that
	// ended, as Ended says it.
	Measure(context.Context, *Plan) (*Measurements, error)
}

// Measurements is what an engine measured of a plan.
type Measurements struct {
	results map[string]result
	bytes   map[*Statement]int64
}

type result struct {
	err    error
	groups map[string]group
}

type group struct {
	segment Segment
	value   Measurement
}

// NewMeasurements is empty: a request that nobody reports on is an error.
func NewMeasurements() *Measurements {
	return &Measurements{results: map[string]result{}, bytes: map[*Statement]int64{}}
}

// Done reports a request as measured. Segments are added with Add; a segment
// without rows needs none.
func (m *Measurements) Done(r *Request) {
	if _, ok := m.results[r.Key()]; !ok {
		m.results[r.Key()] = result{groups: map[string]group{}}
	}
}

// Add reports the measurement of one segment of a request. One that is reported
// twice fails the request: it is not known which is right.
func (m *Measurements) Add(r *Request, s Segment, v Measurement) {
	m.Done(r)
	groups := m.results[r.Key()].groups
	if groups == nil {
		return
	}
	if _, twice := groups[s.Key()]; twice {
		m.Fail(r, fmt.Errorf("the same segment was measured twice%s", within(s)))
		return
	}
	groups[s.Key()] = group{s, v}
}

// Fail reports that a request could not be measured, and why.
func (m *Measurements) Fail(r *Request, err error) {
	if err == nil {
		err = errors.New("the engine gave no reason")
	}
	m.results[r.Key()] = result{err: err}
}

// Scanned adds to the bytes that measuring a statement of the plan read, for
// engines that know.
func (m *Measurements) Scanned(s *Statement, bytes int64) { m.bytes[s] += bytes }

// scanned is what statements read in all, nil if it is not known of each.
func (m *Measurements) scanned(statements []*Statement) *int64 {
	if len(statements) == 0 {
		return nil
	}
	var sum int64
	for _, s := range statements {
		bytes, known := m.bytes[s]
		if !known {
			return nil
		}
		sum += bytes
	}
	return &sum
}

func (m *Measurements) result(r *Request) result {
	got, ok := m.results[r.Key()]
	if !ok {
		return result{err: fmt.Errorf("the engine did not measure %s", r.Metric.Key())}
	}
	return got
}
