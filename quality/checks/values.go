package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// values is a claim about the values of columns, each by a predicate that says NULL
// of NULL: the part that all such kinds have in common.
type values struct {
	kind   string
	of     []value
	bounds []quality.Bound
}

// value is what is claimed of the values of one column.
type value struct {
	column, claim string
	holds         expr.Expr
	err           error // what is wrong with the claim
}

func valuesOf[T any](kind string, of []T, each func(T) value, bounds []quality.Bound) values {
	out := values{kind: kind, bounds: quality.OrAll(bounds)}
	for _, x := range of {
		out.of = append(out.of, each(x))
	}
	return out
}

func (c values) columns() []string {
	var out []string
	for _, v := range c.of {
		out = append(out, v.column)
	}
	return out
}

func (c values) validate() error {
	if len(c.of) == 0 {
		return fmt.Errorf("it names no column")
	}
	for _, v := range c.of {
		if v.err != nil {
			return v.err
		}
	}
	if err := expr.CheckDistinct(c.columns()); err != nil {
		return err
	}
	return quality.CheckShares(c.bounds)
}

func (c values) describe() quality.Description {
	claims := make([]string, len(c.of))
	for i, v := range c.of {
		claims[i] = v.column + " " + v.claim
	}
	return quality.Description{Kind: c.kind, Columns: c.columns(), Claim: strings.Join(claims, ", ") + " " + quality.Claim(c.bounds)}
}

func (v value) request() quality.Request {
	return quality.Request{Metric: quality.Tally{Of: v.holds}}
}

func (c values) requests() ([]quality.Request, error) {
	out := make([]quality.Request, len(c.of))
	for i, v := range c.of {
		out[i] = v.request()
	}
	return out, nil
}

// atFault are the values for which the predicate is FALSE, or of a bound on how many may
// hold those for which it is TRUE.
func (c values) atFault() ([]quality.Fault, error) {
	var out []quality.Fault
	for _, v := range c.of {
		out = append(out, quality.FaultsOf(v.column, v.holds, v.holds.Not(), c.bounds, v.column)...)
	}
	return out, nil
}

func (c values) judge(s quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for _, v := range c.of {
		out = append(out, quality.EachSegment(m, v.request(), func(seg quality.Segment, n quality.Counts) quality.Finding {
			return s.JudgeValues(seg, v.column, n, c.bounds)
		})...)
	}
	return out
}
