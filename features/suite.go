package features

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// Checks is the set as a suite: its own rules, and those of the label, the key and each
// feature. What is measured of all features is one fold.
func (s Set) Checks() quality.Suite {
	s = s.settled()
	out := s.Suite
	out.Rules = slices.Clone(s.Rules)
	if l := s.LabelOf; l != nil {
		out.Beside = l.beside(s)
		out.Rules = append(out.Rules, quality.Rule{ID: matchID, Check: l.match(s)})
	}
	bounds := s.Rows
	if len(bounds) == 0 {
		bounds = []quality.Bound{quality.AtLeast(quality.Count(1))}
	}
	out.Rules = append(out.Rules, s.rule(rowsID, checks.RowCount{Bounds: bounds}, s.Training(), true))
	if len(s.Key) > 0 {
		out.Rules = append(out.Rules, quality.Rule{ID: keyID, Check: checks.Unique{Columns: s.Key}})
	}
	out.Rules = append(out.Rules, quality.Rule{ID: foretoldID, Check: foretold(s.Label, s.event())})
	out.Rules = append(out.Rules, s.Served.rules(s)...)
	for _, f := range s.Features {
		out.Rules = append(out.Rules, s.rulesOf(f)...)
	}
	for _, g := range s.Groups {
		out.Rules = append(out.Rules, s.rulesOfGroup(g)...)
	}
	out.Rules = append(out.Rules, s.Leaks.rules(s)...)
	return out
}

// The rules of no feature.
const (
	rowsID     = "rows"
	keyID      = "key"
	foretoldID = "label"
	matchID    = "label-match"
)

// rule is a check of some rows that has to hold in each segment.
func (s Set) rule(id string, check quality.Check, where expr.Expr, required bool) quality.Rule {
	return quality.Rule{
		ID: id, Check: check, Where: where, WarnOnly: !required,
		By: s.By, Computed: s.Computed, Expect: s.Expect, ExpectOf: s.ExpectOf,
	}
}

// rulesOf are those of a feature. How much is populated is asked of all rows with a
// label, what the values are of those that are trained on.
func (s Set) rulesOf(f Feature) []quality.Rule {
	var out []quality.Rule
	column := f.column()
	add := func(id string, check quality.Check, where expr.Expr) {
		out = append(out, s.rule(f.Name+" "+id, check, where, !f.Optional))
	}
	switch {
	case f.Window != nil:
		add("window", s.windowed(f), s.audited())
		add("populated", owed{s.windowed(f), f.Populated}, s.audited())
	case f.AvailableAt == "":
		add("populated", checks.Complete{Columns: []string{column}, Missing: f.Missing, Bounds: f.Populated}, s.labelled())
	}
	if f.AvailableAt != "" {
		add("populated in time", checks.Assert{Of: f.populated().And(s.inTime(f)), Bounds: f.Populated}, s.labelled())
	}
	trained := s.valued(f)
	if !f.Low.IsNull() || !f.High.IsNull() {
		add("range", checks.Range{Of: []checks.Ends{{Column: column, Low: f.Low, High: f.High}}, Bounds: f.Within}, trained)
	}
	if len(f.Defaults) > 0 {
		add("defaults", checks.Defaults{Of: []checks.Listed{{Column: column, Values: f.Defaults}}, Bounds: f.few()}, trained)
	}
	if len(f.Distinct) > 0 {
		add("distinct", checks.Distinct{Column: column, Bounds: f.Distinct}, trained)
	}
	if len(f.Spread) > 0 {
		add("spread", checks.Number{Of: checks.Spread, Column: column, Bounds: f.Spread}, trained)
	}
	if f.Drift != nil {
		drift := *f.Drift
		drift.Column = column
		add("drift", drift, trained)
	}
	if f.Age > 0 {
		add("age", aged(f, s.Date), trained.And(f.populated()))
	}
	if len(f.NullIf) > 0 {
		var inputs []expr.Expr
		for _, name := range f.NullIf {
			inputs = append(inputs, expr.Col(name).IsNull())
		}
		add("null_if", checks.Implies{If: expr.AnyOf(inputs...), Then: f.populated().Not()}, s.labelled())
	}
	return out
}

// valued are the rows that are trained on, but for those in which the feature has a value
// that means none.
func (s Set) valued(f Feature) expr.Expr {
	if len(f.Missing) == 0 {
		return s.Training()
	}
	return s.Training().And(f.populated())
}

// few is how many defaults there may be.
func (f Feature) few() []quality.Bound {
	if len(f.AtMost) > 0 {
		return f.AtMost
	}
	return []quality.Bound{quality.AtMost(quality.Percent(0))}
}

// rulesOfGroup are those of features together; they are required if one of them is.
func (s Set) rulesOfGroup(g Group) []quality.Rule {
	var out []quality.Rule
	var columns []string
	var some []expr.Expr
	required := false
	for _, name := range g.Of {
		f, _ := s.named(name) // one that is not there is a mistake
		columns, some = append(columns, f.column()), append(some, f.populated())
		required = required || !f.Optional
	}
	if !g.Total.IsNull() {
		out = append(out, s.rule(g.Name+" total", checks.Total{Of: columns, To: g.Total, Tolerance: g.Tolerance}, s.Training(), required))
	}
	if len(g.Same) > 0 {
		out = append(out, s.rule(g.Name+" same", checks.Implies{If: expr.AnyOf(some...), Then: same(g.Same)}, s.Training(), required))
	}
	return out
}

// same is TRUE where all columns say one thing.
func same(columns []string) expr.Expr {
	out := []expr.Expr{expr.Col(columns[0]).IsNotNull()}
	for _, name := range columns[1:] {
		out = append(out, expr.Col(name).Eq(expr.Col(columns[0])).IsTrue())
	}
	return expr.AllOf(out...)
}
