package suitefile

import (
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Duration is a length of time such as 36h, 90m or 1d12h; a day is 24 hours. 0 is none
// and refused.
func Duration(into *time.Duration) form.Form {
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Pattern: `^(\d{1,6}[dhms])+$`}
		},
		Read: func(n form.Node) {
			const expected = "a length of time such as 36h, 90m or 1d12h"
			text, ok := n.Written(expected)
			if !ok {
				return
			}
			d, err := quality.ParseDuration(text)
			if err != nil {
				n.FailExpecting(expected, "")
				return
			}
			*into = d
		},
	}
}
