package standard

import (
	"math"
	"math/big"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds about other times of the same table, or the same of another table.

var against = suitefile.Kind{
	Name: "against",
	Doc:  "A measure is what it was, give or take so much: {measure: {complete: line}, period: year, change: ±10%}.",
	Claim: `A measure of the suite's days lies as near to that of a baseline: the same dates of the year before or with align: season as many days after the first one of its season, the same weekdays of weeks before, other days, or another table, which is read whole but for its own where and days. ` +
		`A period that is not over counts up to the day of the run's clock, against as many days. The measure is rows, or {complete: x}, the populated share; {assert: p}, the share where p is TRUE; {distinct: x}; or {sum: x}, mean, stddev, min, max or spread, of populated values. Where there are more days on one side, rows and sums are told by the day. ` +
		`The judged days are never in their own baseline, which is refused. A period of the baseline with fewer than least rows (values, of a number), or in which the measure is 0, is dead and nothing to compare with: unknown. A segment that only the baseline has is judged too.`,
	Formula: "|measure − that of the baseline| ≤ change · |that of the baseline|, or change in points of a share",
	Example: `
- against: {measure: {complete: line}, period: year, change: ±10%}
- against: {measure: rows, period: week, times: 4, change: ±50%}
- against: {measure: {mean: pace}, baseline: {table: nba_ml.training_rows}, change: ±5%}`,
	New: func() suitefile.Draft {
		var c checks.Change
		var b baseline
		change := suitefile.ChangeBound(&c.Bounds)
		keys := append(b.keys(), form.Key{Name: "measure", Doc: "rows, or a measure of a column: {complete: line}.", Form: measure(&c.Measure), Required: true}, change)
		return suitefile.Draft{
			Value:  bounded(keys, change),
			Tables: b.of.tables,
			Check: func() quality.Check {
				c.Baseline = b.read()
				return c
			},
		}
	},
}

var drift = suitefile.Kind{
	Name: "drift",
	Doc:  "The values of a column are distributed as they were: {column: pace, period: year, psi: 0.2}.",
	Claim: `The shares of the values in bins lie as near to those of a baseline, which is said as for against: by the population stability index, or by the Jensen–Shannon distance, which is from 0 to 1. ` +
		`A bin ends with its edge and begins after the one before; the first and the last are open. The edges are quantiles of the baseline, ten bins if nothing is said; or listed, {edges: [90, 100, 110]}; or of one width, {edges: {from: 80, to: 120, width: 5}}. ` +
		`For the index a bin that is empty on one side counts there as half a value; one that is empty on both adds nothing. NULLs, NaN and infinities are in no bin and told. Fewer values than least, by default 20 for each bin, here or in the baseline: unknown.`,
	Formula: "PSI = Σ (p − q) · ln(p / q); JS = √(½ Σ p · log₂(p / m) + ½ Σ q · log₂(q / m)), m = (p + q) / 2; p and q are the shares of the judged values and the baseline's in each bin",
	Example: `
- drift: {column: pace, period: year, align: season, seasons: [2024-10-22, 2025-10-21], psi: 0.2}
- drift: {column: usage_rate, baseline: {table: nba_ml.training_rows}, edges: [10, 20, 30], jensen_shannon: 0.1}`,
	New: func() suitefile.Draft {
		var c checks.Drift
		var b baseline
		var psi, js *big.Rat
		var quantiles int64
		bounds := []form.Key{
			{Name: "psi", Doc: "The greatest population stability index: 0.1 is a slight shift, 0.25 a large one.", Form: form.Number(&psi)},
			{Name: "jensen_shannon", Doc: "The greatest Jensen–Shannon distance, of 0 to 1.", Form: form.Number(&js)},
		}
		keys := append(append(b.keys(), bounds...),
			form.Key{Name: "column", Doc: "The column, of numbers.", Form: form.Text(&c.Column), Required: true},
			form.Key{Name: "quantiles", Doc: "How many bins of about equally many values of the baseline. Defaults to 10.", Form: form.Positive(&quantiles)},
			form.Key{Name: "edges", Doc: "The edges of the bins instead: a list, or {from, to, width}.", Form: edges(&c.Edges)})
		return suitefile.Draft{
			Value:  bounded(keys, bounds...),
			Tables: b.of.tables,
			Check: func() quality.Check {
				c.Baseline, c.Quantiles = b.read(), int(min(quantiles, math.MaxInt32))
				if psi != nil {
					c.PSI = quality.Number(psi)
				}
				if js != nil {
					c.JensenShannon = quality.Number(js)
				}
				return c
			},
		}
	},
}

// edges are a list of numbers, or those of one width.
func edges(into *[]*big.Rat) form.Form {
	listed := form.List(func() form.Form {
		var at *big.Rat
		f := form.Number(&at)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			if f.Read(n); at != nil {
				*into = append(*into, at)
			}
		}}
	})
	var from, to, width *big.Rat
	even := []form.Key{
		{Name: "from", Doc: "The first edge.", Form: form.Number(&from), Required: true},
		{Name: "to", Doc: "The last edge.", Form: form.Number(&to), Required: true},
		{Name: "width", Doc: "How far each is from the next.", Form: form.Number(&width), Required: true},
	}
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{listed.Schema(), form.MapSchema(even)}}
		},
		Read: func(n form.Node) {
			if !n.IsMap() {
				listed.Read(n)
				return
			}
			if n.ReadKeys(even); from == nil || to == nil || width == nil {
				return
			}
			var err error
			if *into, err = checks.EdgesOf(from, to, width); err != nil {
				n.Fail("%w", err)
			}
		},
	}
}

var provenance = suitefile.Kind{
	Name: "provenance",
	Doc:  "Values came by the paths that they should: {column: line_source, paths: {odds_api: {at_least: 80%}, default: {at_most: 5%}}}.",
	Claim: `A column says of each row by which path its value came: the source, a fallback, a default. Every row is by a path that is listed, and the share of each lies within its bounds. NULL is no path and fails, unless null: ok sets such rows aside. ` +
		`With a baseline, which is said as for against, the share of each path is what it was there, give or take change; a path of which there was no row there is held by points only.`,
	Formula: "rows by the path / rows; |share − that of the baseline| ≤ change",
	Example: `
- provenance: {column: line_source, paths: {odds_api: {at_least: 80%}, bettingpros: {}, default: {at_most: 5%}}}
  by: {month: "DATE_TRUNC(game_date, MONTH)"}
- provenance: {column: line_source, paths: {odds_api: {}, bettingpros: {}, default: {}}, period: year, change: ±10 points}`,
	New: func() suitefile.Draft {
		var c checks.Provenance
		var b baseline
		return suitefile.Draft{
			Value: form.Map(append(b.keys(),
				form.Key{Name: "column", Doc: "The column that says the path.", Form: form.Text(&c.Column), Required: true},
				form.Key{Name: "paths", Doc: "Each path there is, with bounds on its share of the rows: {source: {at_least: 80%}, default: {at_most: 5%}, fallback: {}}.", Form: form.Dict(func(value string) form.Form {
					p := checks.Path{Value: value}
					bounds := form.Map(suitefile.ShareBounds(&p.Bounds)...)
					return form.Form{Schema: bounds.Schema, Read: func(n form.Node) {
						bounds.Read(n)
						c.Paths = append(c.Paths, p)
					}}
				}), Required: true},
				suitefile.ChangeBound(&c.Change))...),
			Tables: b.of.tables,
			Check: func() quality.Check {
				c.Baseline = b.read()
				return c
			},
		}
	},
}
