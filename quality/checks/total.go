package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Total claims that the parts of each row add up to a number. Where all of them are
// NULL there is no total, which is told; where some are the row does not satisfy,
// unless Rule.NullsOK sets such rows aside as well.
type Total struct {
	Of        []string
	To        expr.Value
	Tolerance expr.Value      // how far off a total may be; zero is not at all
	Bounds    []quality.Bound // on the share of rows with a total; all of them if there is none
}

func (c Total) claims(s quality.Scope) claims {
	out := claim{told: quality.Told{One: "row with a total", Many: "rows with a total"}}
	if len(c.Of) < 2 {
		out.err = fmt.Errorf("a total is of two columns or more")
	}
	for _, v := range []expr.Value{c.To, c.Tolerance} {
		if !v.IsNull() && !v.Type().IsNumber() {
			out.err = fmt.Errorf("%s is no number", v.SQL())
		}
	}
	if n, ok := quality.ObservedValue(c.Tolerance); ok && n.Value != nil && n.Value.Sign() < 0 {
		out.err = fmt.Errorf("a tolerance is not below 0, and this is %s", c.Tolerance)
	}
	if c.To.IsNull() {
		out.err = fmt.Errorf("it does not say what the parts add up to")
	}
	if out.err == nil {
		out.text, out.holds = c.holds(s)
	}
	return claims{kind: "total", columns: c.Of, of: []claim{out}, bounds: quality.OrAll(c.Bounds)}
}

// holds is NULL where there is no total.
func (c Total) holds(s quality.Scope) (text string, holds expr.Expr) {
	sum, none := expr.Col(c.Of[0]), make([]expr.Expr, len(c.Of))
	for i, name := range c.Of {
		if none[i] = expr.Col(name).IsNull(); i > 0 {
			sum = sum.Plus(expr.Col(name))
		}
	}
	text = fmt.Sprintf("%s = %s", strings.Join(c.Of, " + "), c.To)
	holds = sum.Eq(c.To)
	if !c.Tolerance.IsNull() {
		text += fmt.Sprintf(" ± %s", c.Tolerance)
		holds = sum.Minus(c.To).Abs().Le(c.Tolerance)
	}
	if s.NullsOK {
		return text, expr.If(expr.AnyOf(none...), nil, holds.IsTrue())
	}
	return text, expr.If(expr.AllOf(none...), nil, holds.IsTrue())
}

// Describe says which parts are claimed to add up to what.
func (c Total) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Total) Validate() error { return c.claims(quality.Scope{}).validate() }

// Requests counts the rows whose parts add up.
func (c Total) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims(s).requests(s) }

// Judge holds the share of rows whose parts add up against the bounds.
func (c Total) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}
