package profile

import (
	"github.com/intactdata/intact/harness/internal/shape"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// patterns looks at two texts of each column, the first and the last, for what they have
// in common, and asks whether all others have it too.
func (p *Profile) patterns() step {
	var out step
	for _, c := range p.Columns {
		if c.Err != nil || c.Unknown != nil || c.Values == 0 || c.Type != expr.String {
			continue
		}
		var seen shape.Shape
		seen.Add(c.Min.String())
		seen.Add(c.Max.String())
		if seen.Alike() {
			out.rules = append(out.rules, quality.Rule{Check: c.matches(seen.Pattern(), seen.Loose().Pattern())})
		}
	}
	return out
}

// matches asks which of some patterns all texts match, and keeps the first.
func (c *Column) matches(patterns ...string) question {
	var asked terms
	for _, pattern := range patterns {
		asked = append(asked, quality.CountWhere(expr.Col(c.Name).RegexpContains(pattern)))
	}
	q := quality.Request{Metric: asked}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		got, err := quality.Get[answer](m, q, quality.Segment{})
		if err != nil {
			return err
		}
		for i, pattern := range patterns {
			if got.count(i) == c.Values {
				c.Pattern = pattern
				break
			}
		}
		return nil
	}}
}
