package standard

import (
	"math"
	"math/big"

	"cloud.google.com/go/civil"
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
	Claim: `A measure of the suite's days lies as near to that of a baseline: the same days of the year before, the same weekdays of weeks before, as many days after the first one of the season before, other days, or another table, which is read whole but for its own where and days. ` +
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
		return suitefile.Draft{
			Value: form.Map(append(b.keys(),
				form.Key{Name: "measure", Doc: "rows, or a measure of a column: {complete: line}.", Form: measure(&c.Measure), Required: true},
				suitefile.ChangeBound(&c.Bounds))...),
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
- drift: {column: pace, period: season, seasons: [2024-10-22, 2025-10-21], psi: 0.2}
- drift: {column: usage_rate, baseline: {table: nba_ml.training_rows}, edges: [10, 20, 30], jensen_shannon: 0.1}`,
	New: func() suitefile.Draft {
		var c checks.Drift
		var b baseline
		var psi, js *big.Rat
		var quantiles int64
		return suitefile.Draft{
			Value: form.Map(append(b.keys(),
				form.Key{Name: "column", Doc: "The column, of numbers.", Form: form.Text(&c.Column), Required: true},
				form.Key{Name: "psi", Doc: "The greatest population stability index: 0.1 is a slight shift, 0.25 a large one.", Form: form.Number(&psi)},
				form.Key{Name: "jensen_shannon", Doc: "The greatest Jensen–Shannon distance, of 0 to 1.", Form: form.Number(&js)},
				form.Key{Name: "quantiles", Doc: "How many bins of about equally many values of the baseline. Defaults to 10.", Form: form.Count(&quantiles)},
				form.Key{Name: "edges", Doc: "The edges of the bins instead: a list, or {from, to, width}.", Form: edges(&c.Edges)})...),
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

// measure is rows, or a map of one measure.
func measure(into *checks.Measure) form.Form {
	var word string
	rows := form.Choice(&word, string(checks.Rows))
	var keys []form.Key
	add := func(of checks.Statistic, doc string, read form.Form) {
		keys = append(keys, form.Key{Name: string(of), Doc: doc, Form: form.Form{Schema: read.Schema, Read: func(n form.Node) {
			read.Read(n)
			into.Of = of
		}}})
	}
	add(checks.Populated, "The share of rows in which the column is populated.", form.Text(&into.Column))
	add(checks.Satisfied, "The share of rows that the predicate is TRUE for.", suitefile.Expr(&into.Holds))
	add(checks.Differing, "How many values of the column differ.", form.Text(&into.Column))
	for _, of := range []checks.Statistic{checks.Sum, checks.Mean, checks.StdDev, checks.Min, checks.Max, checks.Spread} {
		add(of, "The "+string(of)+" of the column.", form.Text(&into.Column))
	}
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{rows.Schema(), form.MapSchema(keys)}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				n.ReadKeys(keys).OneOf(names...)
				return
			}
			rows.Read(n)
			into.Of = checks.Statistic(word)
		},
	}
}

// baseline is the keys of a baseline, and the files that it names.
type baseline struct {
	checks.Baseline
	of     other
	period string
	times  int64
}

func (b *baseline) keys() []form.Key {
	days := suitefile.Days(&b.Days)
	table := append(b.of.rowKeys(), suitefile.Span(&b.of.Span)...)
	return []form.Key{
		{Name: "period", Doc: "The same dates of the year before, the same weekdays of the week before, or as many days after the first one of the season before.",
			Form: form.Choice(&b.period, string(checks.YearBefore), string(checks.WeekBefore), string(checks.SeasonBefore))},
		{Name: "times", Doc: "Of how many such periods, together. Defaults to 1.", Form: form.Count(&b.times)},
		{Name: "seasons", Doc: "The first day of each season, for period: season.", Form: dates(&b.Seasons)},
		{Name: "baseline", Doc: "Other days {from, to} of the suite's table, or another table, instead of a period.", Form: form.Form{
			Schema: func() *jsonschema.Schema {
				return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{form.MapSchema(days), form.MapSchema(table)}}
			},
			Read: func(n form.Node) {
				for _, e := range n.Entries() {
					if e.Name == "table" || e.Name == "source" {
						b.of.read(n, table)
						return
					}
				}
				n.ReadKeys(days)
			},
		}},
		{Name: "least", Doc: "How many rows, or values, each period of the baseline must have to be compared with.", Form: form.Count(&b.Least)},
	}
}

func (b *baseline) read() checks.Baseline {
	b.Period, b.Times, b.Of = checks.Period(b.period), int(b.times), b.of.Against
	return b.Baseline
}

// dates is a day or a list of them.
func dates(into *[]civil.Date) form.Form {
	return form.OneOrMore(func() form.Form {
		var day civil.Date
		f := form.Date(&day)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, day)
		}}
	})
}
