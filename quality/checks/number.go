package checks

import (
	"cmp"
	"fmt"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Statistic is a number over the populated values of a column: NULLs, NaN and
// infinities are left out, and told.
type Statistic string

// The statistics. That of a sample is StdDev; Spread is the greatest value minus the
// least.
const (
	Sum    Statistic = "sum"
	Mean   Statistic = "mean"
	StdDev Statistic = "stddev"
	Min    Statistic = "min"
	Max    Statistic = "max"
	Spread Statistic = "spread"
)

// statistic is how a Statistic comes of terms.
type statistic struct {
	terms func(of expr.Expr, t expr.Type) []quality.Term
	// read makes it of at least one value; false where it is not defined.
	read  func(values int64, terms []expr.Value) (*quality.Observed, bool)
	times bool // it is of DATE, TIMESTAMP and DATETIME, too
	size  bool // it is not below 0
}

var statistics = map[Statistic]statistic{
	Sum:    {terms: each(quality.SumOf), read: first},
	StdDev: {terms: each(quality.StdDevOf), read: first, size: true},
	Min:    {terms: each(quality.MinOf), read: first, times: true},
	Max:    {terms: each(quality.MaxOf), read: first, times: true},
	// A mean of what is added exactly is not rounded.
	Mean: {terms: func(of expr.Expr, t expr.Type) []quality.Term {
		if t.IsNumber() && t != expr.Float64 {
			return []quality.Term{quality.SumOf(of)}
		}
		return []quality.Term{quality.MeanOf(of)}
	}, read: func(values int64, terms []expr.Value) (*quality.Observed, bool) {
		if sum, ok := terms[0].Go().(*big.Rat); ok {
			return quality.ObservedNumber(sum.Quo(sum, big.NewRat(values, 1))), true
		}
		return first(values, terms)
	}},
	Spread: {terms: each(quality.MinOf, quality.MaxOf), read: func(_ int64, terms []expr.Value) (*quality.Observed, bool) {
		low, ok1 := quality.ObservedValue(terms[0])
		high, ok2 := quality.ObservedValue(terms[1])
		if !ok1 || !ok2 {
			return nil, false
		}
		return quality.ObservedNumber(new(big.Rat).Sub(high.Value, low.Value)), true
	}, size: true},
}

func each(of ...func(expr.Expr) quality.Term) func(expr.Expr, expr.Type) []quality.Term {
	return func(x expr.Expr, _ expr.Type) []quality.Term {
		out := make([]quality.Term, len(of))
		for i, term := range of {
			out[i] = term(x)
		}
		return out
	}
}

func first(_ int64, terms []expr.Value) (*quality.Observed, bool) {
	return quality.ObservedValue(terms[0])
}

// Number claims that a statistic of a column lies within bounds.
type Number struct {
	Of     Statistic
	Column string
	// Bounds are of Number limits, for Min and Max of a DATE of Day limits, of a TIMESTAMP or
	// DATETIME of those; at least one.
	Bounds []quality.Bound
}

// Validate reports what is wrong without looking at data.
func (c Number) Validate() error {
	switch {
	case statistics[c.Of].terms == nil:
		return fmt.Errorf("there is no statistic %q", c.Of)
	case c.Column == "":
		return fmt.Errorf("it names no column")
	}
	if err := quality.CheckNumbers(c.Bounds); err != nil || !statistics[c.Of].size {
		return err
	}
	return c.checkSize()
}

// checkSize refuses bounds that every number from 0 on meets, or none does.
func (c Number) checkSize() error {
	least := *quality.ObservedNumber(new(big.Rat))
	for _, b := range c.Bounds {
		ends := b.Ends()
		last := ends[len(ends)-1]
		switch held := last.Holds(least); {
		case held && last.Demands():
			return fmt.Errorf("%s holds for every table: no %s is below 0", b.Human(), c.Of)
		case !held && !last.Demands():
			return fmt.Errorf("%s holds for no table: no %s is below 0", b.Human(), c.Of)
		}
	}
	return nil
}

// Describe says what the number is claimed to be.
func (c Number) Describe() quality.Description {
	return quality.Description{
		Kind: string(c.Of), Columns: []string{c.Column}, Claim: fmt.Sprintf("%s of %s %s", c.Of, c.Column, quality.Claim(c.Bounds)),
	}
}

// Requests measures the statistic, with how many values it is over.
func (c Number) Requests(s quality.Scope) ([]quality.Request, error) {
	f, err := s.Schema.Field(c.Column)
	if err != nil {
		return nil, err
	}
	if err := c.Of.shown(s, f.Name); err != nil {
		return nil, err
	}
	switch {
	case f.Type == expr.Null:
	case !c.Of.fits(f.Type):
		return nil, fmt.Errorf("%s is %s, of which there is no %s", f.Name, f.Type, c.Of)
	case !c.Bounds[0].Limit().OfType(f.Type):
		return nil, fmt.Errorf("%s is %s, and cannot be %s: write %s", f.Name, f.Type, quality.Claim(c.Bounds), wanted(f.Type))
	}
	return []quality.Request{c.populated(s).request()}, nil
}

func (c Number) populated(s quality.Scope) populated { return c.Of.over(c.Column, s.Schema) }

// over is the statistic of a column's populated values.
func (of Statistic) over(column string, s expr.Schema) populated {
	f, _ := s.Field(column) // one that is not there is refused before
	return populated{column, statistics[of].terms(value(column, s), f.Type)}
}

// shown refuses what would print a value that is redacted.
func (of Statistic) shown(s quality.Scope, column string) error {
	if s.Redacted(column) && (of == Min || of == Max) {
		return fmt.Errorf("%s is redacted, and its %s is one of its values, which would be printed", column, of)
	}
	return nil
}

func (of Statistic) fits(t expr.Type) bool {
	return t == expr.Null || t.IsNumber() || statistics[of].times && timed(t)
}

// moments are what values of types are held against that are no numbers.
var moments = map[expr.Type]string{
	expr.Date:      "a day such as 2026-01-05",
	expr.Timestamp: "a time with its zone such as 2026-01-05T06:00:00Z",
	expr.DateTime:  "a time without a zone such as 2026-01-05T06:00:00",
}

// wanted is what a value of a type is held against.
func wanted(t expr.Type) string { return cmp.Or(moments[t], "a number") }

// timed reports whether a type is one of times.
func timed(t expr.Type) bool { return moments[t] != "" }

// Judge holds the number of each segment against the bounds.
func (c Number) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	p := c.populated(s)
	return quality.EachSegment(m, p.request(), func(seg quality.Segment, r read) quality.Finding {
		if r.values == 0 {
			return r.told(p.nothing(s, seg, r, c.Bounds))
		}
		over := quality.Plural(r.values, "value", "values")
		o, ok := statistics[c.Of].read(r.values, r.terms)
		if !ok {
			reason := fmt.Sprintf("nothing to judge: the %s of %s of %s is not defined, or beyond FLOAT64", c.Of, over, c.Column)
			return r.told(quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: reason, Bounds: c.Bounds})
		}
		return r.told(s.JudgeNumber(seg, fmt.Sprintf("%s of %s of %s", c.Of, over, c.Column), o, c.Bounds))
	})
}
