package checks

import (
	"fmt"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// QuantileChange claims that the q-quantile of a column's populated values is what it is
// of others, give or take so much. It is the least value that a share of at least q of
// them does not exceed. A quantile of 0 is one to compare with.
type QuantileChange struct {
	Column   string
	Q        quality.Limit   // a Number or a share in (0, 1], of 6 decimals at most
	Baseline Baseline        // Least is of values, here and there
	Bounds   []quality.Bound // ChangeBy; at least one
}

// maxQuantileDenominator keeps ranks within INT64, of as many rows as a table has.
const maxQuantileDenominator = 1_000_000

// q is what the values are told apart by.
func (c QuantileChange) q() (*big.Rat, error) {
	q, ok := c.Q.Value().(*big.Rat)
	if !ok || q.Sign() <= 0 || q.Cmp(big.NewRat(1, 1)) > 0 || q.Denom().Cmp(big.NewInt(maxQuantileDenominator)) > 0 {
		return nil, fmt.Errorf("q is %s: it lies above 0 and up to 1, with 6 decimals at most", c.Q)
	}
	return q, nil
}

// Validate reports what is wrong without looking at data.
func (c QuantileChange) Validate() error {
	if c.Column == "" {
		return fmt.Errorf("it names no column")
	}
	if _, err := c.q(); err != nil {
		return err
	}
	for _, b := range c.Bounds {
		if b.InPoints() {
			return fmt.Errorf("%s is of a share, and a quantile is none: write a percentage", b.Human())
		}
	}
	if err := quality.CheckChanges(c.Bounds); err != nil {
		return err
	}
	return c.Baseline.validate([]string{c.Column})
}

// In refuses a judged period that is not told, or is in its own baseline.
func (c QuantileChange) In(s quality.Suite, _ quality.Rule) (quality.Check, error) {
	return c, c.Baseline.fits(s)
}

// Describe names the quantile and the baseline.
func (c QuantileChange) Describe() quality.Description {
	return quality.Description{
		Kind: "quantile change", Columns: []string{c.Column},
		Claim: fmt.Sprintf("%s against %s: %s", c, c.Baseline, quality.Claim(c.Bounds)),
	}
}

// String is the quantile in words.
func (c QuantileChange) String() string { return fmt.Sprintf("%s-quantile of %s", c.Q, c.Column) }

// Others is the other table that is the baseline, if one is.
func (c QuantileChange) Others() []quality.Other { return c.Baseline.others([]string{c.Column}) }

// quantiles are how the two values are measured: how many there are here and there, and
// the least that is of the rank.
type quantiles struct {
	stretches
	judges, holds, of quality.Request
}

func (c QuantileChange) asked(s quality.Scope) (out quantiles, err error) {
	q, err := c.q()
	if err != nil {
		return out, err
	}
	if s.Redacted(c.Column) {
		return out, fmt.Errorf("%s is redacted, and a quantile is one of its values, which would be printed", c.Column)
	}
	if out.stretches, err = c.Baseline.in(s, []string{c.Column}); err != nil {
		return out, err
	}
	for _, t := range []stretch{out.judged, out.whole} {
		switch f, err := t.schema.Field(c.Column); {
		case err != nil:
			return out, err
		case !f.Type.IsNumber() && f.Type != expr.Null:
			return out, fmt.Errorf("%s is %s, of which there is no quantile that changes by a share", f.Name, f.Type)
		}
	}
	out.judges, out.holds = out.judged.of(populated{column: c.Column}), out.whole.of(populated{column: c.Column})
	least := func(soFar, total string) quality.Term {
		reached := tallied(soFar).Times(q.Denom().Int64()).Ge(tallied(total).Times(q.Num().Int64()))
		return quality.MinOf(expr.If(reached.And(tallied(total).Gt(0)), expr.Col(ranked), nil))
	}
	out.of = quality.Request{Of: out.ranked(s, c.Column), By: s.By, Metric: plain{least(ourSoFar, ourTotal), least(theirSoFar, theirTotal)}}
	return out, nil
}

// plain are terms that are read as they are.
type plain []quality.Term

func (t plain) Terms() []quality.Term { return t }

func (t plain) Read(_ int64, values []expr.Value) (any, error) { return values, nil }

// Requests counts the values, and finds the two.
func (c QuantileChange) Requests(s quality.Scope) ([]quality.Request, error) {
	a, err := c.asked(s)
	if err != nil {
		return nil, err
	}
	return []quality.Request{s.Population(), a.judges, a.holds, a.of}, nil
}

// Judge holds the quantile of each segment against that of the baseline.
func (c QuantileChange) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	a, err := c.asked(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	return quality.EachSegment(m, a.judges, func(seg quality.Segment, here read) quality.Finding {
		f, err := c.judge(m, a, seg, here)
		if err != nil {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
		}
		return f
	})
}

func (c QuantileChange) judge(m quality.Measured, a quantiles, seg quality.Segment, here read) (quality.Finding, error) {
	there, err := quality.Get[read](m, a.holds, seg)
	if err != nil {
		return quality.Finding{}, err
	}
	sides := []struct {
		values int64
		rows   stretch
	}{{here.values, a.judged}, {there.values, a.whole}}
	for _, side := range sides {
		if side.values == 0 || side.values < c.Baseline.least() {
			reason := fmt.Sprintf("nothing to judge: %s, and least is %s",
				side.rows.told(c.Column+" has "+quality.Plural(side.values, "value", "values")), quality.Grouped(max(c.Baseline.least(), 1)))
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: reason, Bounds: c.Bounds}, nil
		}
	}
	values, err := quality.Get[[]expr.Value](m, a.of, seg)
	if err != nil {
		return quality.Finding{}, err
	}
	now, ok1 := quality.ObservedValue(values[0])
	then, ok2 := quality.ObservedValue(values[1])
	if !ok1 || !ok2 {
		return quality.Finding{}, fmt.Errorf("nothing to judge: there is no %s: the segment is NULL, or the table changed while it was read", c)
	}
	text := fmt.Sprintf("%s: %s, against %s", c, a.judged.told(now.String()), a.whole.told(then.String()))
	return here.told(holdAgainst(seg, now, then, c.Bounds, text)), nil
}

// holdAgainst is quality.HoldAgainst, with a 0 of which each percentage is 0.
func holdAgainst(seg quality.Segment, now, then *quality.Observed, bounds []quality.Bound, text string) quality.Finding {
	if then.Value.Sign() != 0 {
		return quality.HoldAgainst(seg, now, then, bounds, text)
	}
	f := quality.HoldAgainst(seg, now, then, nil, text)
	f.Bounds = bounds
	if now.Value.Sign() != 0 {
		f.Verdict = quality.Fail
		f.Reason += ", not " + quality.Claim(bounds)
	}
	return f
}
