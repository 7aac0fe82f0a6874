package standard

import (
	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

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
	align  string
	times  int64
}

func (b *baseline) keys() []form.Key {
	days := suitefile.Days(&b.Days)
	table := append(b.of.rowKeys(), suitefile.Span(&b.of.Span)...)
	return []form.Key{
		{Name: "period", Doc: "The year before, or the same weekdays of the week before.",
			Form: form.Choice(&b.period, string(checks.YearBefore), string(checks.WeekBefore))},
		{Name: "align", Doc: "Of period: year, the same dates (year, the default), or as many days after the first one of the season before (season).",
			Form: form.Choice(&b.align, string(checks.SameDates), string(checks.SameOfSeason))},
		{Name: "times", Doc: "Of how many such periods, together. Defaults to 1.", Form: form.Positive(&b.times)},
		{Name: "seasons", Doc: "The first day of each season, for align: season.", Form: dates(&b.Seasons)},
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
	b.Period, b.Align, b.Times, b.Of = checks.Period(b.period), checks.Alignment(b.align), int(b.times), b.of.Against
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
