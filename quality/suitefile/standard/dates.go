package standard

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var fresh = suitefile.Kind{
	Name: "fresh",
	Doc:  "The newest row is not too old, by a date or a time of what the rows are about.",
	Claim: `The newest time in a column lies so far back at most, by the clock of the run. A DATE counts from the end of its day in the suite's zone, a DATETIME by that zone. ` +
		`Rows after now are set aside and counted, and so are NULLs: where there is nothing else, the verdict is unknown.`,
	Formula: "now − the newest time that is not after now",
	Example: `
- fresh: game_date
  within: 36h
  by: team`,
	New: func() suitefile.Draft {
		var c checks.Fresh
		return suitefile.Draft{
			Value: form.Text(&c.Column),
			Keys: []form.Key{
				{Name: "within", Doc: "How old the newest row may be: 36h, 90m or 1d12h.", Form: suitefile.Duration(&c.Within), Required: true},
			},
			Check: func() quality.Check { return c },
		}
	},
}
