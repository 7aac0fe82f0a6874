package checks

import (
	"fmt"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Quantile claims that the q-quantile of a column's populated values lies within
// bounds. It is the least value that a share of at least q of them does not exceed, so
// the bounds are shares of values, and exact; of itself the values nearest to them tell: it is at most 50 if a share of at least q
// is at most 50, and at least 10 if less than q is below 10.
type Quantile struct {
	Column string
	Q      quality.Limit   // a Number or a share in (0, 1]
	Bounds []quality.Bound // of Number or Day limits; at least one
}

// quantileBounds say what a bound claims of the values on its near side: the bound of
// the quantile holds where their share, of those that are so, holds against q.
var quantileBounds = map[quality.BoundOp]struct {
	near  func(x expr.Expr, limit any) expr.Expr
	holds func(q quality.Limit) quality.Bound
	words string
}{
	"at_most":   {expr.Expr.Le, quality.AtLeast, "up to"},
	"less_than": {expr.Expr.Lt, quality.AtLeast, "below"},
	"at_least":  {expr.Expr.Lt, quality.LessThan, "below"},
	"more_than": {expr.Expr.Le, quality.LessThan, "up to"},
}

func (c Quantile) claims(s quality.Scope) claims {
	out := claims{kind: "quantile", columns: []string{c.Column}}
	q, ok := c.Q.Value().(*big.Rat)
	switch err := quality.CheckNumbers(c.Bounds); {
	case c.Column == "":
		return out
	case !ok || q.Sign() <= 0 || q.Cmp(big.NewRat(1, 1)) > 0 || !q.Denom().IsInt64():
		out.of = []claim{{err: fmt.Errorf("q is %s: it lies above 0 and up to 1, with 18 decimals at most", c.Q)}}
		return out
	case err != nil:
		out.of = []claim{{err: err}}
		return out
	}
	x := value(c.Column, s.Schema)
	for _, b := range c.Bounds {
		for _, end := range b.Ends() {
			near := quantileBounds[end.Op()]
			told := quality.ValuesOf(c.Column)
			told.Being = near.words + " " + end.Limit().String()
			limit, err := literal(end.Limit(), c.Column, s.Schema)
			share, holds := quality.Ratio(q.Num().Int64(), q.Denom().Int64()), near.near(x, limit)
			out.of = append(out.of, claim{
				told: told, finite: c.Column, text: fmt.Sprintf("%s-quantile of %s %s", c.Q, c.Column, end.Human()),
				holds: holds, bounds: []quality.Bound{near.holds(share)}, err: err,
				terms: []quality.Term{quality.MaxOf(expr.If(holds, x, nil)), quality.MinOf(expr.If(holds, nil, x))},
				tell: func(s quality.Scope, n quality.Counts, nearest []expr.Value) string {
					return c.told(s, share, n, nearest)
				},
			})
		}
	}
	return out
}

// told says between which of the values nearest to a bound the quantile lies.
func (c Quantile) told(s quality.Scope, q quality.Limit, n quality.Counts, nearest []expr.Value) string {
	side, value := "at least", nearest[1]
	if quality.AtLeast(q).Holds(*quality.ObservedShare(n.True, n.True+n.False)) {
		side, value = "at most", nearest[0]
	}
	if s.Redacted(c.Column) {
		return ""
	}
	return fmt.Sprintf("; the %s-quantile is %s %s", c.Q, side, value)
}

// literal is a limit as a value beside a column.
func literal(l quality.Limit, column string, s expr.Schema) (any, error) {
	r, ok := l.Value().(*big.Rat)
	if !ok {
		return l.Value(), nil
	}
	if f, _ := s.Field(column); f.Type == expr.Float64 {
		nearest, _ := r.Float64()
		return nearest, nil
	}
	if r.IsInt() && r.Num().IsInt64() {
		return r.Num().Int64(), nil
	}
	places, _ := r.FloatPrec()
	return expr.ParseValue(expr.BigNumeric, r.FloatString(places))
}

// Describe says where the quantile is claimed to lie.
func (c Quantile) Describe() quality.Description { return c.claims(quality.Scope{}).describe() }

// Validate reports what is wrong without looking at data.
func (c Quantile) Validate() error { return c.claims(quality.Scope{}).validate() }

// Requests counts the values on the near side of each bound.
func (c Quantile) Requests(s quality.Scope) ([]quality.Request, error) {
	return c.claims(s).requests(s)
}

// Judge holds the shares of the values against q.
func (c Quantile) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return c.claims(s).judge(s, m)
}

// AtFault are the values on the far side of a bound.
func (c Quantile) AtFault(s quality.Scope) ([]quality.Fault, error) { return c.claims(s).atFault() }
