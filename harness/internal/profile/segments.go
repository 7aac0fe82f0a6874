package profile

import (
	"cmp"
	"context"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// By is what rows are grouped by: a column, or an expression with a name.
type By struct {
	Name string
	Of   expr.Expr // zero of a column
}

// column is the By as a column that an operator defines.
func (b By) column() quality.Column {
	if b.Of.IsZero() {
		return quality.As(b.Name, expr.Col(b.Name))
	}
	return quality.As(b.Name, b.Of)
}

// grouped is a rule that puts a question to each segment.
func (b By) grouped(q question) quality.Rule {
	r := quality.Rule{Check: q, By: []string{b.Name}}
	if !b.Of.IsZero() {
		r.Computed = []quality.Column{b.column()}
	}
	return r
}

// rule asks for the segments and their rows.
func (b By) rule(found func(quality.Segment, int64)) quality.Rule {
	q := quality.Request{Metric: terms{quality.CountRows()}}
	return b.grouped(question{[]quality.Request{q}, func(m quality.Measured) error {
		for seg := range m.Segments() {
			got, err := quality.Get[answer](m, q, seg)
			if err != nil {
				return err
			}
			found(seg, got.rows)
		}
		return nil
	}})
}

// Segments are what rows are grouped by, and what there is of it.
type Segments struct {
	By
	Of []Group
}

// Group is a segment and its rows.
type Group struct {
	Value expr.Value
	Rows  int64
}

// fewest is how many rows the smallest segment has.
func (s Segments) fewest() int64 {
	return slices.MinFunc(s.Of, func(a, b Group) int { return cmp.Compare(a.Rows, b.Rows) }).Rows
}

// What makes a column one to group by.
const (
	mostSegments  = 60
	leastPerGroup = 30
	mostGroupings = 3
)

// groupings are what rows may be grouped by: seasons and the like first, then columns
// of text with few values, then the months of the date column.
func (p *Profile) groupings() []By {
	type candidate struct {
		*Column
		rank int
	}
	var found []candidate
	for _, c := range p.Columns {
		named := calledLike(c.Name, "season", "year", "league", "week", "month", "quarter", "period")
		fits := p.full(c) && c.Unknown == nil && c.Distinct >= 2 && c.Distinct <= mostSegments && p.Rows/c.Distinct >= leastPerGroup
		switch {
		case !fits || c == p.Date:
		case named && (c.Type == expr.String || c.Type == expr.Int64):
			found = append(found, candidate{c, 0})
		case c.Type == expr.String:
			found = append(found, candidate{c, 1})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), -cmp.Compare(a.Distinct, b.Distinct))
	})
	var out []By
	for _, c := range found {
		if len(out) < mostGroupings {
			out = append(out, By{Name: c.Name})
		}
	}
	if len(out) == 0 && p.Date != nil {
		day := p.byDay().column().Of
		out = append(out, By{Name: p.free("month"), Of: day.DateTrunc(expr.Month)})
	}
	return out
}

// Share is so many of all, in a segment.
type Share struct {
	Segment quality.Segment
	N, Of   int64
}

// less reports whether the share is smaller than another one.
func (s Share) less(than Share) bool { return float64(s.N)*float64(than.Of) < float64(than.N)*float64(s.Of) }

// segments counts the rows of each segment, and finds for each column the one that is
// populated least.
func (p *Profile) segments(ctx context.Context, a asker) error {
	by := p.groupings()
	found := make([]Segments, len(by))
	var rules []quality.Rule
	for i, b := range by {
		found[i].By = b
		rules = append(rules, b.rule(func(seg quality.Segment, rows int64) {
			found[i].Of = append(found[i].Of, Group{seg.Values()[0], rows})
		}))
	}
	if len(by) > 0 {
		for _, c := range p.Columns {
			if c.Err == nil && c.Values > 0 && !p.full(c) {
				rules = append(rules, by[0].grouped(c.least()))
			}
		}
	}
	errs, err := a.ask(ctx, rules...)
	for i := range found {
		if err == nil && errs[i] == nil && len(found[i].Of) > 1 {
			p.Segments = append(p.Segments, found[i])
		}
	}
	return err
}

// least finds the segment of which the smallest share is populated.
func (c *Column) least() question {
	q := quality.Request{Metric: terms{quality.CountWhere(expr.Col(c.Name).Populated())}}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		for seg := range m.Segments() {
			got, err := quality.Get[answer](m, q, seg)
			if err != nil {
				return err
			}
			if s := (Share{seg, got.count(0), got.rows}); c.Least.Of == 0 || s.less(c.Least) {
				c.Least = s
			}
		}
		return nil
	}}
}
