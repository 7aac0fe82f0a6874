package suitefile

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Grouping is the keys by and expect of a check, for checks that are made of another
// form.
type Grouping struct{ rule }

// Keys are the two.
func (g *Grouping) Keys() []form.Key {
	return slices.DeleteFunc(g.keys(), func(k form.Key) bool { return k.Name != "by" && k.Name != "expect" })
}

// Rule is a check in the segments, once the keys are found, and Tables are those that it
// expects segments of.
func (g *Grouping) Rule(found form.Found) (quality.Rule, []Table) {
	if !found.Failed("by") {
		g.Expect = g.expect.values(g.By)
	}
	return g.rule.Rule, g.tables
}
