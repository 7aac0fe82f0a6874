package profile

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// mostConditions is how many conditions are held against columns that are not populated
// in every row, all in all.
const mostConditions = 400

// Condition is what says in which rows a column is populated: where it is TRUE, and Not
// is not.
type Condition struct{ Where, Not expr.Expr }

// conditions finds for each column that is populated in some rows a condition that says
// in which: a BOOL, or a number that is more than 0.
func (p *Profile) conditions() step {
	var out step
	for _, c := range p.Columns {
		if c.Err != nil || c.Values == 0 || p.full(c) {
			continue
		}
		for _, where := range p.candidates() {
			if len(out.rules) < mostConditions && where.Where.Columns()[0] != c.Name {
				out.rules = append(out.rules, quality.Rule{Check: c.populatedWhere(where)})
			}
		}
	}
	return out
}

// candidates are what may say where other columns are populated, the likeliest first.
func (p *Profile) candidates() []Condition {
	var bools, numbers []Condition
	for _, c := range p.Columns {
		of := expr.Col(c.Name)
		switch {
		case c.Err != nil || c.Unknown != nil || c.Distinct < 2:
		case c.Type == expr.Bool:
			bools = append(bools, Condition{of.IsTrue(), of.IsNotTrue()}, Condition{of.IsNotTrue(), of.IsTrue()})
		case c.Type == expr.Int64 && c.Min.Go() == int64(0):
			not := of.Eq(0)
			if !p.full(c) {
				not = of.Gt(0).IsNotTrue()
			}
			numbers = append(numbers, Condition{of.Gt(0), not})
		}
	}
	return append(bools, numbers...)
}

// populatedWhere asks whether the column is populated exactly where the condition is
// TRUE, unless one was found before.
func (c *Column) populatedWhere(where Condition) question {
	q := quality.Request{Metric: terms{quality.CountWhere(where.Where), quality.CountWhere(expr.AllOf(where.Where, expr.Col(c.Name).Populated()))}}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		got, err := quality.Get[answer](m, q, quality.Segment{})
		if err == nil && got.count(0) == c.Values && got.count(1) == c.Values && c.Where == nil {
			c.Where = &where
		}
		return err
	}}
}
