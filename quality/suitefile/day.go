package suitefile

import (
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
