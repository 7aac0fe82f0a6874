package checks

import (
	"fmt"
	"math"
	"math/big"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Drift claims that the values of a column are distributed as they were in a baseline.
// With the shares p of the judged values and q of the baseline's in each bin:
//
//	PSI = Σ (p − q) · ln(p / q)
//	JS  = √(½ Σ p · log₂(p / m) + ½ Σ q · log₂(q / m)), m = (p + q) / 2
//
// The population stability index has no value where a bin is empty on one side: such a
// bin counts there as half a value. One that is empty on both adds nothing. The
// Jensen–Shannon distance lies from 0, of equal distributions, to 1, of such that have
// no bin in common. NULLs, NaN and infinities are in no bin, and told.
type Drift struct {
	Column   string
	Baseline Baseline // Least is by default 20 values for each bin, here and there
	// Edges are those of the bins, each of which ends with an edge and begins after the
	// one before; the first and the last are open.
	Edges []*big.Rat
	// Quantiles is how many bins of about equally many values of the baseline there
	// are instead, 10 if it is zero.
	Quantiles int
	// PSI and JensenShannon are the greatest distances; at least one.
	PSI, JensenShannon quality.Limit
}

// EdgesOf are edges of bins of one width.
func EdgesOf(from, to, width *big.Rat) ([]*big.Rat, error) {
	if width.Sign() <= 0 || from.Cmp(to) >= 0 {
		return nil, fmt.Errorf("bins have a width above 0, from one end to a greater one")
	}
	var out []*big.Rat
	for at := from; at.Cmp(to) <= 0; at = new(big.Rat).Add(at, width) {
		if out = append(out, at); len(out) > maxBins {
			return nil, fmt.Errorf("there are more than %d bins", maxBins)
		}
	}
	return out, nil
}

// maxBins bounds what is counted in a statement.
const maxBins = 200

func (c Drift) bins() int {
	switch {
	case len(c.Edges) > 0:
		return len(c.Edges) + 1
	case c.Quantiles != 0:
		return c.Quantiles
	}
	return 10
}

func (c Drift) least() int64 {
	if c.Baseline.Least > 0 {
		return c.Baseline.Least
	}
	return 20 * int64(c.bins())
}

// distance is one that is judged.
type distance struct {
	name  string
	limit quality.Limit
	of    func(judged, baseline []int64) float64
}

func (c Drift) distances() []distance {
	var out []distance
	for _, d := range []distance{{"PSI", c.PSI, psi}, {"Jensen–Shannon distance", c.JensenShannon, jensenShannon}} {
		if d.limit != (quality.Limit{}) {
			out = append(out, d)
		}
	}
	return out
}

// Validate reports what is wrong without looking at data.
func (c Drift) Validate() error {
	switch n := c.bins(); {
	case c.Column == "":
		return fmt.Errorf("it names no column")
	case len(c.Edges) > 0 && c.Quantiles != 0:
		return fmt.Errorf("it has edges and quantiles, which are edges too: leave one out")
	case n < 2 || n > maxBins:
		return fmt.Errorf("it has %s: there are 2 to %d", quality.Plural(int64(n), "bin", "bins"), maxBins)
	case len(c.distances()) == 0:
		return fmt.Errorf("it has no bound: write psi or jensen_shannon")
	}
	for i, e := range c.Edges {
		if i > 0 && c.Edges[i-1].Cmp(e) >= 0 {
			return fmt.Errorf("edges: %s is not after the one before it", quality.Figure(e))
		}
	}
	for _, d := range c.distances() {
		at, ok := d.limit.Value().(*big.Rat)
		if !ok || at.Sign() <= 0 || d.name != "PSI" && at.Cmp(big.NewRat(1, 1)) >= 0 {
			return fmt.Errorf("a %s of %s is none to bound: it is above 0, and a Jensen–Shannon distance below 1", d.name, d.limit)
		}
	}
	return c.Baseline.validate([]string{c.Column})
}

// In refuses a judged period that is not told, or is in its own baseline.
func (c Drift) In(s quality.Suite, _ quality.Rule) (quality.Check, error) {
	return c, c.Baseline.fits(s)
}

// Describe names the column and the baseline.
func (c Drift) Describe() quality.Description {
	claim := fmt.Sprintf("%s is distributed as in %s:", c.Column, c.Baseline)
	for _, d := range c.distances() {
		claim += fmt.Sprintf(" %s %s", d.name, quality.AtMost(d.limit).Human())
	}
	return quality.Description{Kind: "drift", Columns: []string{c.Column}, Claim: claim}
}

// Others is the other table that is the baseline, if one is.
func (c Drift) Others() []quality.Other { return c.Baseline.others([]string{c.Column}) }

// Requests counts the values of each bin, here and there.
func (c Drift) Requests(s quality.Scope) ([]quality.Request, error) {
	b, err := c.binned(s)
	if err != nil {
		return nil, err
	}
	for _, t := range []stretch{b.judged, b.whole} {
		f, err := t.schema.Field(c.Column)
		if err != nil {
			return nil, err
		}
		if !f.Type.IsNumber() && f.Type != expr.Null {
			return nil, fmt.Errorf("%s is %s, which has no bins: drift is of numbers", f.Name, f.Type)
		}
	}
	return append([]quality.Request{s.Population()}, b.requests()...), nil
}

// Judge holds the distances in each segment against the bounds.
func (c Drift) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	b, err := c.binned(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	var out []quality.Finding
	for seg := range m.Segments() {
		d, err := b.get(m, seg)
		if err != nil {
			out = append(out, quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()})
			continue
		}
		out = append(out, c.judge(seg, b.stretches, d)...)
	}
	return out
}

func (c Drift) judge(seg quality.Segment, t stretches, d distributions) []quality.Finding {
	details := []quality.Detail{
		quality.CountDetail("null_rows", d.judged.null), quality.CountDetail("nonfinite_rows", d.judged.nonfinite),
		quality.CountDetail("baseline_null_rows", d.baseline.null), quality.CountDetail("baseline_nonfinite_rows", d.baseline.nonfinite),
	}
	for _, side := range []struct {
		values int64
		rows   stretch
	}{{d.judged.values, t.judged}, {d.baseline.values, t.whole}} {
		if side.values < c.least() {
			reason := fmt.Sprintf("nothing to judge: %s, and least is %s",
				side.rows.told(c.Column+" has "+quality.Plural(side.values, "value", "values")), quality.Grouped(c.least()))
			return []quality.Finding{{Segment: seg, Verdict: quality.Unknown, Reason: reason, Details: details}}
		}
	}
	var out []quality.Finding
	for _, by := range c.distances() {
		exact := new(big.Rat)
		if exact.SetFloat64(by.of(d.judged.bins, d.baseline.bins)) == nil {
			out = append(out, quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: "nothing to judge: the " + by.name + " is no number"})
			continue
		}
		bounds := []quality.Bound{quality.AtMost(by.limit)}
		text := fmt.Sprintf("%s of %s is %s: %s, against %s; most in bin %s", by.name, c.Column, quality.Figure(exact, bounds...),
			t.judged.told(quality.Plural(d.judged.values, "value", "values")), t.whole.told(quality.Plural(d.baseline.values, "value", "values")), d.most())
		f := quality.Hold(seg, quality.ObservedDistance(exact), bounds, text)
		f.Details = details
		if d.judged.null+d.baseline.null > 0 {
			f.Reason += fmt.Sprintf(", beside %s, and %s before", quality.Plural(d.judged.null, "NULL", "NULLs"), quality.Grouped(d.baseline.null))
		}
		out = append(out, f)
	}
	return out
}

// psi is the population stability index.
func psi(judged, baseline []int64) float64 {
	n, m := total(judged), total(baseline)
	sum := 0.0
	for i := range judged {
		if judged[i]+baseline[i] > 0 {
			p, q := max(float64(judged[i]), 0.5)/n, max(float64(baseline[i]), 0.5)/m
			sum += (p - q) * math.Log(p/q)
		}
	}
	return sum
}

// jensenShannon is the distance by logarithms to the base of 2.
func jensenShannon(judged, baseline []int64) float64 {
	n, m := total(judged), total(baseline)
	sum := 0.0
	for i := range judged {
		p, q := float64(judged[i])/n, float64(baseline[i])/m
		for _, x := range []float64{p, q} {
			if x > 0 {
				sum += x * math.Log2(2*x/(p+q)) / 2
			}
		}
	}
	return math.Sqrt(max(sum, 0))
}

func total(bins []int64) float64 {
	n := int64(0)
	for _, b := range bins {
		n += b
	}
	return float64(n)
}
