package quality

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Engine measures plans.
type Engine interface {
	// Name is what reports call the engine: rows, bigquery, emulator.
	Name() string
	// Tables tells what is known of tables, in the order of the names. Where there
	// is no schema the TableInfo says why: every check on the table is then
	// unknown, with that cause. The error is for nothing at all, such as a
	// context that ended, as Ended says it.
	Tables(ctx context.Context, names ...string) ([]TableInfo, error)
	// Explain says what measuring the plan would take, and measures nothing. A
	// statement that would be refused says so by itself; the error is for
	// nothing at all, such as a context that ended, as Ended says it.
	Explain(context.Context, *Plan) (*Cost, error)
	// Measure always returns what could be had: a failure sits on the folds that
	// it concerns. The error is for nothing at all, such as a context that
	// ended, as Ended says it, or ErrRevised: the plan was made by a schema that
	// was a guess.
	Measure(context.Context, *Plan) (*Measurements, error)
}

// Measurement is the value of a term in one segment, with how many rows it is
// over.
type Measurement struct {
	Rows  int64
	Value expr.Value
}

// Measurements is what an engine measured of a plan.
type Measurements struct {
	results map[string]result
	bytes   map[*Statement]int64
	files   []string // that positions count
	billed  map[*Statement]int64
	readAt  time.Time
}

type result struct {
	err    error
	groups map[string]group
}

type group struct {
	segment Segment
	Measurement
}

// NewMeasurements is empty: a fold that nobody reports on is an error.
func NewMeasurements() *Measurements {
	return &Measurements{results: map[string]result{}, bytes: map[*Statement]int64{}, billed: map[*Statement]int64{}}
}

// Done reports a fold as measured. Segments are added with Add; a segment without
// rows needs none.
func (m *Measurements) Done(f *Fold) {
	if _, ok := m.results[f.Key()]; !ok {
		m.results[f.Key()] = result{groups: map[string]group{}}
	}
}

// Add reports the measurement of one segment of a fold. One that is reported twice
// fails the fold: it is not known which is right.
func (m *Measurements) Add(f *Fold, s Segment, v Measurement) {
	m.Done(f)
	groups := m.results[f.Key()].groups
	if groups == nil {
		return
	}
	if _, twice := groups[s.Key()]; twice {
		m.Fail(f, fmt.Errorf("the same segment was measured twice%s", within(s)))
		return
	}
	groups[s.Key()] = group{s, v}
}

// Fail reports that a fold could not be measured, and why.
func (m *Measurements) Fail(f *Fold, err error) {
	if err == nil {
		err = errors.New("the engine gave no reason")
	}
	m.results[f.Key()] = result{err: err}
}

// Scanned adds to the bytes that measuring a statement of the plan read, for
// engines that know.
func (m *Measurements) Scanned(s *Statement, bytes int64) { m.bytes[s] += bytes }

// Billed adds to the bytes that measuring a statement of the plan is billed for.
func (m *Measurements) Billed(s *Statement, bytes int64) { m.billed[s] += bytes }

// ReadAt says that all tables were read as they were at one instant.
func (m *Measurements) ReadAt(instant time.Time) { m.readAt = instant }

// sumOf is the bytes of statements in all, nil if they are not known of each.
func sumOf(bytesOf map[*Statement]int64, statements []*Statement) *int64 {
	if len(statements) == 0 {
		return nil
	}
	var sum int64
	for _, s := range statements {
		bytes, known := bytesOf[s]
		if !known {
			return nil
		}
		sum += bytes
	}
	return &sum
}

func (m *Measurements) result(f *Fold) result {
	got, ok := m.results[f.Key()]
	if !ok && f.held != nil {
		return m.held(f)
	}
	if !ok {
		return result{err: fmt.Errorf("the engine did not measure %s", f.Term.Key())}
	}
	return got
}

// held reads a fold off those that tell it. What they add up to is a count.
func (m *Measurements) held(f *Fold) result {
	rows, value := m.result(f.held.rows), m.result(f.held.value)
	if err := errors.Join(rows.err, value.err); err != nil {
		return result{err: err}
	}
	out := result{groups: map[string]group{}}
	for key, g := range rows.groups {
		n, err1 := wholeNumber(g.Value)
		of, err2 := wholeNumber(value.groups[key].Value)
		if err := errors.Join(err1, err2); err != nil {
			return result{err: err}
		}
		count, _ := n.Go().(int64)
		if count > 0 {
			out.groups[key] = group{g.segment, Measurement{count, of}}
		}
	}
	return out
}

// wholeNumber is a sum of counts as an INT64; that of nothing is 0.
func wholeNumber(v expr.Value) (expr.Value, error) {
	if v.IsNull() {
		return expr.ValueOf(0)
	}
	return expr.ParseValue(expr.Int64, v.String())
}

// adopt takes over what was measured of a further plan.
func (m *Measurements) adopt(more *Measurements) {
	maps.Copy(m.results, more.results)
}
