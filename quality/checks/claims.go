package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// claims are what a kind says of rows, each by a predicate: the part that all such
// kinds have in common.
type claims struct {
	kind    string
	columns []string // that it is about
	of      []claim
	bounds  []quality.Bound // on the share of each, but for those that have their own
}

// claim is a predicate that is TRUE where one thing holds.
type claim struct {
	told   quality.Told
	text   string // total at least 100
	holds  expr.Expr
	of     quality.Relation // whose rows are asked; zero is those of the table
	bounds []quality.Bound
	beside []beside
	finite string // the column of which what is not populated is set aside
	err    error  // what is wrong with the claim
}

// beside is a further predicate, of which reports tell how often it is TRUE.
type beside struct {
	name, text string
	of         expr.Expr
}

// valuesOf are claims about the values of columns, of which NULL is none.
func valuesOf[T any](kind string, of []T, each func(T) (column string, c claim), bounds []quality.Bound) claims {
	out := claims{kind: kind, bounds: quality.OrAll(bounds)}
	for _, x := range of {
		column, c := each(x)
		c.told, c.text = quality.ValuesOf(column), column+" "+c.text
		out.columns, out.of = append(out.columns, column), append(out.of, c)
	}
	return out
}

// ruleOf is one claim about rows, by a predicate that must not be NULL either, unless
// null: ok sets such rows aside.
func ruleOf(s quality.Scope, kind string, c claim, bounds []quality.Bound) claims {
	if c.told.One == "" {
		c.told.One, c.told.Many = "row", "rows"
	}
	c.told.NullsFail = !s.NullsOK
	return claims{kind: kind, columns: c.holds.Columns(), of: []claim{c}, bounds: quality.OrAll(bounds)}
}

func (c claims) validate() error {
	if len(c.of) == 0 {
		return fmt.Errorf("it names no column")
	}
	for _, one := range c.of {
		if one.err != nil {
			return one.err
		}
		if err := one.holds.Mistake(); err != nil {
			return err
		}
	}
	if err := expr.CheckDistinct(c.columns); err != nil {
		return err
	}
	return quality.CheckShares(c.bounds)
}

func (c claims) describe() quality.Description {
	texts := make([]string, len(c.of))
	for i, one := range c.of {
		texts[i] = one.text
	}
	return quality.Description{Kind: c.kind, Columns: c.columns, Claim: strings.TrimSpace(strings.Join(texts, ", ") + " " + quality.Claim(c.bounds))}
}

func (c claim) request() quality.Request {
	return quality.Request{Of: c.of, Metric: quality.Tally{Of: c.holds}}
}

// unpopulated asks for what of a column is set aside.
func (c claim) unpopulated() quality.Request { return populated{column: c.finite}.request() }

func (b beside) request() quality.Request { return quality.Request{Metric: quality.Tally{Of: b.of}} }

// requests begins with the table's rows, which are judged whatever is made of them.
func (c claims) requests(s quality.Scope) ([]quality.Request, error) {
	out := []quality.Request{s.Population()}
	for _, one := range c.of {
		out = append(out, one.request())
		if one.finite != "" {
			out = append(out, one.unpopulated())
		}
		for _, b := range one.beside {
			out = append(out, b.request())
		}
	}
	return out, nil
}

func (c claims) judge(s quality.Scope, m quality.Measured) []quality.Finding {
	var out []quality.Finding
	for _, one := range c.of {
		if one.bounds == nil {
			one.bounds = c.bounds
		}
		out = append(out, quality.EachSegment(m, one.request(), func(seg quality.Segment, n quality.Counts) quality.Finding {
			f, err := one.judge(s, m, seg, n)
			if err != nil {
				return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
			}
			return f
		})...)
	}
	return out
}

func (c claim) judge(s quality.Scope, m quality.Measured, seg quality.Segment, n quality.Counts) (quality.Finding, error) {
	f := s.JudgeTally(seg, c.told, n, c.bounds)
	if c.finite != "" {
		r, err := quality.Get[read](m, c.unpopulated(), seg)
		if err != nil {
			return f, err
		}
		if f = s.JudgeTally(seg, c.told, quality.Counts{True: n.True, False: n.False}, c.bounds); r.values == 0 {
			f = populated{column: c.finite}.nothing(s, seg, r, c.bounds)
		}
		f.Details = nil
		f = r.told(f)
	}
	for _, b := range c.beside {
		told, err := quality.Get[quality.Counts](m, b.request(), seg)
		if err != nil {
			return f, err
		}
		f.Details = append(f.Details, quality.CountDetail(b.name, told.True))
		f.Reason += fmt.Sprintf("; %s %s", b.text, quality.Plural(told.True, "row", "rows"))
	}
	return f, nil
}
