package history

import (
	"slices"

	"github.com/intactdata/intact/quality"
)

// Newest are series of no more than so many runs of each check, the newest.
func Newest(series []Series, runs int) []Series {
	kept := map[Check]map[string]bool{}
	for _, of := range runsOf(series) {
		ids := map[string]bool{}
		for _, r := range of[max(0, len(of)-runs):] {
			ids[r.RunID] = true
		}
		kept[Check{of[0].Suite, *of[0].CheckID}] = ids
	}
	var out []Series
	for _, s := range series {
		points := slices.DeleteFunc(slices.Clone(s.Points), func(r Record) bool { return !kept[s.Check][r.RunID] })
		if len(points) > 0 {
			out = append(out, Series{s.Of, points})
		}
	}
	return out
}

// Runs are the runs of some series by their clocks, each as the finding that was worst.
func Runs(series []Series) []Record {
	var out []Record
	at := map[string]int{}
	for _, s := range series {
		for _, r := range s.Points {
			i, known := at[r.RunID]
			switch {
			case !known:
				at[r.RunID] = len(out)
				out = append(out, r)
			case VerdictOf(*r.Verdict) > VerdictOf(*out[i].Verdict):
				out[i] = r
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Record) int { return a.At.Compare(b.At) })
	return out
}

// runsOf are the runs of each check.
func runsOf(series []Series) [][]Record {
	by := map[Check][]Series{}
	var order []Check
	for _, s := range series {
		if by[s.Check] == nil {
			order = append(order, s.Check)
		}
		by[s.Check] = append(by[s.Check], s)
	}
	var out [][]Record
	for _, of := range order {
		out = append(out, Runs(by[of]))
	}
	return out
}

// VerdictOf is the verdict of a word; one that is none blocks.
func VerdictOf(word string) quality.Verdict {
	for v := quality.Pass; v <= quality.Fail; v++ {
		if v.String() == word {
			return v
		}
	}
	return quality.Unknown
}
