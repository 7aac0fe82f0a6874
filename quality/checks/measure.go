package checks

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Measure is one number or one share that rows come to, so that it can be held against
// that of other rows.
type Measure struct {
	// Of is one of the measures below, or a Statistic of the column's values.
	Of Statistic
	// Column is what it is of; "" for Rows and Satisfied.
	Column string
	// Holds is the predicate of Satisfied.
	Holds expr.Expr
}

// The measures that are no statistics.
const (
	Rows      Statistic = "rows"     // how many rows there are
	Populated Statistic = "complete" // the share of rows in which the column is populated
	Satisfied Statistic = "assert"   // the share of rows that a predicate is TRUE for
	Differing Statistic = "distinct" // how many populated values differ
)

func (m Measure) validate() error {
	switch of := m.Of; {
	case of != Rows && of != Satisfied && of != Populated && of != Differing && statistics[of].terms == nil:
		return fmt.Errorf("there is no measure %q", of)
	case of == Satisfied && m.Holds.IsZero():
		return fmt.Errorf("measure: assert has no predicate")
	case of != Satisfied && of != Rows && m.Column == "":
		return fmt.Errorf("measure: %s names no column", of)
	}
	return m.Holds.Mistake()
}

// String is the measure in words.
func (m Measure) String() string {
	switch m.Of {
	case Rows:
		return "rows"
	case Populated:
		return "populated share of " + m.Column
	case Satisfied:
		return "share where " + m.Holds.String()
	case Differing:
		return "distinct values of " + m.Column
	}
	return fmt.Sprintf("%s of %s", m.Of, m.Column)
}

// columns are those that it is about.
func (m Measure) columns() []string {
	if m.Column != "" {
		return []string{m.Column}
	}
	return m.Holds.Columns()
}

// share reports whether it is a share, and adds whether those of more days are more.
func (m Measure) share() bool { return m.Of == Populated || m.Of == Satisfied }
func (m Measure) adds() bool  { return m.Of == Rows || m.Of == Sum }

// metric is how it is measured of rows of a schema.
func (m Measure) metric(s expr.Schema) (quality.Metric, error) {
	switch m.Of {
	case Rows:
		return quality.Tally{Of: expr.Lit(true)}, nil
	case Satisfied:
		return quality.Tally{Of: m.Holds}, nil
	}
	f, err := s.Field(m.Column)
	switch {
	case err != nil:
		return nil, err
	case m.Of == Populated:
		return quality.Tally{Of: expr.Col(m.Column).Populated()}, nil
	case m.Of == Differing:
		return populated{m.Column, []quality.Term{quality.DistinctOf(value(m.Column, s))}}, nil
	case !m.Of.fits(f.Type) || timed(f.Type):
		return nil, fmt.Errorf("%s is %s, of which there is no %s that changes by a share", f.Name, f.Type, m.Of)
	}
	return m.Of.over(m.Column, s), nil
}

// outcome is what a measure came to.
type outcome struct {
	observed *quality.Observed // nil where it is over nothing, or not defined
	over     int64             // rows, or values where it is of those
	text     string
}

// of reads what was measured. What adds up over days is told for each where it is over
// some number of them.
func (m Measure) of(got any, days int64) outcome {
	var out outcome
	switch got := got.(type) {
	case quality.Counts:
		out.over = got.Rows()
		switch {
		case m.Of == Rows:
			out.observed = quality.ObservedCount(out.over)
		case out.over > 0:
			out.observed = quality.ObservedShare(got.True, out.over)
			out.text = fmt.Sprintf("%s of %s (%s)", quality.Grouped(got.True), quality.Plural(out.over, "row", "rows"), quality.Share(got.True, out.over))
			return out
		}
	case read:
		out.over = got.values
		switch {
		case m.Of == Differing:
			n, _ := got.terms[0].Go().(int64)
			out.observed = quality.ObservedCount(n)
		case got.values > 0:
			if o, ok := statistics[m.Of].read(got.values, got.terms); ok {
				out.observed = o
			}
		}
	}
	if out.observed == nil {
		return out
	}
	if m.adds() && days > 0 {
		total := out.observed.Value
		if total == nil {
			total = new(big.Rat).SetInt64(out.observed.Numerator)
		}
		out.observed = quality.ObservedNumber(new(big.Rat).Quo(total, new(big.Rat).SetInt64(days)))
		out.text = out.observed.String() + " a day"
	}
	out.text = cmp.Or(out.text, out.observed.String())
	return out
}

// dead reports whether a baseline is none: there is nothing of it, or it is 0.
func (o outcome) dead() bool {
	f, ok := 0.0, false
	if o.observed != nil {
		f, ok = o.observed.Float64()
	}
	return !ok || f == 0
}
