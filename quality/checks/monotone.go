package checks

import (
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Monotone claims that a column never falls as time goes on: the least of its values
// at one time is at least the greatest at the time before. Rows without a value are
// passed over and told. A row with a value and without a time has no place in the
// order, which is unknown unless Rule.NullsOK sets such rows aside.
type Monotone struct {
	Column string
	Of     []string        // whose values they are; none is the whole table's
	At     string          // the time
	Strict bool            // it rises
	Bounds []quality.Bound // on the share of steps from one time to the next; all of them if there is none
}

// Validate reports what is wrong without looking at data.
func (c Monotone) Validate() error {
	if c.Column == "" || c.At == "" {
		return fmt.Errorf("it needs a column, and at, the column of its times")
	}
	if err := expr.CheckDistinct(append([]string{c.Column, c.At}, c.Of...)); err != nil {
		return err
	}
	return quality.CheckShares(c.bounds())
}

func (c Monotone) bounds() []quality.Bound { return quality.OrAll(c.Bounds) }

// Describe says what is claimed never to fall.
func (c Monotone) Describe() quality.Description {
	verb, of := "never falls", ""
	if c.Strict {
		verb = "rises"
	}
	if len(c.Of) > 0 {
		of = " of each " + strings.Join(c.Of, ", ")
	}
	return quality.Description{
		Kind: "monotone", Columns: append([]string{c.Column}, c.Of...),
		Claim: fmt.Sprintf("%s%s %s with %s %s", c.Column, of, verb, c.At, quality.Claim(c.bounds())),
	}
}

// steps is TRUE where a time continues the one before, NULL where there is none.
func (c Monotone) steps(s quality.Scope) quality.Request {
	least, greatest := quality.MinOf(expr.Col(c.Column)), quality.MaxOf(expr.Col(c.Column))
	keys := s.Groups()
	var partition []string
	for _, name := range c.Of {
		if !expr.Named(s.By, name) {
			keys = append(keys, quality.Columns(name)...)
		}
	}
	for _, k := range keys {
		partition = append(partition, k.Name)
	}
	at, before := "time "+c.At, "before" // not the names of others' columns
	of := s.Judged().Filter(expr.Col(c.Column).Populated().And(expr.Col(c.At).IsNotNull())).
		Aggregate(append(keys, quality.As(at, expr.Col(c.At))), least.Named(least.Key()), greatest.Named(greatest.Key())).
		Previous(partition, []string{at}, quality.As(before, expr.Col(greatest.Key())))
	holds := expr.Col(least.Key()).Ge(expr.Col(before))
	if c.Strict {
		holds = expr.Col(least.Key()).Gt(expr.Col(before))
	}
	return quality.Request{Of: of, By: s.By, Metric: quality.Tally{Of: holds}}
}

// unplaced counts the values that have no time.
func (c Monotone) unplaced() quality.Request {
	return quality.Request{Metric: quality.Tally{Of: expr.Col(c.Column).Populated().And(expr.Col(c.At).IsNull())}}
}

// Requests counts the steps, and the rows that none of them is of.
func (c Monotone) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{populated{column: c.Column}.request(), c.unplaced(), c.steps(s)}, nil
}

// Judge holds the share of steps that do not fall against the bounds.
func (c Monotone) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	p := populated{column: c.Column}
	return quality.EachSegment(m, p.request(), func(seg quality.Segment, r read) quality.Finding {
		steps, err := quality.Get[quality.Counts](m, c.steps(s), seg)
		unplaced, also := quality.Get[quality.Counts](m, c.unplaced(), seg)
		if err = errors.Join(err, also); err != nil {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
		}
		if r.values == 0 {
			return r.told(p.nothing(s, seg, r, c.bounds()))
		}
		f := s.JudgeTally(seg, quality.Told{One: "step", Many: "steps"}, quality.Counts{True: steps.True, False: steps.False}, c.bounds())
		if steps.True+steps.False == 0 {
			f.Reason = fmt.Sprintf("nothing to judge: no two values of %s have a different %s", c.Column, c.At)
		}
		f.Details = nil
		f = r.told(f)
		if n := unplaced.True; n > 0 {
			f.Details = append(f.Details, quality.CountDetail("unplaced_rows", n))
			f.Reason += fmt.Sprintf(", beside %s without %s", quality.Plural(n, "value", "values"), c.At)
			if !s.NullsOK {
				f.Verdict = max(f.Verdict, quality.Unknown)
				f.Reason += ": null: ok sets them aside"
			}
		}
		return f
	})
}
