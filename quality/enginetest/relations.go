package enginetest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// How many trees of operators are drawn over tables of each profile, and how deep.
var drawnTrees = [...]int{40, 12, 12}

const treeDepth = 4

// relations draws trees of operators over the drawn tables, a case each.
func relations() ([]Table, []testCase) {
	var tables []Table
	var cases []testCase
	for p, prof := range profiles[:len(drawnTrees)] {
		d := &treeDraw{draw: &draw{rand.New(rand.NewPCG(uint64(p), 77)), prof}}
		for i := range 2 {
			t := d.table(fmt.Sprintf("related_%d_%d", p, i))
			tables = append(tables, t)
			d.tables = append(d.tables, t.Name)
		}
		none := Table{Name: fmt.Sprintf("related_%d_none", p), Schema: drawnSchema}
		tables, d.tables = append(tables, none), append(d.tables, none.Name)
		for i := range drawnTrees[p] {
			id := fmt.Sprintf("relation/%s %d", prof.name, i)
			tree := d.tree(d.IntN(treeDepth) + 1)
			var terms []quality.Term
			for _, t := range d.terms(tree) {
				terms = append(terms, t.term)
			}
			if columns := exact(tree.schema); len(columns) > 0 {
				terms = append(terms, quality.FirstRows(3, columns[:min(2, len(columns))]...))
			}
			rule := quality.Rule{ID: id, Check: relationProbe{tree.of, terms}}
			if f, ok := d.column(tree, groupable...); ok && d.IntN(2) == 0 {
				rule.By = []string{f.Name}
			}
			suite := quality.Suite{Table: d.tables[0], Rules: []quality.Rule{rule}}
			cases = append(cases, testCase{id: id, suites: []quality.Suite{suite}, answer: describe})
		}
	}
	return tables, cases
}

// exact are the columns that engines agree on to the last digit.
func exact(s expr.Schema) []expr.Expr {
	var out []expr.Expr
	for _, f := range s {
		if slices.Contains(groupable, f.Type) && f.Type != expr.Float64 {
			out = append(out, expr.Col(f.Name))
		}
	}
	return out
}

// treeDraw draws trees. Names are counted, so that none is taken twice.
type treeDraw struct {
	*draw
	tables []string
	named  int
}

// tree is a relation with the columns that can be asked of it.
type tree struct {
	of     func(read) quality.Relation
	schema expr.Schema
}

var (
	groupable = []expr.Type{expr.String, expr.Int64, expr.Date, expr.Bool, expr.Numeric, expr.Float64, expr.Timestamp, expr.DateTime}
	summable  = []expr.Type{expr.Int64, expr.Float64, expr.Numeric}
)

func (d *treeDraw) name() string {
	d.named++
	return pick(d.draw, "c", "Spalte ", "o-", "select_", "é") + strconv.Itoa(d.named)
}

// column picks one of some types.
func (d *treeDraw) column(t tree, of ...expr.Type) (expr.Field, bool) {
	var fit []expr.Field
	for _, f := range t.schema {
		if slices.Contains(of, f.Type) {
			fit = append(fit, f)
		}
	}
	if len(fit) == 0 {
		return expr.Field{}, false
	}
	return pick(d.draw, fit...), true
}

func (d *treeDraw) tree(depth int) tree {
	if depth <= 0 {
		name := pick(d.draw, d.tables...)
		return tree{func(r read) quality.Relation { return r(name) }, drawnSchema}
	}
	in := d.tree(depth - 1)
	switch d.IntN(9) {
	case 0:
		return d.filtered(in)
	case 1:
		return d.projected(in)
	case 2:
		return d.expanded(in)
	case 3:
		return d.united(in, d.tree(depth-1-d.IntN(2)))
	case 4:
		return d.running(in)
	case 5:
		return d.days(in)
	case 6:
		return d.previous(d.aggregated(in))
	case 7:
		return d.aggregated(in).tree
	}
	return d.joined(in, d.aggregated(d.tree(depth-1-d.IntN(2))))
}

func (d *treeDraw) filtered(in tree) tree {
	f := pick(d.draw, in.schema...)
	where := expr.Col(f.Name).IsNotNull()
	if v := d.value(f); f.Type != expr.Bool && f.Type != expr.BigNumeric && d.IntN(3) > 0 && v != nil {
		where = d.compare(expr.Col(f.Name), expr.Lit(v))
	}
	return tree{func(r read) quality.Relation { return in.of(r).Filter(where) }, in.schema}
}

// columns defines some columns of others, under new names.
func (d *treeDraw) columns(in tree) ([]quality.Column, expr.Schema) {
	var out []quality.Column
	var schema expr.Schema
	for range 2 + d.IntN(3) {
		f, name := pick(d.draw, in.schema...), d.name()
		of := expr.Col(f.Name)
		if v := d.value(expr.Field{Type: f.Type}); d.IntN(3) == 0 && v != nil && f.Type != expr.DateTime && f.Type != expr.BigNumeric {
			of = expr.Coalesce(of, v)
		}
		out = append(out, quality.As(name, of))
		schema = append(schema, expr.Field{Name: name, Type: f.Type})
	}
	return out, schema
}

func (d *treeDraw) projected(in tree) tree {
	columns, schema := d.columns(in)
	return tree{func(r read) quality.Relation { return in.of(r).Project(columns...) }, append(schema, in.schema...)}
}

func (d *treeDraw) expanded(in tree) tree {
	first, schema := d.columns(in)
	second := slices.Clone(first)
	for i, f := range schema {
		switch other, ok := d.column(in, f.Type); {
		case d.IntN(4) == 0:
			second[i].Of = expr.Lit(nil)
		case ok:
			second[i].Of = expr.Col(other.Name)
		}
	}
	return tree{func(r read) quality.Relation { return in.of(r).Expand(first, second) }, append(schema, in.schema...)}
}

// united gives both sides columns of equal names and types.
func (d *treeDraw) united(a, b tree) tree {
	var left, right []quality.Column
	var schema expr.Schema
	for range 3 {
		f := pick(d.draw, a.schema...)
		other, ok := d.column(b, f.Type)
		if !ok {
			continue
		}
		name := d.name()
		left, right = append(left, quality.As(name, expr.Col(f.Name))), append(right, quality.As(name, expr.Col(other.Name)))
		schema = append(schema, expr.Field{Name: name, Type: f.Type})
	}
	if len(schema) == 0 {
		return a
	}
	return tree{func(r read) quality.Relation {
		return quality.Union(a.of(r).Project(left...), b.of(r).Project(right...))
	}, schema}
}

// aggregate is a tree whose root is an Aggregate.
type aggregate struct {
	tree
	keys expr.Schema
}

func (d *treeDraw) aggregated(in tree) aggregate {
	var keys []quality.Column
	var schema expr.Schema
	for range 1 + d.IntN(2) {
		if f, ok := d.column(in, groupable...); ok {
			name := d.name()
			keys = append(keys, quality.As(name, expr.Col(f.Name)))
			schema = append(schema, expr.Field{Name: name, Type: f.Type})
		}
	}
	out := aggregate{keys: schema}
	var named []quality.NamedTerm
	for _, t := range d.terms(in) {
		name := d.name()
		named = append(named, t.term.Named(name))
		schema = append(schema, expr.Field{Name: name, Type: t.typ})
	}
	out.tree = tree{func(r read) quality.Relation { return in.of(r).Aggregate(keys, named...) }, schema}
	return out
}

func (d *treeDraw) joined(left tree, right aggregate) tree {
	var on []quality.On
	for _, key := range right.keys {
		f, ok := d.column(left, key.Type)
		if !ok {
			return left
		}
		on = append(on, quality.On{Left: f.Name, Right: key.Name})
	}
	kind := pick(d.draw, quality.InnerJoin, quality.LeftJoin, quality.AntiJoin, quality.FullJoin)
	return tree{func(r read) quality.Relation { return left.of(r).Join(kind, right.of(r), on...) },
		append(slices.Clone(left.schema), right.schema[len(right.keys):]...)}
}

func (d *treeDraw) previous(in aggregate) tree {
	cut := d.IntN(len(in.keys))
	var partition, order []string
	for i, k := range in.keys {
		if i < cut {
			partition = append(partition, k.Name)
		} else {
			order = append(order, k.Name)
		}
	}
	f, name := pick(d.draw, in.schema...), d.name()
	value := quality.As(name, expr.Col(f.Name))
	return tree{func(r read) quality.Relation { return in.of(r).Previous(partition, order, value) },
		append(slices.Clone(in.schema), expr.Field{Name: name, Type: f.Type})}
}

func (d *treeDraw) running(in tree) tree {
	order, ok := d.column(in, expr.Int64, expr.Date, expr.String)
	if !ok {
		return in
	}
	var partition []string
	if f, ok := d.column(in, expr.String, expr.Int64, expr.Bool); ok && d.IntN(2) == 0 {
		partition = []string{f.Name}
	}
	name := d.name()
	terms := []quality.NamedTerm{quality.CountRows().Named(name)}
	schema := append(slices.Clone(in.schema), expr.Field{Name: name, Type: expr.Int64})
	if f, ok := d.column(in, expr.Int64, expr.Numeric); ok {
		name := d.name()
		terms = append(terms, quality.SumOf(expr.Col(f.Name)).Named(name))
		schema = append(schema, expr.Field{Name: name, Type: expr.BigNumeric})
	}
	return tree{func(r read) quality.Relation { return in.of(r).Running(partition, []string{order.Name}, terms...) }, schema}
}

func (d *treeDraw) days(in tree) tree {
	from, ok1 := d.column(in, expr.Date)
	to, ok2 := d.column(in, expr.Date)
	if !ok1 || !ok2 {
		return in
	}
	name := d.name()
	end := expr.Col(to.Name)
	if d.IntN(2) == 0 {
		end = expr.Col(from.Name).Plus(d.IntN(4))
	}
	return tree{func(r read) quality.Relation { return in.of(r).Days(name, expr.Col(from.Name), end) },
		append(slices.Clone(in.schema), expr.Field{Name: name, Type: expr.Date})}
}

// typedTerm is a term with the type of its value.
type typedTerm struct {
	term quality.Term
	typ  expr.Type
}

// terms draws terms over a tree.
func (d *treeDraw) terms(in tree) []typedTerm {
	out := []typedTerm{{quality.CountRows(), expr.Int64}}
	if f, ok := d.column(in, groupable...); ok {
		out = append(out, typedTerm{quality.CountWhere(expr.Col(f.Name).IsNull()), expr.Int64})
	}
	if f, ok := d.column(in, summable...); ok {
		typ := expr.BigNumeric
		if f.Type == expr.Float64 {
			typ = expr.Float64
		}
		out = append(out, typedTerm{quality.SumOf(expr.Col(f.Name)), typ})
	}
	if f, ok := d.column(in, groupable...); ok {
		out = append(out, typedTerm{pick(d.draw, quality.MinOf, quality.MaxOf)(expr.Col(f.Name)), f.Type})
		out = append(out, typedTerm{quality.DistinctOf(expr.Col(f.Name)), expr.Int64})
		if by, ok := d.column(in, summable...); ok {
			out = append(out, typedTerm{quality.LargestBy(expr.Col(f.Name), expr.Col(by.Name)), f.Type})
		}
	}
	if f, ok := d.column(in, summable...); ok {
		of, typ := pick(d.draw, quality.MeanOf, quality.VarianceOf, quality.StdDevOf), expr.Float64
		if term := of(expr.Col(f.Name)); term.Op == quality.OpMean && f.Type == expr.Numeric {
			typ = expr.BigNumeric
		}
		out = append(out, typedTerm{of(expr.Col(f.Name)), typ})
	}
	return out
}
