package profile

import (
	"math/big"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// counted are the columns whose values are counted one by one: not those in which most
// rows have a value of their own.
func (p *Profile) counted() []*Column {
	var out []*Column
	for _, c := range p.Columns {
		if c.Err == nil && c.Unknown == nil && c.Values > 0 && c.Type != expr.Null && (c.Distinct*2 <= c.Values || c.Distinct <= 10) {
			out = append(out, c)
		}
	}
	return out
}

// pairs is a row for each value of each of some columns, with how often it is there, in
// each segment of by if there is one.
type pairs struct {
	relation quality.Relation
	// column and rows are called what no column of the table is called, and so are those
	// for the values, one of each type.
	column, rows string
	values       map[expr.Type]string
	types        []expr.Type
}

func (p *Profile) pairs(rows quality.Relation, columns []*Column, by *By) *pairs {
	out := &pairs{column: p.free("column"), rows: p.free("rows"), values: map[expr.Type]string{}}
	for _, c := range columns {
		if out.values[c.Type] == "" {
			out.values[c.Type] = p.free(strings.ToLower(string(c.Type)))
			out.types = append(out.types, c.Type)
		}
	}
	slices.Sort(out.types)
	var lists [][]quality.Column
	for _, c := range columns {
		list := []quality.Column{quality.As(out.column, expr.Lit(c.Name))}
		for _, t := range out.types {
			of := expr.Lit(nil)
			if t == c.Type {
				of = value(c)
			}
			list = append(list, quality.As(out.values[t], of))
		}
		if by != nil {
			list = append(list, by.column())
		}
		lists = append(lists, list)
	}
	var there []expr.Expr
	keys := quality.Columns(out.column)
	for _, t := range out.types {
		there = append(there, expr.Col(out.values[t]).IsNotNull())
		keys = append(keys, quality.Columns(out.values[t])...)
	}
	if by != nil {
		keys = append(keys, quality.Columns(by.Name)...)
	}
	out.relation = rows.Expand(lists...).Filter(expr.AnyOf(there...)).Aggregate(keys, quality.CountRows().Named(out.rows))
	return out
}

// of is the segment of a column's values, within one of the table.
func (p *pairs) of(c *Column, within ...quality.Segment) quality.Segment {
	name, _ := expr.ValueOf(c.Name)
	columns, values := []string{p.column}, []expr.Value{name}
	for _, s := range within {
		columns, values = append(columns, s.Columns()...), append(values, s.Values()...)
	}
	return quality.NewSegment(columns, values)
}

// frequent finds the most frequent values of each column, and the segment in which one
// value has the largest share of a column's.
func (p *Profile) frequent(a asker) step {
	columns := p.counted()
	if len(columns) == 0 {
		return step{}
	}
	rules := []quality.Rule{{Check: p.top(a, columns)}}
	if s := p.finest(); s != nil {
		rules = append(rules, s.grouped(p.most(a, columns, s.By)))
	}
	return step{rules: rules}
}

// shownValues is how many of the most frequent values are kept of a column.
const shownValues = 3

func (p *Profile) top(a asker, columns []*Column) question {
	of := p.pairs(a.rows(), columns, nil)
	args, typed := []expr.Expr{expr.Lit(0).Minus(expr.Col(of.rows))}, expr.Schema{{Name: of.rows, Type: expr.Int64}}
	for _, t := range of.types {
		args, typed = append(args, expr.Col(of.values[t])), append(typed, expr.Field{Name: of.values[t], Type: t})
	}
	q := quality.Request{Of: of.relation, By: []string{of.column}, Metric: firstRows{quality.FirstRows(shownValues, args...), typed}}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		for _, c := range columns {
			rows, err := quality.Get[[][]expr.Value](m, q, of.of(c))
			if err != nil {
				return err
			}
			for _, row := range rows {
				n, _ := row[0].Go().(int64)
				c.Top = append(c.Top, Frequent{row[1+slices.Index(of.types, c.Type)], -n})
			}
		}
		return nil
	}}
}

// firstRows reads the value of FirstRows over rows of a schema.
type firstRows struct {
	term quality.Term
	of   expr.Schema
}

func (r firstRows) Terms() []quality.Term { return []quality.Term{r.term} }

func (r firstRows) Read(_ int64, values []expr.Value) (any, error) {
	bound := quality.Term{Op: r.term.Op}
	for _, a := range r.term.Args {
		b, err := a.Bind(r.of)
		if err != nil {
			return nil, err
		}
		bound.Args = append(bound.Args, b)
	}
	return bound.Rows(values[0])
}

func (p *Profile) most(a asker, columns []*Column, by By) question {
	of := p.pairs(a.rows(), columns, &by)
	n := expr.Col(of.rows)
	q := quality.Request{Of: of.relation, By: []string{of.column, by.Name}, Metric: terms{quality.MaxOf(n), quality.SumOf(n)}}
	own := quality.Request{Metric: terms{quality.CountRows()}} // the segments are the table's
	return question{[]quality.Request{own, q}, func(m quality.Measured) error {
		for seg := range m.Segments() {
			for _, c := range columns {
				got, err := quality.Get[answer](m, q, of.of(c, seg))
				if err != nil {
					return err
				}
				all, _ := got.values[1].Go().(*big.Rat)
				if all == nil {
					continue // it has no value there
				}
				if s := (Share{seg, got.count(0), all.Num().Int64()}); c.Most.Of == 0 || c.Most.less(s) {
					c.Most = s
				}
			}
		}
		return nil
	}}
}
