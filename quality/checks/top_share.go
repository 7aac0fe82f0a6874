package checks

import (
	"fmt"
	"math"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// TopShare claims that no value of a column is too large a share of its populated
// values. The value that is most often there is named, of several the smallest.
type TopShare struct {
	Column string
	Bounds []quality.Bound // on the share, at_most or less_than; at least one
}

// Validate reports what is wrong without looking at data.
func (c TopShare) Validate() error {
	if c.Column == "" {
		return fmt.Errorf("it names no column")
	}
	if err := checkFew(c.Bounds); err != nil {
		return err
	}
	for _, b := range c.Bounds {
		if !b.Holds(*quality.ObservedShare(1, math.MaxInt64)) {
			return fmt.Errorf("%s holds for no table: where there are values one of them is the most frequent", b.Human())
		}
	}
	return nil
}

// Describe says how large a share is claimed to be the largest.
func (c TopShare) Describe() quality.Description {
	return quality.Description{
		Kind: "top_share", Columns: []string{c.Column}, Claim: fmt.Sprintf("each value of %s %s of its values", c.Column, quality.Claim(c.Bounds)),
	}
}

// top counts, over a row for each value and how often it is there.
func (c TopShare) top(s quality.Scope) quality.Request {
	const rows = "count()"
	each := "each " + c.Column // not the name of a segment's column
	of := s.Judged().Filter(expr.Col(c.Column).Populated()).
		Aggregate(append(s.Groups(), quality.As(each, expr.Col(c.Column))), quality.CountRows().Named(rows))
	n := expr.Col(rows)
	return quality.Request{Of: of, By: s.By, Metric: top{quality.SumOf(n), quality.MaxOf(n), quality.LargestBy(expr.Col(each), n)}}
}

// top is how many values there are, how often the most frequent one is, and which it
// is.
type top []quality.Term

func (t top) Terms() []quality.Term                        { return t }
func (top) Read(_ int64, values []expr.Value) (any, error) { return values, nil }

// Requests counts the values, and each of them.
func (c TopShare) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{populated{column: c.Column}.request(), c.top(s)}, nil
}

// Judge holds the largest share of each segment against the bounds.
func (c TopShare) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	p := populated{column: c.Column}
	return quality.EachSegment(m, p.request(), func(seg quality.Segment, r read) quality.Finding {
		if r.values == 0 {
			return r.told(p.nothing(s, seg, r, c.Bounds))
		}
		got, err := quality.Get[[]expr.Value](m, c.top(s), seg)
		if err != nil {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
		}
		all, _ := got[0].Go().(*big.Rat)
		most, _ := got[1].Go().(int64)
		if all == nil || all.Cmp(big.NewRat(r.values, 1)) != 0 {
			reason := fmt.Sprintf("the table changed while it was read: %s of %s, and each of them in %s", quality.Plural(r.values, "value", "values"), c.Column, got[0])
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: reason}
		}
		told := quality.ValuesOf(c.Column)
		told.Being = s.Shown(c.Column, got[2])
		f := s.JudgeTally(seg, told, quality.Counts{True: most, False: r.values - most}, c.Bounds)
		f.Details = nil
		return r.told(f)
	})
}
