package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Listed are the values that a column may have.
type Listed struct {
	Column string
	Values []expr.Value
}

// In claims that the values of each column are among those listed.
type In struct {
	Of     []Listed
	Bounds []quality.Bound // on the share of a column's values; all of them if there is none
}

func (l Listed) claim(of expr.Expr) claim {
	values, texts := make([]any, len(l.Values)), make([]string, len(l.Values))
	for i, v := range l.Values {
		if values[i], texts[i] = v, v.String(); v.IsNull() {
			return claim{err: fmt.Errorf("%s: NULL is no value: complete claims how many there may be", l.Column)}
		}
	}
	if len(values) == 0 {
		return claim{err: fmt.Errorf("%s: no value is listed, so that every one would fail", l.Column)}
	}
	return claim{text: "in (" + strings.Join(texts, ", ") + ")", holds: of.In(values...)}
}

func (c In) claims() claims {
	return valuesOf("in", c.Of, func(l Listed) (string, claim) { return l.Column, l.claim(expr.Col(l.Column)) }, c.Bounds)
}

// Describe says which values are claimed to be the only ones.
func (c In) Describe() quality.Description { return c.claims().describe() }

// Validate reports what is wrong without looking at data.
func (c In) Validate() error { return c.claims().validate() }

// Requests counts the values that are listed, and the NULLs.
func (c In) Requests(s quality.Scope) ([]quality.Request, error) { return c.claims().requests(s) }

// Judge holds the share of each column's values against the bounds.
func (c In) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims().judge(s, m)
}
