package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// FilterCounts is how many rows a filter is TRUE, FALSE and NULL for.
type FilterCounts struct {
	Counts
	// NaN is how many of all those rows rest on a NaN: were it NULL, the filter
	// would be something else.
	NaN int64
}

// String is the counts as reports write them.
func (c FilterCounts) String() string {
	return fmt.Sprintf("(TRUE %s, FALSE %s, NULL %s%s)", Grouped(c.True), Grouped(c.False), Grouped(c.Null), c.nan())
}

// nan is the tail of the counts, where there is anything to tell.
func (c FilterCounts) nan() string {
	if c.NaN == 0 {
		return ""
	}
	return "; " + plural(c.NaN, "rests", "rest") + " on a NaN"
}

func (c FilterCounts) plus(o FilterCounts) FilterCounts {
	return FilterCounts{Counts{c.True + o.True, c.False + o.False, c.Null + o.Null}, c.NaN + o.NaN}
}

// filterRequest is what is measured of a filter: its counts and, where it can meet
// NaN, how many of them rest on that.
type filterRequest struct{ counts, nan *Request }

// filter asks for the counts of a bound filter; the zero Expr is TRUE for every row.
func (p *planner) filter(rel Relation, filter, rows expr.Expr, by []string) filterRequest {
	if filter.IsZero() {
		filter = expr.Lit(true)
	}
	out := filterRequest{counts: p.request(rel, Tally{filter}, rows, expr.Expr{}, by)}
	if rests := filter.RestsOnNaN(); !rests.IsZero() {
		out.nan = p.request(rel, Tally{rests}, rows, expr.Expr{}, by)
	}
	return out
}

// requests are those that there are.
func (f filterRequest) requests() []*Request {
	var out []*Request
	for _, r := range []*Request{f.counts, f.nan} {
		if r != nil {
			out = append(out, r)
		}
	}
	return out
}

// segmentCounts are a filter's counts in a segment.
type segmentCounts struct {
	segment Segment
	counts  FilterCounts
}

// countsOf are the segments of a filter that was measured.
func (f filterRequest) countsOf(ms *Measurements) ([]segmentCounts, error) {
	rests := map[string]Counts{}
	if f.nan != nil {
		got, err := tallied(ms, f.nan)
		if err != nil {
			return nil, err
		}
		for _, g := range got {
			rests[g.segment.Key()] = g.value.(Counts)
		}
	}
	got, err := tallied(ms, f.counts)
	if err != nil {
		return nil, err
	}
	var out []segmentCounts
	for _, g := range got {
		c := g.value.(Counts)
		r := rests[g.segment.Key()]
		if f.nan != nil && r.Rows() != c.Rows() {
			return nil, changed(f.nan.Metric.Key(), r.Rows(), c.Rows(), g.segment)
		}
		out = append(out, segmentCounts{g.segment, FilterCounts{c, r.True}})
	}
	return out, nil
}

// tallied are the segments of a Tally that was measured.
func tallied(ms *Measurements, r *Request) ([]group, error) {
	got := ms.result(r)
	var out []group
	for _, g := range got.groups {
		c, ok := g.value.(Counts)
		if !ok {
			return nil, fmt.Errorf("%s was measured as %T, not as %T", r.Metric.Key(), g.value, c)
		}
		if err := c.Contradiction(); err != nil {
			return nil, fmt.Errorf("%s: %w%s", r.Metric.Key(), err, within(g.segment))
		}
		out = append(out, g)
	}
	return out, got.err
}
