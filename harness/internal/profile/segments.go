package profile

import (
	"cmp"
	"slices"

	"cloud.google.com/go/civil"

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
	// Days: they are those of the date column.
	Days bool
	Of   []Group
}

// Group is a segment and its rows.
type Group struct {
	Value expr.Value
	Rows  int64
}

// usual is how many rows half of the segments have at least.
func (s *Segments) usual() int64 {
	var rows []int64
	for _, g := range s.Of {
		rows = append(rows, g.Rows)
	}
	slices.Sort(rows)
	return rows[len(rows)/2]
}

// fewest is how many rows the smallest segment has.
func (s *Segments) fewest() int64 {
	return slices.MinFunc(s.Of, func(a, b Group) int { return cmp.Compare(a.Rows, b.Rows) }).Rows
}

// Within is what a column is in the segments that have least of it.
type Within struct {
	// Least is the segment in which the smallest share of the rows is populated.
	Least Share
	// Varying are the segments in which values differ, and Fewest is how many do where
	// fewest do, of these.
	Varying []any
	Fewest  int64
	// Empty are the segments in which nothing is populated.
	Empty []quality.Segment
	// Alike is how many values the largest segment has in which all are alike, 0 where
	// there is none.
	Alike int64
}

// What makes a column one to group by.
const (
	mostSegments  = 60
	leastPerGroup = 30
)

// groupings are what rows are grouped by: a season or the like, and of the columns of
// text with few values the one with most; where there is neither, the months.
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
	for i, c := range found {
		if i == 0 || c.rank > found[i-1].rank {
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
func (s Share) less(than Share) bool {
	return float64(s.N)*float64(than.Of) < float64(than.N)*float64(s.Of)
}

// finest are the segments that part the rows most, other than days; nil for none.
func (p *Profile) finest() *Segments {
	var out *Segments
	for _, s := range p.Segments {
		if !s.Days && (out == nil || p.differ(s) > p.differ(out)) {
			out = s
		}
	}
	return out
}

// differ is how many segments there are, which of a column is known before they are.
func (p *Profile) differ(s *Segments) int64 {
	for _, c := range p.Columns {
		if c.Name == s.Name && s.By.Of.IsZero() {
			return c.Distinct
		}
	}
	return int64(len(s.Of))
}

// segments counts the rows of each segment, days among them, and asks for each column
// in which it has least.
func (p *Profile) segments() step {
	for _, b := range p.groupings() {
		p.Segments = append(p.Segments, &Segments{By: b})
	}
	if p.Date != nil {
		p.Segments = append(p.Segments, &Segments{By: p.byDay(), Days: true})
	}
	var out step
	for _, s := range p.Segments {
		out.rules = append(out.rules, s.rule(func(seg quality.Segment, rows int64) {
			s.Of = append(s.Of, Group{seg.Values()[0], rows})
		}))
	}
	for _, s := range p.Segments {
		for _, c := range p.Columns {
			if c.Err == nil && c.Unknown == nil && c.Values > 0 {
				out.rules = append(out.rules, s.grouped(c.within(s)))
			}
		}
	}
	out.done = func() {
		for _, s := range p.Segments {
			for _, g := range s.Of {
				if day, ok := g.Value.Go().(civil.Date); ok && s.Days {
					p.Days = append(p.Days, Day{day, g.Rows})
				}
			}
		}
		p.Segments = slices.DeleteFunc(p.Segments, func(s *Segments) bool { return len(s.Of) < 2 })
	}
	return out
}

// within finds the segments that have least of a column.
func (c *Column) within(s *Segments) question {
	q := quality.Request{Metric: terms{quality.CountWhere(expr.Col(c.Name).Populated()), quality.DistinctOf(value(c))}}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		var out Within
		var whole, others []any // segments in which all rows are populated, and those in which none is
		n := 0
		for seg := range m.Segments() {
			got, err := quality.Get[answer](m, q, seg)
			if err != nil {
				return err
			}
			switch n++; got.count(0) {
			case got.rows:
				whole = append(whole, seg.Values()[0])
			case 0:
				out.Empty = append(out.Empty, seg)
				others = append(others, seg.Values()[0])
			}
			values, differ := got.count(0), got.count(1)
			if here := (Share{seg, values, got.rows}); out.Least.Of == 0 || here.less(out.Least) {
				out.Least = here
			}
			if differ < 2 {
				out.Alike = max(out.Alike, values)
				continue
			}
			if out.Varying = append(out.Varying, seg.Values()[0]); out.Fewest == 0 || differ < out.Fewest {
				out.Fewest = differ
			}
		}
		c.Within[s] = out
		if len(whole) > 0 && len(others) > 0 && len(whole)+len(others) == n && !s.Days && s.By.Of.IsZero() {
			c.Where = &Condition{expr.Col(s.Name).In(whole...), expr.Col(s.Name).In(others...)}
		}
		return nil
	}}
}
