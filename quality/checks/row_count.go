package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// RowCount claims a number of rows in each segment. Zero is a number: an absent
// expected segment has 0 rows.
type RowCount struct {
	// Bounds on the count; at least one.
	Bounds []quality.Bound
}

// Validate reports what is wrong without looking at data.
func (c RowCount) Validate() error {
	if len(c.Bounds) == 0 {
		return fmt.Errorf("it has no bound: write at_least, more_than, at_most or less_than")
	}
	return quality.CheckCounts(c.Bounds)
}

// Describe says how many rows are claimed.
func (c RowCount) Describe() quality.Description {
	return quality.Description{Kind: "rows", Claim: "rows " + quality.Claim(c.Bounds), JudgesZero: true}
}

// Requests are none: the rows of the population are always counted.
func (c RowCount) Requests(quality.Scope) ([]quality.Request, error) { return nil, nil }

// Judge holds the count of each segment against the bounds.
func (c RowCount) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, s.Population(), func(seg quality.Segment, got quality.FilterCounts) quality.Finding {
		return s.JudgeCount(seg, got.True, c.Bounds)
	})
}
