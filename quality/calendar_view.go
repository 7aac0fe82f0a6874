package quality

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// owed asks for what was due; it reads as Due.
type owed struct{}

func (owed) Terms() []Term { return []Term{CountRows()} }

func (owed) Read(int64, []expr.Value) (any, error) {
	return nil, fmt.Errorf("what was due is had from a calendar")
}

// Due asks for the Due of the suite's calendar, in the segments of the rule. It is
// measured for every check of a suite with a calendar; where the calendar does not
// know of a segment, it is an error.
func (s Scope) Due() Request { return Request{Metric: owed{}} }

// due is what the calendar says of a segment.
func (v *view) due(s Segment) (Due, error) {
	if v.calendar == nil {
		return Due{}, fmt.Errorf("the suite has no calendar that says what was due")
	}
	if lacks := v.calendar.lacks(); lacks != "" {
		return Due{}, fmt.Errorf("the calendar %s has no column %s that says how much was due in each segment: name its own in map", v.calendar.Table, lacks)
	}
	return v.calendar.of(s)
}

// expectDue adds the segments that something was due in: the table may have no row of
// them.
func (v *view) expectDue() {
	if len(v.rule.scope.By) == 0 || v.calendar.lacks() != "" {
		return
	}
	for _, s := range v.calendar.owing {
		if _, ok := v.counts[s.Key()]; !ok && !s.HasNull() {
			v.add(s, FilterCounts{})
		}
	}
	slices.SortFunc(v.segments, Segment.Compare)
}

// owed says what was due in a segment that has no row to judge, in words, and whether
// that was nothing.
func (v *view) owed(s Segment) (text string, nothing bool) {
	if v.calendar == nil {
		return "", false
	}
	due, err := v.calendar.of(s)
	switch {
	case err != nil:
		return "; " + err.Error(), false
	case due.Nothing():
		return "", true
	case due.Rows > 0 && v.calendar.lacks() != "":
		return "", false
	case due.Rows > 0:
		return fmt.Sprintf("; %s due", Plural(due.Rows, "row was", "rows were")), false
	}
	return "", false
}
