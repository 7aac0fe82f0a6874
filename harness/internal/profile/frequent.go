package profile

import (
	"context"
	"math/big"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Columns of the rows that say how often each value of each column is there. No table
// has any that are called so.
const (
	ofColumn = "the column"
	ofRows   = "its rows"
)

// asType names the column for the values of a type.
func asType(t expr.Type) string { return "as " + string(t) }

func typeOf(column string) expr.Type { return expr.Type(strings.TrimPrefix(column, "as ")) }

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

// pairs is a row for each value of each of some columns, with how often it is there,
// in each segment of by if there is one: one column for the values of each type.
func pairs(rows quality.Relation, columns []*Column, by *By) (quality.Relation, []quality.Column) {
	var types []expr.Type
	for _, c := range columns {
		if !slices.Contains(types, c.Type) {
			types = append(types, c.Type)
		}
	}
	slices.Sort(types)
	var lists [][]quality.Column
	for _, c := range columns {
		list := []quality.Column{quality.As(ofColumn, expr.Lit(c.Name))}
		for _, t := range types {
			of := expr.Lit(nil)
			if t == c.Type {
				of = value(c)
			}
			list = append(list, quality.As(asType(t), of))
		}
		if by != nil {
			list = append(list, by.column())
		}
		lists = append(lists, list)
	}
	var there []expr.Expr
	var values []quality.Column
	for _, t := range types {
		there = append(there, expr.Col(asType(t)).IsNotNull())
		values = append(values, quality.Columns(asType(t))...)
	}
	keys := append(quality.Columns(ofColumn), values...)
	if by != nil {
		keys = append(keys, quality.Columns(by.Name)...)
	}
	return rows.Expand(lists...).Filter(expr.AnyOf(there...)).Aggregate(keys, quality.CountRows().Named(ofRows)), values
}

// frequent finds the most frequent values of each column, and the segment in which one
// value has the largest share of a column's.
func (p *Profile) frequent(ctx context.Context, a asker) error {
	columns := p.counted()
	if len(columns) == 0 {
		return nil
	}
	rules := []quality.Rule{{Check: p.top(a, columns)}}
	if s := p.finest(); s != nil {
		rules = append(rules, s.grouped(p.most(a, columns, s.By)))
	}
	errs, err := a.ask(ctx, rules...)
	p.unanswered(errs...)
	return err
}

// shownValues is how many of the most frequent values are kept of a column.
const shownValues = 3

func (p *Profile) top(a asker, columns []*Column) question {
	of, values := pairs(a.rows(), columns, nil)
	args, typed := []expr.Expr{expr.Lit(0).Minus(expr.Col(ofRows))}, expr.Schema{{Name: ofRows, Type: expr.Int64}}
	for _, v := range values {
		args, typed = append(args, v.Of), append(typed, expr.Field{Name: v.Name, Type: typeOf(v.Name)})
	}
	q := quality.Request{Of: of, By: []string{ofColumn}, Metric: firstRows{quality.FirstRows(shownValues, args...), typed}}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		for _, c := range columns {
			rows, err := quality.Get[[][]expr.Value](m, q, ofName(c))
			if err != nil {
				return err
			}
			for _, row := range rows {
				n, _ := row[0].Go().(int64)
				at := slices.IndexFunc(values, func(v quality.Column) bool { return v.Name == asType(c.Type) })
				c.Top = append(c.Top, Frequent{row[1+at], -n})
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
	of, _ := pairs(a.rows(), columns, &by)
	n := expr.Col(ofRows)
	q := quality.Request{Of: of, By: []string{ofColumn, by.Name}, Metric: terms{quality.MaxOf(n), quality.SumOf(n)}}
	own := quality.Request{Metric: terms{quality.CountRows()}} // the segments are the table's
	return question{[]quality.Request{own, q}, func(m quality.Measured) error {
		for seg := range m.Segments() {
			for _, c := range columns {
				got, err := quality.Get[answer](m, q, ofName(c, seg))
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

// ofName is the segment of a column's values, within one of the table.
func ofName(c *Column, within ...quality.Segment) quality.Segment {
	name, _ := expr.ValueOf(c.Name)
	columns, values := []string{ofColumn}, []expr.Value{name}
	for _, s := range within {
		columns, values = append(columns, s.Columns()...), append(values, s.Values()...)
	}
	return quality.NewSegment(columns, values)
}
