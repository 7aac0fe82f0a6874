package profile

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// answer is how many rows were looked at, and the values of terms over them.
type answer struct {
	rows   int64
	values []expr.Value
}

// count is a value that counts.
func (a answer) count(i int) int64 {
	n, _ := a.values[i].Go().(int64)
	return n
}

// terms are a metric that reads as an answer.
type terms []quality.Term

func (t terms) Terms() []quality.Term { return t }

func (terms) Read(rows int64, values []expr.Value) (any, error) { return answer{rows, values}, nil }

// value is a column where it is populated, else NULL.
func value(c *Column) expr.Expr {
	if c.Type == expr.Float64 {
		return expr.If(expr.Col(c.Name).Populated(), expr.Col(c.Name), nil)
	}
	return expr.Col(c.Name)
}

var errNoName = errors.New("it has no name")

// columns counts the rows, and asks of each column how much it is populated and what
// values it has: two questions, for the values of a column can be past comparing.
func (p *Profile) columns(ctx context.Context, a asker, schema expr.Schema) error {
	var rules []quality.Rule
	all := quality.Request{Metric: terms{quality.CountRows()}}
	rules = append(rules, quality.Rule{Check: question{[]quality.Request{all}, func(m quality.Measured) error {
		got, err := quality.Get[answer](m, all, quality.Segment{})
		p.Rows = got.rows
		return err
	}}})
	var asked []*error // in the order of the rules behind the first
	named := map[string]bool{}
	for _, f := range leaves(schema) {
		if named[strings.ToLower(f.Name)] {
			continue // two of a name are told once
		}
		named[strings.ToLower(f.Name)] = true
		if _, err := schema.Field(f.Name); err != nil || strings.TrimSpace(f.Name) == "" {
			p.Columns = append(p.Columns, &Column{Name: f.Name, Err: cmp.Or(err, errNoName)})
			continue
		}
		c := &Column{Name: f.Name, Type: f.Type, Within: map[*Segments]Within{}}
		p.Columns = append(p.Columns, c)
		asked = append(asked, &c.Err)
		if rules = append(rules, quality.Rule{Check: c.counts()}); f.Type.Computable() {
			asked, rules = append(asked, &c.Unknown), append(rules, quality.Rule{Check: c.figures()})
		} else {
			c.Unknown = fmt.Errorf("of %s only NULL or not NULL is known", f.Type)
		}
	}
	errs, err := a.ask(ctx, rules...)
	if err != nil {
		return err
	}
	if errs[0] != nil {
		return fmt.Errorf("table %s: %w", p.Table, errs[0])
	}
	for i, err := range errs[1:] {
		*asked[i] = err
	}
	return nil
}

// leaves are the columns, and the fields of those that are STRUCTs in their place.
func leaves(schema expr.Schema) expr.Schema {
	var out expr.Schema
	for _, f := range schema {
		if _, list := f.Type.Element(); list || len(f.Fields) == 0 || f.Err != nil {
			out = append(out, f)
			continue
		}
		for _, field := range leaves(f.Fields) {
			field.Name = f.Name + "." + field.Name
			out = append(out, field)
		}
	}
	return out
}

func (c *Column) counts() question {
	q := quality.Request{Metric: terms{quality.CountWhere(expr.Col(c.Name).Populated())}}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		got, err := quality.Get[answer](m, q, quality.Segment{})
		if err == nil {
			c.Values = got.count(0)
		}
		return err
	}}
}

func (c *Column) figures() question {
	of := value(c)
	asked := terms{quality.DistinctOf(of), quality.MinOf(of), quality.MaxOf(of)}
	if c.Type == expr.String {
		asked = append(asked, quality.MinOf(of.CharLength()), quality.MaxOf(of.CharLength()))
	}
	q := quality.Request{Metric: asked}
	return question{[]quality.Request{q}, func(m quality.Measured) error {
		got, err := quality.Get[answer](m, q, quality.Segment{})
		if err == nil {
			c.Distinct, c.Min, c.Max = got.count(0), got.values[1], got.values[2]
			if c.Type == expr.String {
				c.Shortest, c.Longest = got.count(3), got.count(4)
			}
		}
		return err
	}}
}
