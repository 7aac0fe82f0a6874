package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Implies claims that where one predicate is TRUE so is another. Rows where the first
// is FALSE satisfy; how often it was TRUE is told. A row for which neither is known
// does not satisfy, unless Rule.NullsOK sets such rows aside.
type Implies struct {
	If, Then expr.Expr
	Bounds   []quality.Bound // on the share of rows; all of them if there is none
}

func (c Implies) claims(s quality.Scope) claims {
	if c.If.IsZero() || c.Then.IsZero() {
		return ruleOf(s, "implies", claim{err: fmt.Errorf("it needs if and then")}, c.Bounds)
	}
	out := claim{
		text:   fmt.Sprintf("if %s then %s", c.If, c.Then),
		holds:  c.If.Not().Or(c.Then),
		beside: []beside{{"if_true_rows", "if is TRUE for", c.If}},
	}
	if len(out.holds.Columns()) == 0 && !out.holds.Raw() {
		out.err = fmt.Errorf("if and then are of no column, and the same for every row")
	}
	return ruleOf(s, "implies", out, c.Bounds)
}

// Describe says what implies what.
func (c Implies) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Implies) Validate() error { return c.claims(quality.Scope{}).validate() }

// Requests counts the rows that satisfy, and those where If is TRUE.
func (c Implies) Requests(s quality.Scope) ([]quality.Request, error) {
	return c.claims(s).requests(s)
}

// Judge holds the share of rows that satisfy against the bounds.
func (c Implies) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}
