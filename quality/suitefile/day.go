package suitefile

import (
	"regexp"
	"strconv"
	"strings"

	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// day is a calendar day, or one that is counted from the run's clock.
func day(into *civil.Date, fromToday **int) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema {
			relative := &jsonschema.Schema{Type: "string", Pattern: "^" + quality.RelativeDay + "$"}
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{form.Date(into).Schema(), relative}}
		},
		Read: func(n form.Node) {
			const expected = "a date such as 2021-10-01, or today, yesterday or today-14d"
			text, ok := n.Written(expected)
			if !ok {
				return
			}
			d, relative, err := quality.ParseDay(text)
			if err != nil {
				n.FailExpecting(expected, "")
				return
			}
			*into, *fromToday = d, relative
		},
	}
}

// Days are the keys of a first and a last day.
func Days(into *quality.Span) []form.Key {
	return []form.Key{
		{Name: "from", Doc: "The first day.", Form: day(&into.From, &into.FromToday)},
		{Name: "to", Doc: "The last day.", Form: day(&into.To, &into.ToToday)},
	}
}

// Span are the keys of days that bound another table than the suite's.
func Span(into *quality.Span) []form.Key {
	return []form.Key{
		{Name: "from", Doc: "The first day of the other table, on its own date column. Defaults to the suite's.", Form: day(&into.From, &into.FromToday)},
		{Name: "to", Doc: "The last day of the other table, on its own date column. Defaults to the suite's.", Form: day(&into.To, &into.ToToday)},
		{Name: "lookback", Doc: "The other table's days begin so many before the suite's: 30d.", Form: NumberOfDays(&into.Lookback)},
	}
}

var numberOfDays = regexp.MustCompile(`^[1-9]\d{0,4}d$`)

// NumberOfDays is one of at least a day, such as 30d.
func NumberOfDays(into *int) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Pattern: numberOfDays.String()} },
		Read: func(n form.Node) {
			const expected = "a number of days such as 30d"
			text, ok := n.Written(expected)
			if !ok {
				return
			}
			if !numberOfDays.MatchString(text) {
				n.FailExpecting(expected, "")
				return
			}
			*into, _ = strconv.Atoi(strings.TrimSuffix(text, "d"))
		},
	}
}
