package features

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling/audit"
)

// owed claims how much of a feature that declares its window is populated: of the rows
// whose window has a value, or has none for a fault of the rows behind it. Those in
// warm-up, a fifth of a season, owe nothing and are told.
type owed struct {
	of     audit.Stored // of one column
	bounds []quality.Bound
}

func (c owed) name() string { return c.of.Columns[0].Name }

func (c owed) Describe() quality.Description {
	return quality.Description{
		Kind: "owed", Columns: []string{c.name()},
		Claim: fmt.Sprintf("%s populated where its window owes a value %s", c.name(), quality.Claim(quality.OrAll(c.bounds))),
	}
}

// Validate reports what is wrong without looking at data.
func (c owed) Validate() error { return quality.CheckShares(quality.OrAll(c.bounds)) }

// Others are the tables that the window is recomputed from.
func (c owed) Others() []quality.Other { return c.of.Others() }

// Requests begins with the table's rows, which are judged.
func (c owed) Requests(s quality.Scope) ([]quality.Request, error) {
	if _, err := c.of.Requests(s); err != nil { // what is wrong with the window
		return nil, err
	}
	return []quality.Request{s.Population(), c.of.Owed(s, 0)}, nil
}

func (c owed) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	told := quality.Told{Subject: c.name(), One: "value that is owed", Many: "values that are owed"}
	return quality.EachSegment(m, c.of.Owed(s, 0), func(seg quality.Segment, n quality.Counts) quality.Finding {
		if n.True+n.False == 0 {
			return quality.Finding{Segment: seg, Subject: told.Subject, Verdict: quality.Unknown, Bounds: quality.OrAll(c.bounds), Observed: quality.ObservedShare(0, 0),
				Reason: fmt.Sprintf("nothing to judge: no window of %s owes a value in %s", told.Subject, quality.Plural(n.Null, "row", "rows"))}
		}
		f := s.JudgeTally(seg, told, quality.Counts{True: n.True, False: n.False}, quality.OrAll(c.bounds))
		f.Details = []quality.Detail{quality.CountDetail("excused_rows", n.Null)}
		f.Reason += fmt.Sprintf(", beside %s that owe none", quality.Plural(n.Null, "row", "rows"))
		return f
	})
}
