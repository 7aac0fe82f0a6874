package checks

import (
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Range claims that the values of each column lie between its ends. NaN lies nowhere,
// an infinity only where the range is open.
type Range struct {
	Of     []Ends
	Bounds []quality.Bound // on the share of a column's values; all of them if there is none
}

func (c Range) claims() claims {
	return valuesOf("range", c.Of, func(e Ends) (string, claim) { return e.Column, e.claim(expr.Col(e.Column)) }, c.Bounds)
}

// Describe says between which ends the values are claimed to lie.
func (c Range) Describe() quality.Description { return c.claims().describe() }

// Validate reports what is wrong without looking at data.
func (c Range) Validate() error { return c.claims().validate() }

// Requests counts the values between the ends, and the NULLs.
func (c Range) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims().requests(s) }

// Judge holds the share of each column's values against the bounds.
func (c Range) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims().judge(s, m)
}
