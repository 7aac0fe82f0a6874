package suitefile

import (
	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var complete = Kind{
	Name: "complete",
	Doc:  "Columns are populated: a column, or a list of them.",
	New: func() Draft {
		var c checks.Complete
		var mode string
		return Draft{
			Value: form.Texts(&c.Columns),
			Keys: append(ShareBounds(&c.Bounds),
				form.Key{Name: "mode", Doc: "Of several columns, all or any must be populated. Defaults to all.", Form: form.Choice(&mode, "all", "any")},
				form.Key{Name: "missing", Doc: `Further values that mean "no value", such as -999 or "".`, Form: Values(&c.Missing)},
			),
			Check: func() quality.Check {
				c.Any = mode == "any"
				return c
			},
		}
	},
}

var rows = Kind{
	Name: "rows",
	Doc:  "A number of rows: {at_least: 1000}.",
	New: func() Draft {
		var c checks.RowCount
		bounds := form.Map(CountBounds(&c.Bounds)...)
		return Draft{
			Value: form.Form{Read: bounds.Read, Schema: func() *jsonschema.Schema {
				s := bounds.Schema()
				s.MinProperties = jsonschema.Ptr(1)
				return s
			}},
			Check: func() quality.Check { return c },
		}
	},
}

var unique = Kind{
	Name: "unique",
	Doc:  "No combination of the columns occurs twice: a column, or a list of them.",
	New: func() Draft {
		var c checks.Unique
		return Draft{Value: form.Texts(&c.Columns), Check: func() quality.Check { return c }}
	},
}
