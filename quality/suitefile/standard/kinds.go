// Package standard is the kinds of package checks as suites write them.
package standard

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds lists them, in the order of their names: the one place that says which
// there are.
func Kinds() []suitefile.Kind { return []suitefile.Kind{complete, rangeOf, rows, unique} }

var complete = suitefile.Kind{
	Name:    "complete",
	Doc:     "Columns are populated: a column, or a list of them.",
	Claim:   `A column holds a value: not NULL, for FLOAT64 not NaN or infinite, and none that is declared missing. Of several columns all do, or with mode: any one of them. A column of NULL alone is populated in 0 rows, which fails.`,
	Formula: "populated rows / rows",
	Example: `
- complete: usage_rate
  where: minutes_played > 0
  at_least: 95%`,
	New: func() suitefile.Draft {
		var c checks.Complete
		var mode string
		return suitefile.Draft{
			Value: form.Texts(&c.Columns),
			Keys: append(suitefile.ShareBounds(&c.Bounds),
				form.Key{Name: "mode", Doc: "Of several columns, all or any must be populated. Defaults to all.", Form: form.Choice(&mode, "all", "any")},
				form.Key{Name: "missing", Doc: `Further values that mean "no value", such as -999 or "".`, Form: suitefile.Values(&c.Missing)},
			),
			Check: func() quality.Check {
				c.Any = mode == "any"
				return c
			},
		}
	},
}

var rangeOf = suitefile.Kind{
	Name:    "range",
	Doc:     "Values lie between two ends, both included: {usage_rate: [0, 50]}; null is an open end.",
	Claim:   `The values of a column lie between two ends. NULLs are told beside them and are no values; NaN lies in no range, an infinity only where it is open. A column of NULL alone is unknown.`,
	Formula: "values between the ends / values that are not NULL, for each column",
	Example: `
- range: {usage_rate: [0, 50], plus_minus: [-60, 60]}
  where: minutes_played >= 5
  at_least: 99.5%`,
	New: func() suitefile.Draft {
		var c checks.Range
		return suitefile.Draft{
			Value: form.Dict(func(column string) form.Form {
				return suitefile.Ends(func(low, high expr.Value) { c.Of = append(c.Of, checks.Ends{Column: column, Low: low, High: high}) })
			}),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

var rows = suitefile.Kind{
	Name:    "rows",
	Doc:     "A number of rows: {at_least: 1000}.",
	Claim:   `There are so many rows. Zero is a number: an expected segment that is absent has 0 rows. A bound of what was due, at_least: 90% of due, is held against the rows of the suite's calendar: 0 rows are enough only where 0 were due.`,
	Formula: "rows",
	Example: `
- rows: {at_least: 1000}
  by: season
  expect: ["2024-25", "2025-26"]`,
	New: func() suitefile.Draft {
		var c checks.RowCount
		bounds := form.Map(suitefile.RowBounds(&c.Bounds)...)
		return suitefile.Draft{
			Value: form.Form{Read: bounds.Read, Schema: func() *jsonschema.Schema {
				s := bounds.Schema()
				s.MinProperties = jsonschema.Ptr(1)
				return s
			}},
			Check: func() quality.Check { return c },
		}
	},
}

var unique = suitefile.Kind{
	Name:    "unique",
	Doc:     "No combination of the columns occurs twice: a column, or a list of them.",
	Claim:   `No key occurs twice over the whole scope; by only says where the surplus rows are. A key with a NULL part is not unique either, unless null: ok sets such rows aside.`,
	Formula: "distinct keys / rows",
	Example: `
- unique: [game_date, player_lookup]`,
	New: func() suitefile.Draft {
		var c checks.Unique
		return suitefile.Draft{Value: form.Texts(&c.Columns), Check: func() quality.Check { return c }}
	},
}
