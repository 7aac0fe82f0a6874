package suitefile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// A length of time, by days, hours, minutes and seconds, each a whole number.
var duration = regexp.MustCompile(`^(\d{1,6}d)?(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$`)

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
			var d time.Duration
			if parts := duration.FindStringSubmatch(text); parts != nil {
				for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
					if part := parts[i+1]; part != "" {
						of, _ := strconv.Atoi(strings.TrimRight(part, "dhms"))
						d += time.Duration(of) * unit
					}
				}
			}
			if d <= 0 {
				n.FailExpecting(expected, "")
				return
			}
			*into = d
		},
	}
}
