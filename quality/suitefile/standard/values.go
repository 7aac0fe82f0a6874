package standard

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Kinds about the values of columns, of which NULL is none.

var rangeOf = suitefile.Kind{
	Name:    "range",
	Doc:     "Values lie between two ends, both included: {usage_rate: [0, 50]}; null is an open end.",
	Claim:   `The values of a column lie between two ends. NULLs are told beside them and are no values; NaN lies in no range, an infinity only where it is open. A column of NULL alone is unknown.`,
	Formula: "values between the ends / values that are not NULL, for each column",
	Example: `
- range: {usage_rate: [0, 50], plus_minus: [-60, 60]}
  where: minutes_played >= 5
  at_least: 99.5%`,
	New: func() suitefile.Draft {
		var c checks.Range
		return suitefile.Draft{
			Value: form.Dict(func(column string) form.Form {
				return suitefile.Ends(func(low, high expr.Value) { c.Of = append(c.Of, checks.Ends{Column: column, Low: low, High: high}) })
			}),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

var in = suitefile.Kind{
	Name:    "in",
	Doc:     "Values are among those listed: {team: [BOS, LAL]}.",
	Claim:   `The values of a column are among those listed. NULLs are told beside them and are no values; NaN equals none. A column of NULL alone is unknown.`,
	Formula: "values that are listed / values that are not NULL, for each column",
	Example: `
- in: {status: [final, postponed]}
  where: game_date < today()`,
	New: func() suitefile.Draft {
		var c checks.In
		return suitefile.Draft{
			Value: listed(&c.Of),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

// listed is values by column.
func listed(into *[]checks.Listed) form.Form {
	return form.Dict(func(column string) form.Form {
		var values []expr.Value
		f := suitefile.Values(&values)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, checks.Listed{Column: column, Values: values})
		}}
	})
}

var pattern = suitefile.Kind{
	Name:    "pattern",
	Doc:     `Texts match a regular expression of RE2: {game_id: '^\d{8}_[A-Z]{3}_[A-Z]{3}$'}; without ^ and $ it may be found anywhere.`,
	Claim:   `The regular expression, of RE2 as in REGEXP_CONTAINS, is found in the texts of a column. The empty text is one; NULLs are told beside them and are none. A column of NULL alone is unknown.`,
	Formula: "texts that match / texts that are not NULL, for each column",
	Example: `
- pattern: {game_id: '^\d{8}_[A-Z]{3}_[A-Z]{3}$'}`,
	New: func() suitefile.Draft {
		var c checks.Pattern
		return suitefile.Draft{
			Value: form.Dict(func(column string) form.Form {
				var re string
				f := form.Text(&re)
				return form.Form{Schema: f.Schema, Read: func(n form.Node) {
					f.Read(n)
					c.Of = append(c.Of, checks.Matching{Column: column, Pattern: re})
				}}
			}),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}

var length = suitefile.Kind{
	Name:    "length",
	Doc:     "Texts have so many characters, both ends included: {team: [3, 3]}; null is an open end.",
	Claim:   `The texts of a column have so many characters, as CHAR_LENGTH counts them. The empty text has 0; NULLs are told beside the texts and are none. A column of NULL alone is unknown.`,
	Formula: "texts of such a length / texts that are not NULL, for each column",
	Example: `
- length: {team: [3, 3], player_name: [1, null]}`,
	New: func() suitefile.Draft {
		var c checks.Length
		return suitefile.Draft{
			Value: form.Dict(func(column string) form.Form {
				return suitefile.Ends(func(low, high expr.Value) { c.Of = append(c.Of, checks.Ends{Column: column, Low: low, High: high}) })
			}),
			Keys:  suitefile.ShareBounds(&c.Bounds),
			Check: func() quality.Check { return c },
		}
	},
}
