package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Matching is a regular expression of RE2 that is found in the texts of a column: the
// whole of a text matches only between ^ and $.
type Matching struct{ Column, Pattern string }

// Pattern claims that regular expressions are found in the texts of columns.
type Pattern struct {
	Of     []Matching
	Bounds []quality.Bound // on the share of a column's texts; all of them if there is none
}

func (c Pattern) claims() claims {
	return valuesOf("pattern", c.Of, func(x Matching) (string, claim) {
		out := claim{text: "matches " + x.Pattern, holds: expr.Col(x.Column).RegexpContains(x.Pattern)}
		if x.Pattern == "" {
			out.err = fmt.Errorf("%s: an empty pattern is found in every text", x.Column)
		}
		return x.Column, out
	}, c.Bounds)
}

// Describe says what the texts are claimed to match.
func (c Pattern) Describe() quality.Description { return c.claims().describe() }

// Validate reports what is wrong without looking at data.
func (c Pattern) Validate() error { return c.claims().validate() }

// Requests counts the texts that match, and the NULLs.
func (c Pattern) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims().requests(s) }

// Judge holds the share of each column's texts against the bounds.
func (c Pattern) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims().judge(s, m)
}
