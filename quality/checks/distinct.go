package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// Distinct claims how many populated values of a column differ. Zero is a number.
type Distinct struct {
	Column string
	Bounds []quality.Bound // on the count; at least one
}

// Validate reports what is wrong without looking at data.
func (c Distinct) Validate() error {
	switch {
	case c.Column == "":
		return fmt.Errorf("it names no column")
	case len(c.Bounds) == 0:
		return fmt.Errorf("it has no bound: write between, at_least, more_than, at_most or less_than")
	}
	return quality.CheckCounts(c.Bounds)
}

// Describe says how many values are claimed to differ.
func (c Distinct) Describe() quality.Description {
	return quality.Description{
		Kind: "distinct", Columns: []string{c.Column}, Claim: fmt.Sprintf("distinct values of %s %s", c.Column, quality.Claim(c.Bounds)), JudgesZero: true,
	}
}

func (c Distinct) populated(s quality.Scope) populated {
	return populated{c.Column, []quality.Term{quality.DistinctOf(value(c.Column, s.Schema))}}
}

// Requests counts the values that differ.
func (c Distinct) Requests(s quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.populated(s).request()}, nil
}

// Judge holds the count of each segment against the bounds.
func (c Distinct) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, c.populated(s).request(), func(seg quality.Segment, r read) quality.Finding {
		n, _ := r.terms[0].Go().(int64)
		text := fmt.Sprintf("%s of %s", quality.Plural(n, "distinct value", "distinct values"), c.Column)
		return r.told(quality.Hold(seg, quality.ObservedCount(n), c.Bounds, text))
	})
}
