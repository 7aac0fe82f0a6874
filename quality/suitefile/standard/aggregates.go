package standard

import (
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds about a number that the values of a column come to.

var (
	sum = numberKind(checks.Sum, "The sum of a column. INT64 and NUMERIC are added exactly.", "sum of the populated values", `
- sum: points
  by: season
  at_least: 250000`)
	mean = numberKind(checks.Mean, "The mean of a column. That of INT64 and NUMERIC is not rounded.", "sum of the populated values / how many there are", `
- mean: pace
  between: [80, 120]`)
	stddev = numberKind(checks.StdDev, "The standard deviation of a column as of a sample, which two values have or more.", "√(Σ(x − mean)² / (n − 1)) over the populated values", `
- stddev: pace
  more_than: 0.5`)
	minOf = numberKind(checks.Min, "The least value of a column, of numbers, of DATE or of times.", "least populated value", `
- min: game_date
  at_most: 2021-10-19`)
	maxOf = numberKind(checks.Max, "The greatest value of a column, of numbers, of DATE or of times.", "greatest populated value", `
- max: minutes_played
  at_most: 68`)
)

func numberKind(of checks.Statistic, doc, formula, example string) suitefile.Kind {
	return suitefile.Kind{
		Name:    string(of),
		Doc:     doc,
		Claim:   doc + ` It lies within the bounds: of exact numbers, a FLOAT64 being the decimal that it is written as. NULLs, NaN and infinities are left out and told. Where it is over no value, or not defined, it is unknown.`,
		Formula: formula,
		Example: example,
		New: func() suitefile.Draft {
			c := checks.Number{Of: of}
			return suitefile.Draft{Value: form.Text(&c.Column), Bounds: suitefile.NumberBounds(&c.Bounds), Check: func() quality.Check { return c }}
		},
	}
}

var quantile = suitefile.Kind{
	Name:    "quantile",
	Doc:     "The least value that a share of at least q of the values does not exceed: {column: x, q: 0.95}.",
	Claim:   `The q-quantile lies within the bounds, which are counted and exact: it is at most 50 if a share of at least q of the values is up to 50, and at least 10 if less than q of them are below 10. The share is what is told. NULLs, NaN and infinities are left out and told. A column without a value is unknown.`,
	Formula: "values up to the bound / values that are populated, against q",
	Example: `
- quantile: {column: minutes_played, q: 0.95}
  at_most: 42`,
	New: func() suitefile.Draft {
		var c checks.Quantile
		var q *big.Rat
		return suitefile.Draft{
			Value: form.Map(
				form.Key{Name: "column", Doc: "The column.", Form: form.Text(&c.Column), Required: true},
				form.Key{Name: "q", Doc: "Above 0 and up to 1: 0.5 is the median.", Form: form.Number(&q), Required: true},
			),
			Bounds: suitefile.NumberBounds(&c.Bounds),
			Check: func() quality.Check {
				c.Q = quality.Number(q)
				return c
			},
		}
	},
}
