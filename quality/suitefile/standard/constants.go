package standard

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds about columns that say one thing again and again.

var topShare = suitefile.Kind{
	Name:    "top_share",
	Doc:     "No value of a column is too large a share of its values, which at_most or less_than says.",
	Claim:   `The share of the most frequent value is small; it is named, of several the smallest. NULLs, NaN and infinities are left out and told. A column without a value is unknown.`,
	Formula: "rows of the most frequent value / values that are populated",
	Example: `
- top_share: win_pct
  at_most: 30%`,
	New: func() suitefile.Draft {
		var c checks.TopShare
		return suitefile.Draft{Value: form.Text(&c.Column), Keys: suitefile.FewBounds(&c.Bounds), Check: func() quality.Check { return c }}
	},
}

var defaults = suitefile.Kind{
	Name:    "defaults",
	Doc:     "Few values are ones that stand for none, which at_most or less_than says: {fatigue: [50, 0]}.",
	Claim:   `The share of the listed values is small: of all those of a column together, or with mode: each of each by itself. NULLs, NaN and infinities are left out and told. A column without a value is unknown.`,
	Formula: "values that are listed / values that are populated, for each column",
	Example: `
- defaults: {fatigue: [50, 0]}
  at_most: 5%`,
	New: func() suitefile.Draft {
		var c checks.Defaults
		var mode string
		return suitefile.Draft{
			Value: listed(&c.Of),
			Keys: append(suitefile.FewBounds(&c.Bounds),
				form.Key{Name: "mode", Doc: "any: the defaults of a column count together; each: each of them by itself. Defaults to any.", Form: form.Choice(&mode, "any", "each")}),
			Check: func() quality.Check {
				c.Each = mode == "each"
				return c
			},
		}
	},
}

var distinct = suitefile.Kind{
	Name:    "distinct",
	Doc:     "So many values of a column differ.",
	Claim:   `So many populated values differ. NULLs, NaN and infinities are none, and told. Zero is a number: a column without a value has 0.`,
	Formula: "populated values that differ",
	Example: `
- distinct: team
  by: season
  at_least: 30`,
	New: func() suitefile.Draft {
		var c checks.Distinct
		return suitefile.Draft{Value: form.Text(&c.Column), Bounds: suitefile.CountBounds(&c.Bounds), Check: func() quality.Check { return c }}
	},
}

var spread = numberKind(checks.Spread, "The greatest value of a column minus the least: 0 where it is constant.", "greatest populated value − least", `
- spread: pace
  more_than: 0`)
