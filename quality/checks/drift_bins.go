package checks

import (
	"fmt"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// binned is how the values of each bin are counted: by predicates of the rows where the
// edges are known, else of a relation that has the judged values and the baseline's
// beside each other, with how many of the latter are less.
type binned struct {
	stretches
	judges, holds quality.Request
	quantiles     quality.Request // without a metric there are none
	bins          int
}

// distributions are those of the two sides.
type distributions struct{ judged, baseline distribution }

type distribution struct {
	read
	bins []int64
}

func (c Drift) binned(s quality.Scope) (binned, error) {
	out := binned{bins: c.bins()}
	var err error
	if out.stretches, err = c.Baseline.in(s, []string{c.Column}); err != nil {
		return out, err
	}
	ask := func(t stretch) quality.Request {
		terms, failed := c.declared(t.schema)
		if failed != nil && err == nil {
			err = failed
		}
		return t.of(populated{c.Column, terms})
	}
	out.judges, out.holds = ask(out.judged), ask(out.whole)
	if len(c.Edges) == 0 {
		out.quantiles = c.byQuantiles(s, out.stretches)
	}
	return out, err
}

// declared counts the values of each bin between edges.
func (c Drift) declared(schema expr.Schema) ([]quality.Term, error) {
	var out []quality.Term
	x := value(c.Column, schema)
	var after expr.Expr
	for i := 0; i <= len(c.Edges) && len(c.Edges) > 0; i++ {
		in := after
		if i < len(c.Edges) {
			edge, err := literal(quality.Number(c.Edges[i]), c.Column, schema)
			if err != nil {
				return nil, fmt.Errorf("edges: %w", err)
			}
			in, after = expr.AllOf(after, x.Le(edge)), x.Gt(edge)
		}
		out = append(out, quality.CountWhere(in))
	}
	return out, nil
}

// rows are those of a stretch that the rule's filter takes.
func (t stretch) rows(s quality.Scope) quality.Relation {
	switch {
	case !t.ask.Of.IsZero():
		return t.ask.Of
	case t.ask.Rows.IsZero():
		return s.Judged()
	}
	return s.Relation.Filter(t.ask.Rows).Filter(s.Where)
}

// byQuantiles counts the values by the quantiles of the baseline's: the edge of a bin i
// of k is the least value that a share of at least i/k of them does not exceed. So a
// value is in the bin that is one more than k times the share that is less than it,
// without its fraction.
func (c Drift) byQuantiles(s quality.Scope, t stretches) quality.Request {
	bins := int64(c.bins())
	less := tallied(theirSoFar).Minus(tallied(theirRows))
	bin := expr.Least(less.Times(bins).Div(tallied(theirTotal)).Plus(1), bins)
	var counted sums
	for i := range bins {
		in := bin.Eq(i + 1)
		counted = append(counted, summed(ourRows, in), summed(theirRows, in))
	}
	return quality.Request{Of: t.ranked(s, c.Column), By: s.By, Metric: counted}
}

// sums are sums of whole numbers, in their order.
type sums []quality.Term

func (t sums) Terms() []quality.Term { return t }

// Read makes an INT64 of each.
func (t sums) Read(_ int64, values []expr.Value) (any, error) {
	out := make([]int64, len(values))
	for i, v := range values {
		sum, ok := v.Go().(*big.Rat)
		switch {
		case v.IsNull():
		case !ok || !sum.IsInt() || !sum.Num().IsInt64():
			return nil, fmt.Errorf("%s was measured as %s, which is no count", t[i].Key(), v.SQL())
		default:
			out[i] = sum.Num().Int64()
		}
	}
	return out, nil
}

func (b binned) requests() []quality.Request {
	out := []quality.Request{b.judges, b.holds}
	if b.quantiles.Metric != nil {
		out = append(out, b.quantiles)
	}
	return out
}

// get reads the two distributions of a segment.
func (b binned) get(m quality.Measured, seg quality.Segment) (distributions, error) {
	var out distributions
	var err error
	if out.judged.read, err = quality.Get[read](m, b.judges, seg); err != nil {
		return out, err
	}
	if out.baseline.read, err = quality.Get[read](m, b.holds, seg); err != nil {
		return out, err
	}
	if b.quantiles.Metric == nil {
		out.judged.bins, out.baseline.bins = integers(out.judged.terms), integers(out.baseline.terms)
	} else {
		counted, err := quality.Get[[]int64](m, b.quantiles, seg)
		if err != nil {
			return out, err
		}
		for i := range b.bins {
			out.judged.bins, out.baseline.bins = append(out.judged.bins, counted[2*i]), append(out.baseline.bins, counted[2*i+1])
		}
	}
	for _, d := range []distribution{out.judged, out.baseline} {
		if n := int64(total(d.bins)); n != d.values && out.baseline.values > 0 {
			return out, fmt.Errorf("of %s, %s are in a bin: the segment is NULL, or the table changed while it was read", quality.Plural(d.values, "value", "values"), quality.Grouped(n))
		}
	}
	return out, nil
}

func integers(values []expr.Value) []int64 {
	out := make([]int64, len(values))
	for i, v := range values {
		out[i], _ = v.Go().(int64)
	}
	return out
}

// most is the bin whose share changed most.
func (d distributions) most() string {
	at, widest := 0, new(big.Rat)
	for i, n := range d.judged.bins {
		by := new(big.Rat).Sub(big.NewRat(n, d.judged.values), big.NewRat(d.baseline.bins[i], d.baseline.values))
		if by.Abs(by).Cmp(widest) > 0 {
			at, widest = i, by
		}
	}
	return fmt.Sprintf("%d of %d, %s against %s", at+1, len(d.judged.bins),
		quality.Share(d.judged.bins[at], d.judged.values), quality.Share(d.baseline.bins[at], d.baseline.values))
}
