package quality

import (
	"fmt"
	"iter"
	"slices"
)

// view is what one check gets to see of the measurements.
type view struct {
	rule     plannedRule
	results  map[string]result // by the key of the metric asked for
	counts   map[string]Counts // population by segment key
	segments []Segment         // all of them, in order
	judged   []Segment         // those that the check is asked about
	undated  int64
	// err is the first error that Get gave out: the check is then unknown even
	// if it passes over it.
	err error
}

// viewOf collects a rule's measurements; the error is the first that one of them
// has.
func viewOf(r plannedRule, ms *Measurements) (*view, error) {
	v := &view{rule: r, results: map[string]result{}, counts: map[string]Counts{}}
	for key, q := range r.metrics {
		got := ms.result(q)
		if got.err != nil {
			return nil, got.err
		}
		v.results[key] = got
	}
	population := ms.result(r.population)
	if population.err != nil {
		return nil, population.err
	}
	for _, e := range r.expected {
		v.add(e, Counts{})
	}
	if len(r.scope.By) == 0 {
		v.add(Segment{}, Counts{})
	}
	for _, g := range population.groups {
		v.add(g.segment, g.value.(Counts))
	}
	slices.SortFunc(v.segments, Segment.Compare)
	if r.undated != nil {
		got := ms.result(r.undated)
		if got.err != nil {
			return nil, got.err
		}
		for _, g := range got.groups {
			v.undated += g.value.(Counts).Rows()
		}
	}
	return v, nil
}

func (v *view) add(s Segment, c Counts) {
	if _, ok := v.counts[s.Key()]; !ok {
		v.segments = append(v.segments, s)
	}
	v.counts[s.Key()] = c
}

func (v *view) Segments() iter.Seq[Segment] { return slices.Values(v.judged) }

func (v *view) Population(s Segment) Counts { return v.counts[s.Key()] }

func (v *view) Undated() int64 { return v.undated }

func (v *view) Get(m Metric, s Segment) (Measurement, error) {
	got, ok := v.results[m.Key()]
	if !ok {
		err := fmt.Errorf("the check did not ask for %s", m.Key())
		if v.err == nil {
			v.err = err
		}
		return nil, err
	}
	if g, ok := got.groups[s.Key()]; ok {
		return g.value, nil
	}
	return m.zero(), nil // the statement ran and met no such row
}

// total is the population over all segments.
func (v *view) total() Counts {
	var sum Counts
	for _, c := range v.counts {
		sum.True += c.True
		sum.False += c.False
		sum.Null += c.Null
	}
	return sum
}
