package quality

import (
	"fmt"
	"iter"
	"maps"
	"slices"
)

// view is what one check gets to see of the measurements.
type view struct {
	rule     plannedRule
	results  map[string]result       // by the key of the metric asked for
	counts   map[string]FilterCounts // population by segment key
	segments []Segment               // all of them, in order
	judged   []Segment               // those that the check is asked about
	undated  int64
	// err is the first error that Get gave out: the check is then unknown even
	// if it passes over it.
	err error
}

// viewOf collects a rule's measurements; the error is the first that one of them
// has.
func viewOf(r plannedRule, ms *Measurements) (*view, error) {
	v := &view{rule: r, results: map[string]result{}, counts: map[string]FilterCounts{}}
	for _, key := range slices.Sorted(maps.Keys(r.metrics)) {
		got := ms.result(r.metrics[key])
		if got.err != nil {
			return nil, got.err
		}
		v.results[key] = got
	}
	population, err := r.population.countsOf(ms)
	if err != nil {
		return nil, err
	}
	for _, e := range r.expected {
		v.add(e, FilterCounts{})
	}
	if len(r.scope.By) == 0 {
		v.add(Segment{}, FilterCounts{})
	}
	for _, g := range population {
		v.add(g.segment, g.counts)
	}
	slices.SortFunc(v.segments, Segment.Compare)
	if err := v.agree(); err != nil {
		return nil, err
	}
	if r.undated != nil {
		undated, err := tallied(ms, r.undated)
		if err != nil {
			return nil, err
		}
		for _, g := range undated {
			v.undated += g.value.measured()
		}
	}
	return v, nil
}

// agree holds the metrics against the population: they must be of the same rows.
func (v *view) agree() error {
	for _, key := range slices.Sorted(maps.Keys(v.results)) {
		groups := v.results[key].groups
		known := 0
		for _, s := range v.segments {
			measured := int64(0)
			if g, ok := groups[s.Key()]; ok {
				if err := g.value.Contradiction(); err != nil {
					return fmt.Errorf("%s: %w%s", key, err, within(s))
				}
				measured = g.value.measured()
				known++
			}
			if counted := v.counts[s.Key()].True; measured != counted {
				return changed(key, measured, counted, s)
			}
		}
		if known < len(groups) {
			return fmt.Errorf("the table changed while it was read: %s was measured in a segment that has no row", key)
		}
	}
	return nil
}

// changed says that a metric is not of the rows that were counted.
func changed(metric string, measured, counted int64, s Segment) error {
	return fmt.Errorf("the table changed while it was read: %s was measured of %s and %s counted%s",
		metric, plural(measured, "row", "rows"), Grouped(counted), within(s))
}

// within is a segment as the tail of a sentence.
func within(s Segment) string {
	if name := s.String(); name != "" {
		return " in " + name
	}
	return ""
}

func (v *view) add(s Segment, c FilterCounts) {
	if _, ok := v.counts[s.Key()]; !ok {
		v.segments = append(v.segments, s)
	}
	v.counts[s.Key()] = c
}

func (v *view) Segments() iter.Seq[Segment] { return slices.Values(v.judged) }

func (v *view) Population(s Segment) Counts { return v.counts[s.Key()].Counts }

func (v *view) Undated() int64 { return v.undated }

func (v *view) Get(m Metric, s Segment) (Measurement, error) {
	got, ok := v.results[m.Key()]
	if !ok {
		return nil, v.refuse("the check did not ask for %s", m.Key())
	}
	if _, ok := v.counts[s.Key()]; !ok {
		return nil, v.refuse("the check asked about a segment that does not exist: %q", s)
	}
	if g, ok := got.groups[s.Key()]; ok {
		return g.value, nil
	}
	return m.zero(), nil // the statement ran and met no such row
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
		sum = sum.plus(c)
	}
	return sum
}
