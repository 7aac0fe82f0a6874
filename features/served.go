package features

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// Served is the rows that the model is given once it is trained, and how far what it was
// trained on may be from them. What is there in one and not in the other is told first.
type Served struct {
	Of checks.Against
	// Populated and Defaults are how far those shares may be off, Mean how far the mean.
	// Without Populated nothing would be seen of a feature that is dead where it is served.
	Populated, Defaults, Mean []quality.Bound
	// Quantiles are how far each of those may be off.
	Quantiles []ServedQuantile
	// PSI is the greatest population stability index.
	PSI quality.Limit
	// Least is how many rows there have to be to compare with; 0 is 30.
	Least int64
}

// ServedQuantile is a quantile, and how far it may be off.
type ServedQuantile struct {
	Q      quality.Limit // a Number in (0, 1]: 0.5 is the median
	Bounds []quality.Bound
}

// mistake is what is wrong with it beside its checks.
func (v Served) mistake() error {
	switch {
	case v.Of.Table == "":
		return nil
	case len(v.Populated) == 0:
		return errors.New("served: nothing says how far populated shares may be off, and a feature that is dead there would pass: write populated: ±5 points")
	case slices.ContainsFunc(v.Populated, func(b quality.Bound) bool { return !b.InPoints() }):
		return errors.New("served: a feature that is dead there has a populated share of 0, of which no change is a percentage: write populated: ±5 points")
	}
	return nil
}

// rules compare each feature, what is missing before what is otherwise.
func (v Served) rules(s Set) []quality.Rule {
	if v.Of.Table == "" {
		return nil
	}
	var first, then []quality.Rule
	baseline := checks.Baseline{Of: v.Of, Least: v.Least}
	for _, f := range s.Features {
		column := f.column()
		where, values := s.labelled(), baseline // of what is asked of values
		one := func(id string, check quality.Check) quality.Rule {
			out := s.rule(f.Name+" "+id, check, where, !f.Optional)
			out.By, out.Computed, out.Expect, out.ExpectOf = nil, nil, nil, nil // what is served has no seasons
			return out
		}
		there := checks.Measure{Of: checks.Populated, Column: column}
		if len(f.Missing) > 0 {
			there = checks.Measure{Of: checks.Satisfied, Holds: f.populated()}
		}
		first = append(first, one(servedID, checks.Change{Measure: there, Baseline: baseline, Bounds: v.Populated, ZeroLives: true, Alike: true}))
		if len(v.Defaults) > 0 && len(f.Defaults) > 0 {
			var of []any
			for _, d := range f.Defaults {
				of = append(of, d)
			}
			then = append(then, one("served defaults", checks.Change{Measure: checks.Measure{Of: checks.Satisfied, Holds: expr.Col(column).In(of...)}, Baseline: baseline, Bounds: v.Defaults, ZeroLives: true}))
		}
		if len(f.Missing) > 0 { // which are no values
			where, values.Of.Where = where.And(f.populated()), expr.AllOf(values.Of.Where, f.populated())
		}
		if len(v.Mean) > 0 {
			then = append(then, one("served mean", checks.Change{Measure: checks.Measure{Of: checks.Mean, Column: column}, Baseline: values, Bounds: v.Mean}))
		}
		for _, q := range v.Quantiles {
			then = append(then, one(fmt.Sprintf("served %s-quantile", q.Q), checks.QuantileChange{Column: column, Q: q.Q, Baseline: values, Bounds: q.Bounds}))
		}
		if v.PSI != (quality.Limit{}) {
			then = append(then, one("served drift", checks.Drift{Column: column, Baseline: values, PSI: v.PSI}))
		}
	}
	return append(first, then...)
}

const servedID = "served"

// deadFirst tells before all others of what has values in one of the two and none in the
// other.
func deadFirst(of []quality.CheckReport) {
	rank := func(c quality.CheckReport) int {
		if strings.HasSuffix(c.ID, " "+servedID) && slices.ContainsFunc(c.Findings, dead) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(of, func(a, b quality.CheckReport) int { return rank(a) - rank(b) })
}

// dead reports whether a share is 0 in just one of the two.
func dead(f quality.Finding) bool {
	if f.Observed == nil || len(f.Details) == 0 {
		return false
	}
	here, ok1 := f.Observed.Float64()
	there, ok2 := f.Details[0].Value.Float64()
	return ok1 && ok2 && (here == 0) != (there == 0)
}
