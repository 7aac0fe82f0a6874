package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Assert claims that a predicate is TRUE. A row that it is NULL for does not satisfy,
// unless Rule.NullsOK sets such rows aside.
type Assert struct {
	Of     expr.Expr
	Bounds []quality.Bound // on the share of rows; all of them if there is none
}

func (c Assert) claims(s quality.Scope) claims {
	out := claim{text: c.Of.String(), holds: c.Of}
	switch {
	case c.Of.IsZero():
		out.err = fmt.Errorf("it asserts nothing")
	case len(c.Of.Columns()) == 0 && !c.Of.Raw():
		out.err = fmt.Errorf("%s is of no column, and the same for every row", c.Of)
	}
	return ruleOf(s, "assert", out, c.Bounds)
}

// Describe says what is asserted.
func (c Assert) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Assert) Validate() error { return c.claims(quality.Scope{}).validate() }

// Requests counts the rows that satisfy.
func (c Assert) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims(s).requests(s) }

// Judge holds the share of rows that satisfy against the bounds.
func (c Assert) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}
