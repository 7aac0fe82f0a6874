package standard

import (
	"fmt"
	"slices"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/form"
)

var complete = suitefile.Kind{
	Name: "complete",
	Doc:  `Columns are populated: a column, a list of them, all, or {usage_rate: 95%, "line_*": 99%}; in a name * is any text and ? a character, and /^line_/ is a regular expression of RE2.`,
	Claim: `A column holds a value: not NULL, for FLOAT64 not NaN or infinite, and none that is declared missing. Of several columns all do in a row, or with mode: any one of them; with mode: each, and where they are found by all, by patterns or with a share of their own, each column is judged by itself. ` +
		`A name counts before a pattern, and of several patterns the last; one that no column is called like is a mistake. A column of NULL alone is populated in 0 rows, which fails.`,
	Formula: "populated rows / rows",
	Example: `
- complete: usage_rate
  where: minutes_played > 0
  at_least: 95%
- complete: all
  except: [injury_note, "referee_*"]
- complete: {points: 100%, usage_rate: 95%}`,
	New: func() suitefile.Draft {
		var c checks.Complete
		var each checks.CompleteEach
		var mode string
		return suitefile.Draft{
			Value: floors(&each.Of),
			Keys: append(suitefile.ShareBounds(&c.Bounds),
				form.Key{Name: "mode", Doc: "Of several columns, all or any must be populated, or each is judged by itself. Defaults to all, and to each where columns are found or have shares of their own.", Form: form.Choice(&mode, "all", "any", "each")},
				form.Key{Name: "except", Doc: "Columns, by name or pattern, that it is not about.", Form: form.Texts(&each.Except)},
				form.Key{Name: "missing", Doc: `Further values that mean "no value", such as -999 or "".`, Form: suitefile.Values(&c.Missing)},
			),
			Check: func() quality.Check {
				found := len(each.Except) > 0 || slices.ContainsFunc(each.Of, func(f checks.Floor) bool {
					return len(f.Bounds) > 0 || checks.IsPattern(f.Columns)
				})
				switch {
				case mode == "each", mode == "" && found:
					each.Missing, each.Bounds = c.Missing, c.Bounds
					return each
				case found:
					return rowwise{c, mode}
				}
				c.Any = mode == "any"
				for _, f := range each.Of {
					c.Columns = append(c.Columns, f.Columns)
				}
				return c
			},
		}
	},
}

// rowwise is a claim about the columns of a row together that does not name them.
type rowwise struct {
	checks.Complete
	mode string
}

// Validate says so.
func (c rowwise) Validate() error {
	return fmt.Errorf("mode: %s is of columns by name: patterns, except and shares of their own are for mode: each", c.mode)
}

// floors is columns, or a share for each of them; all stands for every column.
func floors(into *[]checks.Floor) form.Form {
	var names []string
	listed := form.Texts(&names)
	shares := form.Dict(func(columns string) form.Form {
		var least quality.Limit
		f := suitefile.Share(&least)
		return form.Form{Schema: f.Schema, Read: func(n form.Node) {
			f.Read(n)
			*into = append(*into, checks.Floor{Columns: columns, Bounds: []quality.Bound{quality.AtLeast(least)}})
		}}
	})
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{listed.Schema(), shares.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				shares.Read(n)
				return
			}
			listed.Read(n)
			for _, name := range names {
				if name == "all" && len(names) == 1 {
					name = "*"
				}
				*into = append(*into, checks.Floor{Columns: name})
			}
		},
	}
}
