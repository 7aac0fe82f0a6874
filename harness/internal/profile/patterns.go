package profile

import (
	"context"

	"github.com/intactdata/intact/harness/internal/shape"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// patterns looks at a few texts of each column for what they have in common, and asks
// whether all others have it too.
func (p *Profile) patterns(ctx context.Context, a asker) error {
	var rules []quality.Rule
	for _, c := range p.Columns {
		if c.Err != nil || c.Unknown != nil || c.Values == 0 || c.Type != expr.String {
			continue
		}
		var seen shape.Shape
		seen.Add(c.Min.String())
		seen.Add(c.Max.String())
		for _, f := range c.Top {
			if len(f.Value.String()) < quality.LongestShown {
				seen.Add(f.Value.String())
			}
		}
		if seen.Alike() {
			rules = append(rules, quality.Rule{Check: c.matches(seen.Pattern(), seen.Loose().Pattern())})
		}
	}
	errs, err := a.ask(ctx, rules...)
	p.unanswered(errs...)
	return err
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
