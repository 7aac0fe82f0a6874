package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Reconcile claims that a measure of each group of rows is what it is of another
// table's. Where it is over nothing on both sides it agrees. A group on one side only
// fails, and so does one with a NULL part, unless it is set aside on the side that has
// it.
type Reconcile struct {
	Measure Measure // Populated is how many rows are, and not the share
	// With is what the column is in the other table; zero is the same name.
	With expr.Expr
	// By are the groups, by the names of the suite's table.
	By []string
	// Of may not be made from the suite's own table.
	Of Against
	// Tolerance is how far the measures may be apart; NULL is 0. FLOAT64 is added in an
	// order of the engine's own, so that sums of it need one.
	Tolerance expr.Value
	// Bounds on the share of the groups of both sides that agree. Defaults to
	// AtLeast(Percent(100)).
	Bounds []quality.Bound
}

const (
	ourMeasure   = "our measure()"
	theirMeasure = "their measure()"
	theirColumn  = "with()"
	reconciled   = "reconciled"
)

func (c Reconcile) with() expr.Expr {
	if c.With.IsZero() {
		return expr.Col(c.Measure.Column)
	}
	return c.With
}

// term is the measure of some rows of a schema.
func (c Reconcile) term(column string, s expr.Schema) quality.Term {
	of := value(column, s)
	switch c.Measure.Of {
	case Rows:
		return quality.CountRows()
	case Satisfied:
		return quality.CountWhere(c.Measure.Holds)
	case Populated:
		return quality.CountWhere(expr.Col(column).Populated())
	case Differing:
		return quality.DistinctOf(of)
	case Mean:
		return quality.MeanOf(of)
	}
	return statistics[c.Measure.Of].terms(of, "")[0]
}

func (c Reconcile) keys(s quality.Scope) keys {
	k := keys{columns: c.By, of: c.Of, judged: ours}
	var schema expr.Schema
	if c.Measure.Column != "" {
		k.of.Map = append(slices.Clone(c.Of.Map), Mapping{Column: theirColumn, To: []expr.Expr{c.with()}})
		k.more = []string{theirColumn}
		if len(s.Others) > 0 {
			schema, _ = k.of.schema(s, k.more) // what does not bind is refused before
		}
	}
	k.terms = []quality.NamedTerm{c.term(c.Measure.Column, s.Schema).Named(ourMeasure)}
	k.theirTerms = []quality.NamedTerm{c.term(theirColumn, schema).Named(theirMeasure)}
	k.beside = figures{quality.CountWhere(c.agrees()).Named(reconciled)}
	return k
}

// agrees is TRUE of a group of both sides whose measures do.
func (c Reconcile) agrees() expr.Expr {
	a, b := expr.Col(ourMeasure), expr.Col(theirMeasure)
	near := a.Eq(b)
	if !c.Tolerance.IsNull() {
		near = expr.AllOf(a.Minus(b).Le(c.Tolerance), b.Minus(a).Le(c.Tolerance))
	}
	return agreeing(near.Or(a.IsNull().And(b.IsNull())))
}

// subject names the measure among the findings.
func (c Reconcile) subject() string { return cmp.Or(c.Measure.Column, string(c.Measure.Of)) }

// Validate reports what is wrong without looking at data.
func (c Reconcile) Validate() error {
	if err := c.Measure.validate(); err != nil {
		return err
	}
	switch {
	case c.Measure.Of == Satisfied || c.Measure.Of == Spread:
		return fmt.Errorf("measure: %s is none to reconcile: take rows, a sum, mean, stddev, min, max, complete or distinct", c.Measure.Of)
	case c.Measure.Of == Rows && !c.With.IsZero():
		return fmt.Errorf("measure: rows is of no column, and column is one of %s", c.Of.Table)
	case len(c.By) == 0:
		return fmt.Errorf("it names no column to group by: for the whole write against, with the table as baseline")
	}
	if err := c.With.Mistake(); err != nil {
		return err
	}
	return keys{columns: c.By, of: c.Of}.validate(c.Bounds)
}

// Describe names the measure and the other table.
func (c Reconcile) Describe() quality.Description {
	claim := fmt.Sprintf("%s by (%s) as in %s", c.Measure, strings.Join(c.By, ", "), c.Of.Table)
	if !c.Tolerance.IsNull() {
		claim += " give or take " + c.Tolerance.String()
	}
	return quality.Description{
		Kind: "reconcile", Columns: append(slices.Clone(c.By), c.Measure.columns()...), Judges: "group",
		Claim: claim + " " + quality.Claim(quality.OrAll(c.Bounds)),
	}
}

// Others is the other table.
func (c Reconcile) Others() []quality.Other { return c.Of.others(c.By, true) }

// Requests counts the groups that agree.
func (c Reconcile) Requests(s quality.Scope) ([]quality.Request, error) {
	if name := c.Measure.Column; name != "" {
		f, err := s.Schema.Field(name)
		if err != nil {
			return nil, err
		}
		with, err := c.with().At(s.Now, s.Zone).Bind(s.Others[0].Info.Schema)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", c.Of.Table, err)
		}
		for _, t := range []expr.Type{f.Type, with.Type()} {
			if statistics[c.Measure.Of].terms != nil && !c.Measure.Of.fits(t) {
				return nil, fmt.Errorf("%s and %s of %s are %s and %s, of which there is no %s", f.Name, c.with(), c.Of.Table, f.Type, with.Type(), c.Measure.Of)
			}
		}
		if unlike(f.Type, with.Type()) && (timed(f.Type) || timed(with.Type())) && statistics[c.Measure.Of].times {
			return nil, fmt.Errorf("%s is %s and %s of %s is %s: convert it there", f.Name, f.Type, c.with(), c.Of.Table, with.Type())
		}
		if timed(f.Type) && !c.Tolerance.IsNull() {
			return nil, fmt.Errorf("%s is %s, which has no tolerance", f.Name, f.Type)
		}
	}
	return c.keys(s).requests(s)
}

// Judge holds the share of the groups that agree against the bounds.
func (c Reconcile) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	k := c.keys(s)
	says := fmt.Sprintf("%s agrees with that", c.Measure)
	out := append(k.oneSided(s, m, false), k.agreed(s, m, reconciled, c.subject(), says, c.Bounds)...)
	return append(out, k.undated(s, m)...)
}
