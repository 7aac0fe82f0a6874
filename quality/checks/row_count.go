package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// RowCount claims a number of rows in each segment. Zero is a number: an absent
// expected segment has 0 rows.
type RowCount struct {
	// Bounds on the count; at least one. Those that are shares of what was due are
	// held against the suite's calendar, and hold for 0 rows only where 0 were due.
	Bounds []quality.Bound
}

// Validate reports what is wrong without looking at data.
func (c RowCount) Validate() error {
	if len(c.Bounds) == 0 {
		return fmt.Errorf("it has no bound: write between, at_least, more_than, at_most or less_than")
	}
	if of := c.ofDue(); of > 0 && of < len(c.Bounds) {
		return fmt.Errorf("%s: a number of rows and a share of those that were due are two checks", quality.Claim(c.Bounds))
	}
	return quality.CheckCounts(c.Bounds)
}

// ofDue is how many bounds are of what was due.
func (c RowCount) ofDue() int {
	n := 0
	for _, b := range c.Bounds {
		if b.OfDue() {
			n++
		}
	}
	return n
}

// Describe says how many rows are claimed.
func (c RowCount) Describe() quality.Description {
	return quality.Description{Kind: "rows", Claim: "rows " + quality.Claim(c.Bounds), JudgesZero: true, OfDue: c.ofDue() > 0}
}

// Requests are none: the rows of the population are always counted.
func (c RowCount) Requests(quality.Scope) ([]quality.Request, error) { return nil, nil }

// Judge holds the count of each segment against the bounds.
func (c RowCount) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	return quality.EachSegment(m, s.Population(), func(seg quality.Segment, got quality.FilterCounts) quality.Finding {
		if c.ofDue() == 0 {
			return s.JudgeCount(seg, got.True, c.Bounds)
		}
		due, err := quality.Get[quality.Due](m, s.Due(), seg)
		if err != nil {
			return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
		}
		return s.JudgeOfDue(seg, got.True, due, c.Bounds)
	})
}
