package features

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// Served is the rows that the model is given once it is trained, and how far what it was
// trained on may be from them. What is there in one and not in the other is told first.
type Served struct {
	Of checks.Against
	// Populated and Defaults are how far those shares may be off, Mean how far the mean.
	Populated, Defaults, Mean []quality.Bound
	// PSI is the greatest population stability index.
	PSI quality.Limit
	// Least is how many rows there have to be to compare with; 0 is 30.
	Least int64
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
		one := func(id string, check quality.Check) quality.Rule {
			out := s.rule(f.Name+" "+id, check, s.labelled(), !f.Optional)
			out.By, out.Computed, out.Expect, out.ExpectOf = nil, nil, nil, nil // what is served has no seasons
			return out
		}
		if len(v.Populated) > 0 {
			first = append(first, one("served", checks.Change{Measure: checks.Measure{Of: checks.Populated, Column: column}, Baseline: baseline, Bounds: v.Populated}))
		}
		if len(v.Defaults) > 0 && len(f.Defaults) > 0 {
			var values []any
			for _, d := range f.Defaults {
				values = append(values, d)
			}
			then = append(then, one("served defaults", checks.Change{Measure: checks.Measure{Of: checks.Satisfied, Holds: expr.Col(column).In(values...)}, Baseline: baseline, Bounds: v.Defaults}))
		}
		if len(v.Mean) > 0 {
			then = append(then, one("served mean", checks.Change{Measure: checks.Measure{Of: checks.Mean, Column: column}, Baseline: baseline, Bounds: v.Mean}))
		}
		if v.PSI != (quality.Limit{}) {
			then = append(then, one("served drift", checks.Drift{Column: column, Baseline: baseline, PSI: v.PSI}))
		}
	}
	return append(first, then...)
}
