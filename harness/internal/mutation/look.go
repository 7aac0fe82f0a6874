package mutation

import (
	"context"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/faults"
)

// look finds out what the suite reads, and which segments and dates there are.
func (b *bench) look(ctx context.Context) error {
	if err := b.findScope(ctx); err != nil {
		return err
	}
	if !b.scope.Rows.IsZero() {
		var err error
		if b.table, err = b.table.Within(b.scope.Rows); err != nil {
			return err
		}
	}
	for _, r := range b.suite.Rules {
		seen := &recorder{Source: b.table, read: map[string]bool{}}
		if _, err := b.run(ctx, seen, []quality.Rule{r}); err != nil {
			return err
		}
		b.reads = append(b.reads, seen.read)
	}
	if err := b.findGroupings(ctx); err != nil {
		return err
	}
	if err := b.findShapes(ctx); err != nil {
		return err
	}
	return b.findDays(ctx)
}

// recorder is a source that knows which columns were read of it.
type recorder struct {
	expr.Source
	read map[string]bool
}

func (r *recorder) Scan(ctx context.Context, columns []string) iter.Seq2[*expr.Batch, error] {
	for _, c := range columns {
		r.read[foldName(c)] = true
	}
	return r.Source.Scan(ctx, columns)
}

// foldName: columns are compared without regard to case.
func foldName(name string) string { return strings.ToLower(name) }

// probe is a check that claims nothing, and is told the scope.
type probe struct{ scope *quality.Scope }

func (probe) Describe() quality.Description {
	return quality.Description{Kind: "scope", Claim: "nothing"}
}

func (p probe) Requests(s quality.Scope) ([]quality.Request, error) {
	*p.scope = s
	return []quality.Request{{Metric: quality.Tally{Of: expr.Lit(true)}}}, nil
}

func (probe) Judge(quality.Scope, quality.Measured) []quality.Finding { return nil }

// findScope asks which rows the suite looks at.
func (b *bench) findScope(ctx context.Context) error {
	s := b.suite
	s.Rules = []quality.Rule{{Check: probe{&b.scope}}}
	_, err := quality.NewPlan(ctx, b.engine(b.table), b.Now, s)
	return err
}

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

// dated: rows have a date, which may be shown.
func (b *bench) dated() bool { return b.scope.Date != "" && !b.scope.Redacted(b.scope.Date) }

// day is the date of a row.
func (b *bench) day() expr.Expr {
	date := expr.Col(b.scope.Date)
	if f, err := b.scope.Schema.Field(b.scope.Date); err == nil && f.Type == expr.Timestamp {
		return date.DateOf(b.scope.Zone.String())
	} else if f.Type == expr.DateTime {
		return date.Date()
	}
	return date
}

// someDays is how many dates are lost, each by itself.
const someDays = 3

// findDays chooses some dates, not the last: that one may be late.
func (b *bench) findDays(ctx context.Context) error {
	if !b.dated() {
		return nil
	}
	g := grouping{by: []string{"day()"}, computed: []quality.Column{quality.As("day()", b.day())}}
	days, err := b.segmentsOf(ctx, g)
	if err != nil || len(days) < 3 {
		return err
	}
	for _, d := range b.sample(days[:len(days)-1], someDays) {
		b.days = append(b.days, g.predicate(d))
	}
	return nil
}
