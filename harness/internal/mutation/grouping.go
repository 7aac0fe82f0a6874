package mutation

import (
	"context"
	"math/rand/v2"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
)

// grouping is columns that rows are grouped by, and some of the segments.
type grouping struct {
	by       []string
	computed []quality.Column
	all      []quality.Segment
	segments []segment // some of them
}

// segment is a segment of a grouping as a predicate.
type segment struct {
	of    *grouping // nil is the whole table, or a day
	where expr.Expr
	day   bool
}

// findGroupings takes the groupings of the suite's checks. Where there is none, months
// are the segments, if there are dates, or else the whole table is one.
func (b *bench) findGroupings(ctx context.Context) error {
	var found []grouping
	for _, r := range b.suite.Rules {
		g := grouping{by: r.By, computed: r.Computed}
		if len(r.By) > 0 && !slices.ContainsFunc(found, g.same) {
			found = append(found, g)
		}
	}
	if len(found) == 0 && b.dated() {
		found = []grouping{{by: []string{"month"}, computed: []quality.Column{quality.As("month", b.day().DateTrunc(expr.Month))}}}
	}
	for _, g := range found {
		segments, err := b.segmentsOf(ctx, g)
		if err != nil {
			return err
		}
		if g.all = segments; len(segments) > 0 {
			b.groupings = append(b.groupings, g)
		}
	}
	for i := range b.groupings {
		g := &b.groupings[i]
		for _, s := range b.sample(g.all, b.Segments) {
			g.segments = append(g.segments, segment{of: g, where: g.predicate(s)})
		}
	}
	return nil
}

func (g grouping) same(other grouping) bool {
	return slices.Equal(g.by, other.by) && slices.EqualFunc(g.computed, other.computed, func(a, b quality.Column) bool {
		return a.Name == b.Name && a.Of.String() == b.Of.String()
	})
}

// of is what a column of the grouping is made of.
func (g grouping) of(name string) expr.Expr {
	for _, c := range g.computed {
		if c.Name == name {
			return c.Of
		}
	}
	return expr.Col(name)
}

func (g grouping) predicate(s quality.Segment) expr.Expr {
	var out []expr.Expr
	for i, v := range s.Values() {
		out = append(out, g.of(s.Columns()[i]).Eq(v))
	}
	return expr.AllOf(out...)
}

// segmentsOf are the segments of a grouping that have rows, in the order of their
// values, without those that have a NULL.
func (b *bench) segmentsOf(ctx context.Context, g grouping) ([]quality.Segment, error) {
	var out []quality.Segment
	counts, err := b.counts(ctx, b.table, g)
	for _, c := range counts {
		if !c.of.HasNull() && c.rows > 0 {
			out = append(out, c.of)
		}
	}
	return out, err
}

// counted is how many rows a segment has.
type counted struct {
	of   quality.Segment
	rows int64
}

func (b *bench) counts(ctx context.Context, table *faults.Table, g grouping) ([]counted, error) {
	one := []quality.Bound{quality.AtLeast(quality.Count(1))}
	r, err := b.run(ctx, table, []quality.Rule{{Check: checks.RowCount{Bounds: one}, By: g.by, Computed: g.computed}})
	if err != nil {
		return nil, err
	}
	var out []counted
	for _, f := range r.Suites[0].Checks[0].Findings {
		if len(f.Segment.Values()) == len(g.by) && f.Observed != nil {
			out = append(out, counted{f.Segment, f.Observed.Numerator})
		}
	}
	return out, nil
}

// mostLost is the segment of a grouping that loses the largest share of its rows.
func (b *bench) mostLost(ctx context.Context, g *grouping, broken *faults.Table) (quality.Segment, error) {
	were, err := b.counts(ctx, b.table, *g)
	if err != nil {
		return quality.Segment{}, err
	}
	are, err := b.counts(ctx, broken, *g)
	left := map[string]int64{}
	for _, c := range are {
		left[c.of.Key()] = c.rows
	}
	var out quality.Segment
	least := 2.0
	for _, c := range were {
		if kept := float64(left[c.of.Key()]) / float64(c.rows); kept < least && !c.of.HasNull() {
			out, least = c.of, kept
		}
	}
	return out, err
}

// sample takes so many of the segments, the last among them.
func (b *bench) sample(of []quality.Segment, most int) []quality.Segment {
	if len(of) <= most {
		return of
	}
	r := rand.New(rand.NewPCG(b.Seed, uint64(len(of))))
	last := len(of) - 1
	at := append(r.Perm(last)[:most-1], last)
	slices.Sort(at)
	var out []quality.Segment
	for _, i := range at {
		out = append(out, of[i])
	}
	return out
}
