// Package standard is the kinds of package checks as suites write them.
package standard

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds lists them, in the order of their names: the one place that says which
// there are.
func Kinds() []suitefile.Kind {
	return []suitefile.Kind{
		after, against, assert, available, compare, complete, cover, defaults, distinct, drift, equal, fresh, grid, group, implies, in, length, match, maxOf, mean, minOf,
		monotone, only, pattern, provenance, quantile, rangeOf, reconcile, rows, schema, spread, raw, stddev, sum, topShare, total, unique,
	}
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
		bounds := suitefile.RowBounds(&c.Bounds)
		return suitefile.Draft{
			Value: bounded(bounds, bounds...),
			Check: func() quality.Check { return c },
		}
	},
}

// bounded is a map of keys of which it has one of some, or more.
func bounded(keys []form.Key, some ...form.Key) form.Form {
	of := form.Map(keys...)
	return form.Form{Read: of.Read, Schema: func() *jsonschema.Schema { return form.OneAtLeast(of.Schema(), some) }}
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
