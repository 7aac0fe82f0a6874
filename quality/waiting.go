package quality

import (
	"slices"
	"time"
)

// outcome is what a rule comes to over all rows of its scope, and over those that are
// due: where these hold and all do not, what is missing is waited for.
func (r plannedRule) outcome(d Description, ms *Measurements) ([]Finding, *view, error) {
	all, err := viewOf(r, ms)
	if err != nil {
		return nil, nil, err
	}
	if r.calendar != nil {
		if all.calendar, err = r.calendar.read(ms); err != nil {
			return nil, nil, err
		}
		all.expectDue()
	}
	found, err := r.softened(d, all, ms)
	if err != nil {
		return nil, nil, err
	}
	if !r.late.all(r.suite) {
		due, of, err := r.overDue(d, all, ms)
		if err != nil {
			return nil, nil, err
		}
		found = r.merge(all, found, due, of)
	}
	if f := all.calendar.dead(); f != nil {
		found = append(found, *f)
	}
	return found, all, nil
}

// overDue is what the rule comes to over the rows that are due.
func (r plannedRule) overDue(d Description, all *view, ms *Measurements) (*view, []Finding, error) {
	if r.due == nil {
		return &view{}, nil, nil
	}
	due, err := viewOf(*r.due, ms)
	if err != nil {
		return nil, nil, err
	}
	due.calendar = all.calendar
	for _, s := range all.segments {
		due.add(s, due.counts[s.Key()])
	}
	slices.SortFunc(due.segments, Segment.Compare)
	found, err := r.due.softened(d, due, ms)
	return due, found, err
}

// merge takes for each segment the findings over the rows that are due, or where these
// hold, or none is due, those over all.
func (r plannedRule) merge(all *view, found []Finding, due *view, overDue []Finding) []Finding {
	known := map[string]bool{}
	inDue, inAll := bySegment(overDue), bySegment(found)
	var out []Finding
	for _, s := range all.segments {
		known[s.Key()] = true
		waits, next := r.waits(s, all, due)
		judged := inDue[s.Key()]
		if worst, _ := summary(judged); !waits && worst.Blocks() {
			out = append(out, judged...)
			continue
		}
		for _, f := range inAll[s.Key()] {
			if all.err == nil {
				f = r.late.wait(f, next)
			}
			out = append(out, f)
		}
	}
	for _, f := range found {
		if !known[f.Segment.Key()] {
			out = append(out, f)
		}
	}
	return out
}

// bySegment are findings by the key of their segment.
func bySegment(found []Finding) map[string][]Finding {
	out := map[string][]Finding{}
	for _, f := range found {
		out[f.Segment.Key()] = append(out[f.Segment.Key()], f)
	}
	return out
}

// waits reports whether no row of a segment is due yet but some will be, and when the
// next ones of the segment are.
func (r plannedRule) waits(s Segment, all, due *view) (bool, time.Time) {
	next := r.late.next(r.suite)
	after := r.late.none(r.suite)
	for i, by := range r.population.by {
		if d, ok := daysOf(by, s.values[i], r.scope.Date, r.scope.Zone); ok && d.first.After(r.late.last) {
			after, next = true, r.late.due.Of(d.first, r.late.zone)
		}
	}
	early := all.counts[s.Key()].True > 0
	if all.calendar != nil {
		if owed, err := all.calendar.of(s); err == nil {
			if !owed.Next.IsZero() {
				next = owed.Next
			}
			if owed.Rows == 0 || all.calendar.lacks() == "" {
				early, after = early && owed.Rows == 0, owed.Rows == 0 && owed.Waiting > 0
			}
		}
	}
	return due.counts[s.Key()].True == 0 && (early || after), next
}
