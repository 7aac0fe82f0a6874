package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Length claims that the texts of each column have so many characters; the empty text
// has none.
type Length struct {
	Of     []Ends
	Bounds []quality.Bound // on the share of a column's texts; all of them if there is none
}

func (c Length) claims() claims {
	return valuesOf("length", c.Of, func(e Ends) (string, claim) {
		out := e.claim(expr.Col(e.Column).CharLength())
		out.text += " characters"
		for _, end := range []expr.Value{e.Low, e.High} {
			if n, ok := end.Go().(int64); !end.IsNull() && (!ok || n < 0) {
				out.err = fmt.Errorf("%s: %s is no number of characters", e.Column, end.SQL())
			}
		}
		if out.err == nil && e.High.IsNull() && e.Low.Go() == int64(0) {
			out.err = fmt.Errorf("%s: every text has 0 characters or more", e.Column)
		}
		return e.Column, out
	}, c.Bounds)
}

// Describe says how long the texts are claimed to be.
func (c Length) Describe() quality.Description { return c.claims().describe() }

// Validate reports what is wrong without looking at data.
func (c Length) Validate() error { return c.claims().validate() }

// Requests counts the texts of such a length, and the NULLs.
func (c Length) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims().requests(s) }

// Judge holds the share of each column's texts against the bounds.
func (c Length) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims().judge(s, m)
}
