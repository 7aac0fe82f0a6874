package features

import (
	"fmt"
	"math"
	"math/big"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
)

// Leaks are probes for what no model may know, each on request.
type Leaks struct {
	// Predicts is how far from 0 the rank correlation of a feature alone with the label
	// may be. Honest averages of what is foretold correlate with it, too.
	Predicts quality.Limit
	// Evaluation are rows that the model is judged on: no key of the set is among theirs.
	Evaluation checks.Against
	// Cutoff is the last day that may be trained on.
	Cutoff civil.Date
}

// rules are the probes that are asked for.
func (l Leaks) rules(s Set) []quality.Rule {
	var out []quality.Rule
	if l.Evaluation.Table != "" {
		out = append(out, quality.Rule{ID: "evaluation", Check: checks.Match{
			Columns: s.Key, Of: l.Evaluation, Bounds: []quality.Bound{quality.AtMost(quality.Percent(0))},
		}})
	}
	if l.Cutoff.IsValid() {
		out = append(out, quality.Rule{ID: "cutoff", Check: timed{"cutoff", fmt.Sprintf("%s is not after %s", s.Date, l.Cutoff), []string{s.Date},
			func(of quality.Scope) (expr.Expr, error) {
				day, err := of.DayOf(s.Date)
				return day.Le(l.Cutoff), err
			}}})
	}
	if l.Predicts != (quality.Limit{}) {
		for _, f := range s.Features {
			out = append(out, s.rule(f.Name+" predicts", correlation{f.column(), s.Label, l.Predicts}, s.valued(f), !f.Optional))
		}
	}
	return out
}

// correlation claims that a feature alone does not predict the label too well: by the
// rank correlation of Spearman, that of the places of values in their order, of which
// equal ones share the mean.
//
//	ρ = (n·Σab − Σa·Σb) / √((n·Σa² − (Σa)²) · (n·Σb² − (Σb)²))
type correlation struct {
	column, label string
	limit         quality.Limit
}

func (c correlation) bounds() []quality.Bound {
	low := new(big.Rat)
	if at, ok := c.limit.Value().(*big.Rat); ok {
		low.Neg(at)
	}
	return []quality.Bound{quality.Between(quality.Number(low), c.limit)}
}

func (c correlation) Describe() quality.Description {
	return quality.Description{
		Kind: "predicts", Columns: []string{c.column, c.label},
		Claim: fmt.Sprintf("rank correlation of %s with %s %s", c.column, c.label, quality.Claim(c.bounds())),
	}
}

// Validate reports what is wrong without looking at data.
func (c correlation) Validate() error {
	at, ok := c.limit.Value().(*big.Rat)
	if !ok || at.Sign() <= 0 || at.Cmp(big.NewRat(1, 1)) >= 0 {
		return fmt.Errorf("predicts %s: a rank correlation lies between 0 and 1", c.limit)
	}
	return nil
}

// The columns of the two, and of their places, doubled so that they are whole numbers.
var valueNames, placeNames = [2]string{"value of it", "value of the label"}, [2]string{"place of it", "place of the label"}

// places are the rows that have both, with the place of each in its segment.
func (c correlation) places(s quality.Scope) quality.Relation {
	rows := s.Judged().Filter(expr.Col(c.column).Populated().And(expr.Col(c.label).Populated()))
	rows = rows.Project(append(s.Groups(), quality.As(valueNames[0], expr.Col(c.column)), quality.As(valueNames[1], expr.Col(c.label)))...)
	out := rows
	for i, value := range valueNames {
		key := append(append([]string{}, s.By...), value)
		place := expr.Col("up to").Times(2).Minus(expr.Col("equal")).Plus(1).Cast(expr.Int64)
		places := rows.
			Aggregate(quality.Columns(key...), quality.CountRows().Named("equal")).
			Running(s.By, []string{value}, quality.SumOf(expr.Col("equal")).Named("up to")).
			Project(quality.As("place", place)).
			Aggregate(quality.Columns(key...), quality.MaxOf(expr.Col("place")).Named(placeNames[i]))
		out = out.Join(quality.InnerJoin, places, quality.Equal(key...)...)
	}
	return out
}

// products is Σa, Σb, Σa², Σb² and Σab; it reads as them behind n.
type products struct{}

func (products) Terms() []quality.Term {
	a, b := expr.Col(placeNames[0]), expr.Col(placeNames[1])
	var out []quality.Term
	for _, of := range []expr.Expr{a, b, a.Times(a), b.Times(b), a.Times(b)} {
		out = append(out, quality.SumOf(of))
	}
	return out
}

func (products) Read(rows int64, values []expr.Value) (any, error) {
	out := []*big.Rat{big.NewRat(rows, 1)}
	for _, v := range values {
		x, ok := v.Go().(*big.Rat)
		if !ok {
			x = new(big.Rat)
		}
		out = append(out, x)
	}
	return out, nil
}

func (c correlation) request(s quality.Scope) quality.Request {
	return quality.Request{Of: c.places(s), Metric: products{}, Where: expr.Lit(true), Rows: expr.Lit(true), By: append([]string{}, s.By...)}
}

// Requests begins with the rows of the table, which are judged.
func (c correlation) Requests(s quality.Scope) ([]quality.Request, error) {
	for _, name := range []string{c.column, c.label} {
		if _, err := s.Schema.Field(name); err != nil {
			return nil, err
		}
	}
	return []quality.Request{s.Population(), c.request(s)}, nil
}

func (c correlation) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, c.request(s), func(seg quality.Segment, sums []*big.Rat) quality.Finding {
		rho, ok := spearman(sums)
		if !ok {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: fmt.Sprintf("nothing to judge: of %s with %s there is no rank correlation over %s rows, for one of them does not vary", c.column, c.label, sums[0].Num())}
		}
		o, _ := quality.ObservedFloat(rho)
		return s.JudgeNumber(seg, fmt.Sprintf("rank correlation of %s with %s over %s", c.column, c.label, quality.Plural(sums[0].Num().Int64(), "row", "rows")), o, c.bounds())
	})
}

// spearman is ρ of n, Σa, Σb, Σa², Σb² and Σab; false where it is not defined.
func spearman(of []*big.Rat) (float64, bool) {
	over := func(ab, a, b *big.Rat) float64 {
		x := new(big.Rat).Mul(of[0], ab)
		f, _ := x.Sub(x, new(big.Rat).Mul(a, b)).Float64()
		return f
	}
	spread := math.Sqrt(over(of[3], of[1], of[1])) * math.Sqrt(over(of[4], of[2], of[2]))
	if spread == 0 {
		return 0, false
	}
	return over(of[5], of[1], of[2]) / spread, true
}
