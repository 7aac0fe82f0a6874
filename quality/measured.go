package quality

import (
	"fmt"
	"iter"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// reading is the values of a request's terms in each segment.
type reading struct {
	segments []Segment
	rows     map[string]int64 // by the key of the segment
	values   map[string][]expr.Value
}

// read puts the values of a request's terms together. The error is that of the
// first term that has one.
func (a *asked) read(ms *Measurements) (reading, error) {
	out := reading{rows: map[string]int64{}, values: map[string][]expr.Value{}}
	first := ms.result(a.folds[0])
	if int64(len(first.groups)) > a.limit {
		return out, TooManySegments(a.by, a.limit)
	}
	for _, f := range a.folds {
		got := ms.result(f)
		if got.err != nil {
			return out, got.err
		}
		if len(got.groups) != len(first.groups) {
			return out, fmt.Errorf("the table changed while it was read: %s was measured in %s and %s in %s", a.folds[0].Term.Key(),
				Plural(int64(len(first.groups)), "segment", "segments"), f.Term.Key(), Grouped(int64(len(got.groups))))
		}
	}
	for key, g := range first.groups {
		values := make([]expr.Value, len(a.folds))
		for i, f := range a.folds {
			same := ms.result(f).groups[key]
			if same.Rows != g.Rows {
				return out, changed(f.Term.Key(), same.Rows, g.Rows, g.segment)
			}
			if typ, err := f.Term.Type(); err != nil || !same.Value.IsNull() && same.Value.Type() != typ {
				return out, fmt.Errorf("%s was measured as %s, which is no %s", f.Term.Key(), same.Value.SQL(), typ)
			}
			values[i] = same.Value
		}
		out.segments = append(out.segments, g.segment)
		out.rows[key], out.values[key] = g.Rows, values
	}
	return out, nil
}

// as reads a metric of the request's terms in a segment; where there was no row
// it is over none.
func (r reading) as(m Metric, s Segment) (any, error) {
	values, ok := r.values[s.Key()]
	if !ok {
		for _, t := range m.Terms() {
			values = append(values, t.OverNothing())
		}
	}
	got, err := m.Read(r.rows[s.Key()], values)
	if err != nil {
		return nil, fmt.Errorf("%w%s", err, within(s))
	}
	return got, nil
}

// counts are a filter's in all segments.
func (a *asked) counts(r reading) (map[string]FilterCounts, error) {
	out := map[string]FilterCounts{}
	for _, s := range r.segments {
		got, err := r.as(a.metric, s)
		if err != nil {
			return nil, err
		}
		switch c := got.(type) {
		case FilterCounts:
			out[s.Key()] = c
		case Counts:
			out[s.Key()] = FilterCounts{Counts: c}
		}
	}
	return out, nil
}

// total is a filter's counts over all segments.
func (a *asked) total(ms *Measurements) (FilterCounts, error) {
	var sum FilterCounts
	r, err := a.read(ms)
	if err != nil {
		return sum, err
	}
	counts, err := a.counts(r)
	for _, c := range counts {
		sum = sum.Plus(c)
	}
	return sum, err
}

func changed(term string, measured, counted int64, s Segment) error {
	return fmt.Errorf("the table changed while it was read: %s was measured of %s and %s counted%s",
		term, Plural(measured, "row", "rows"), Grouped(counted), within(s))
}

// within is a segment as the tail of a sentence.
func within(s Segment) string {
	if name := s.String(); name != "" {
		return " in " + name
	}
	return ""
}

// view is what one check gets to see of the measurements.
type view struct {
	rule     plannedRule
	readings map[string]reading      // by what was asked, resolved
	counts   map[string]FilterCounts // population by segment key
	segments []Segment               // all of them, in order
	judged   []Segment               // those that the check is asked about
	undated  int64
	calendar *calendarReading // nil without one
	others   []Finding        // on rows of other tables that have no date
	// err is the first error that Get gave out: the check is then unknown even
	// if it passes over it.
	err error
}

// viewOf collects a rule's measurements; the error is the first that one of them
// has.
func viewOf(r plannedRule, ms *Measurements) (*view, error) {
	v := &view{rule: r, readings: map[string]reading{}, counts: map[string]FilterCounts{}}
	for _, a := range r.asked {
		got, err := a.read(ms)
		if err != nil {
			return nil, err
		}
		v.readings[a.key] = got
	}
	for _, e := range r.expected {
		v.add(e, FilterCounts{})
	}
	v.expect()
	for _, q := range r.requests {
		if q.Expects && q.By == nil {
			for _, s := range v.readings[q.key()].segments {
				if !s.HasNull() {
					v.add(s, FilterCounts{})
				}
			}
		}
	}
	if len(r.scope.By) == 0 {
		v.add(Segment{}, FilterCounts{})
	}
	if r.population == nil {
		return v, nil
	}
	population := v.readings[r.population.key]
	counts, err := r.population.counts(population)
	if err != nil {
		return nil, err
	}
	for _, s := range population.segments {
		v.add(s, counts[s.Key()])
	}
	slices.SortFunc(v.segments, Segment.Compare)
	if r.undated != nil {
		undated, err := r.undated.total(ms)
		if err != nil {
			return nil, err
		}
		v.undated = undated.Rows()
	}
	var told []func(*Measurements) (*Finding, error)
	if r.keys != nil {
		told = append(told, r.noKeys)
	}
	for _, u := range r.others {
		told = append(told, u.finding)
	}
	for _, finding := range told {
		f, err := finding(ms)
		if err != nil {
			return nil, err
		}
		if f != nil {
			v.others = append(v.others, *f)
		}
	}
	return v, v.agree()
}

// agree holds what was measured against the population: it must be of the same
// rows.
func (v *view) agree() error {
	for _, a := range v.rule.asked {
		if !a.own {
			continue
		}
		got := v.readings[a.key]
		known := 0
		for _, s := range v.segments {
			rows, ok := got.rows[s.Key()]
			if ok {
				known++
			}
			if counted := v.counts[s.Key()].True; rows != counted {
				return changed(a.folds[0].Term.Key(), rows, counted, s)
			}
		}
		if known < len(got.segments) {
			return fmt.Errorf("the table changed while it was read: %s was measured in a segment that has no row", a.folds[0].Term.Key())
		}
	}
	return nil
}

func (v *view) add(s Segment, c FilterCounts) {
	if _, ok := v.counts[s.Key()]; !ok {
		v.segments = append(v.segments, s)
	}
	v.counts[s.Key()] = c
}

func (v *view) Segments() iter.Seq[Segment] { return slices.Values(v.judged) }

func (v *view) Get(r Request, s Segment) (any, error) {
	if r.Metric == nil {
		return nil, v.refuse("the check asked for no metric")
	}
	if _, ok := r.Metric.(owed); ok {
		due, err := v.due(s)
		if err != nil {
			return nil, v.refuse("%w", err)
		}
		return due, nil
	}
	got, ok := v.readings[r.key()]
	if !ok {
		return nil, v.refuse("the check did not ask for %s", r.asks())
	}
	if _, ok := v.counts[s.Key()]; !ok && r.By == nil {
		return nil, v.refuse("the check asked about a segment that does not exist: %q", s)
	}
	value, err := got.as(r.Metric, s)
	if err != nil {
		return nil, v.refuse("%w", err)
	}
	return value, nil
}

// refuse is an error that Get gives out.
func (v *view) refuse(format string, args ...any) error {
	err := fmt.Errorf(format, args...)
	if v.err == nil {
		v.err = err
	}
	return err
}

// total is the population over all segments.
func (v *view) total() FilterCounts {
	var sum FilterCounts
	for _, c := range v.counts {
		sum = sum.Plus(c)
	}
	return sum
}
