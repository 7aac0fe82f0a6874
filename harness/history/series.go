package history

import (
	"cmp"
	"slices"
)

// Of is what a series is of.
type Of struct {
	Check
	Segment string // "" without group-by columns
	Subject string // the column, where the check has several; else ""
}

// Series is what a check came to in one segment, run by run.
type Series struct {
	Of
	Points []Record // findings, by the clocks of their runs
}

// Change is a verdict that is not that of the run before.
type Change struct {
	Of
	From string
	To   Record
}

// SeriesOf parts the findings among records by what they are of, in the order of the names.
func SeriesOf(records []Record) []Series {
	at := map[Of]int{}
	var out []Series
	for _, r := range records {
		if !r.isFinding() {
			continue
		}
		of := Of{Check: Check{r.Suite, *r.CheckID}, Segment: r.Segment}
		if r.Subject != nil {
			of.Subject = *r.Subject
		}
		i, known := at[of]
		if !known {
			i = len(out)
			at[of] = i
			out = append(out, Series{Of: of})
		}
		out[i].Points = append(out[i].Points, r)
	}
	slices.SortFunc(out, func(a, b Series) int {
		return cmp.Or(cmp.Compare(a.Suite, b.Suite), cmp.Compare(a.ID, b.ID), cmp.Compare(a.Segment, b.Segment), cmp.Compare(a.Subject, b.Subject))
	})
	for _, s := range out {
		slices.SortStableFunc(s.Points, func(a, b Record) int { return a.At.Compare(b.At) })
	}
	return out
}

// Changes are those of some series, in the order in which they came. A check whose
// verdict changed although that of no segment did, as when all its segments are gone, is
// one without a segment.
func Changes(series []Series) []Change {
	var out []Change
	told := map[Check]map[string]bool{} // runs
	for _, s := range series {
		for i := 1; i < len(s.Points); i++ {
			if before := *s.Points[i-1].Verdict; before != *s.Points[i].Verdict {
				out = append(out, Change{s.Of, before, s.Points[i]})
				if told[s.Check] == nil {
					told[s.Check] = map[string]bool{}
				}
				told[s.Check][s.Points[i].RunID] = true
			}
		}
	}
	for _, runs := range runsOf(series) {
		for i := 1; i < len(runs); i++ {
			of, before := Check{runs[i].Suite, *runs[i].CheckID}, *runs[i-1].Verdict
			if before != *runs[i].Verdict && !told[of][runs[i].RunID] {
				out = append(out, Change{Of{Check: of}, before, runs[i]})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return a.To.At.Compare(b.To.At) })
	return out
}
