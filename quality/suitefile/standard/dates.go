package standard

import (
	"regexp"
	"strconv"
	"time"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var fresh = suitefile.Kind{
	Name: "fresh",
	Doc:  "The newest row is not too old, by a date or a time of what the rows are about.",
	Claim: `The newest time in a column lies so far back at most, by the clock of the run. A DATE counts from the end of its day in the suite's zone, a DATETIME by that zone. ` +
		`Rows after now are set aside and counted, and so are NULLs: where there is nothing else, the verdict is unknown. ` +
		`Within so many dates the age is the due dates, of those that are over, after the newest row: a week without games makes nothing old. What is due says every: as for grid, or the suite's calendar.`,
	Formula: "now − the newest time that is not after now, or due dates since",
	Example: `
- fresh: game_date
  within: 36h
  by: team`,
	New: func() suitefile.Draft {
		var c checks.Fresh
		byDates := checks.FreshByDates{Within: -1}
		every := schedule{days: &byDates.Every.Days}
		return suitefile.Draft{
			Value: form.Text(&c.Column),
			Keys: []form.Key{
				{Name: "within", Doc: "How old the newest row may be: 36h, 90m or 1d12h; or a number of due dates: 1 date.", Form: age(&c.Within, &byDates.Within), Required: true},
				{Name: "every", Doc: "What is due, where the age counts in due dates: day, weekday, or a table. Defaults to the suite's calendar.", Form: every.form()},
			},
			Tables: every.tables,
			Check: func() quality.Check {
				if byDates.Within < 0 && byDates.Every.Days == "" && every.Table == "" {
					return c
				}
				byDates.Column, byDates.Every.Of = c.Column, every.against(c.Column)
				return byDates
			},
		}
	},
}

var numberOfDates = regexp.MustCompile(`^(\d{1,5}) dates?$`)

// age is a length of time, or a number of due dates.
func age(within *time.Duration, dates *int64) form.Form {
	length := suitefile.Duration(within)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{length.Schema(), {Type: "string", Pattern: numberOfDates.String()}}}
		},
		Read: func(n form.Node) {
			text, ok := n.Written("an age such as 36h, 90m, 1d12h or 2 dates")
			if !ok {
				return
			}
			if found := numberOfDates.FindStringSubmatch(text); found != nil {
				*dates, _ = strconv.ParseInt(found[1], 10, 64)
				return
			}
			length.Read(n)
		},
	}
}
