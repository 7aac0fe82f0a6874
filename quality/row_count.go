package quality

import (
	"fmt"
	"strings"
)

// RowCount claims a number of rows in each segment. Zero is a number: an absent
// expected segment has 0 rows.
type RowCount struct {
	// Bounds on the count; at least one.
	Bounds []Bound
}

// Validate reports what is wrong without looking at data.
func (c RowCount) Validate() error {
	if len(c.Bounds) == 0 {
		return fmt.Errorf("it has no bound: write at_least, more_than, at_most or less_than")
	}
	return checkCounts(c.Bounds)
}

// Describe says how many rows are claimed.
func (c RowCount) Describe() Description {
	return Description{Kind: "rows", Claim: "rows " + joinBounds(c.Bounds, Bound.Human), JudgesZero: true}
}

// Metrics are none: the rows of the population are always counted.
func (c RowCount) Metrics(Scope) ([]Metric, error) { return nil, nil }

// Judge holds the count of each segment against the bounds.
func (c RowCount) Judge(s Scope, m Measured) []Finding {
	var out []Finding
	for seg := range m.Segments() {
		n := m.Population(seg).True
		f := Finding{
			Segment:  seg,
			Verdict:  Pass,
			Observed: ObservedCount(n),
			Bounds:   c.Bounds,
			Reason:   plural(n, "row", "rows") + strings.TrimPrefix(populationText(s), "rows"),
		}
		for _, b := range c.Bounds {
			if !b.HoldsCount(n) {
				f.Verdict = Fail
				f.Reason += ", not " + b.Human()
			}
		}
		out = append(out, f)
	}
	return out
}
