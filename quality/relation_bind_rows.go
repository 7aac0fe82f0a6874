package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Operators that look at each row by itself.

func (b relationBinder) filter(n FilterNode, wanted []string) (Relation, error) {
	reads, err := b.reads(n)
	if err != nil {
		return Relation{}, err
	}
	in, err := b.bind(n.In, union(wanted, reads))
	if err != nil {
		return Relation{}, err
	}
	where, err := n.Where.BindPredicate(in.schema)
	return Relation{FilterNode{in, where}, in.schema}, err
}

// reads are the columns of a filter. Which of a table's raw SQL names is known once it
// is bound.
func (b relationBinder) reads(n FilterNode) ([]string, error) {
	table := n.In.Table()
	if table == "" || !n.Where.Raw() {
		return n.Where.Columns(), nil
	}
	all, err := b.schema(table)
	if err != nil {
		return nil, err
	}
	where, err := n.Where.BindPredicate(all)
	return where.Columns(), err
}

func (b relationBinder) project(n ProjectNode, wanted []string) (Relation, error) {
	define, through, below, err := defined(n.Columns, wanted)
	if err != nil {
		return Relation{}, err
	}
	in, err := b.bind(n.In, below)
	if err != nil {
		return Relation{}, err
	}
	columns, schema, err := bindColumns(define, through, in.schema)
	return Relation{ProjectNode{in, columns}, schema}, err
}

func (b relationBinder) expand(n ExpandNode, wanted []string) (Relation, error) {
	if len(n.Lists) == 0 {
		return Relation{}, fmt.Errorf("expand has no lists: it would make no row")
	}
	var below, through []string
	lists := make([][]Column, len(n.Lists))
	for i, list := range n.Lists {
		define, pass, need, err := defined(list, wanted)
		if err != nil {
			return Relation{}, err
		}
		if i > 0 && !slices.Equal(names(define), names(lists[0])) {
			return Relation{}, fmt.Errorf("the lists of an expand define different columns: (%s) and (%s)", strings.Join(names(lists[0]), ", "), strings.Join(names(define), ", "))
		}
		lists[i], through, below = define, pass, union(below, need)
	}
	in, err := b.bind(n.In, below)
	if err != nil {
		return Relation{}, err
	}
	var schema expr.Schema
	for i, list := range lists {
		columns, s, err := bindColumns(list, through, in.schema)
		if err != nil {
			return Relation{}, err
		}
		if lists[i] = columns; i == 0 {
			schema = s
		} else if schema, err = sameTypes(schema, s); err != nil {
			return Relation{}, err
		}
	}
	return Relation{ExpandNode{in, lists}, schema}, nil
}

func (b relationBinder) union(n UnionNode, wanted []string) (Relation, error) {
	if len(n.In) == 0 {
		return Relation{}, fmt.Errorf("a union has no relations")
	}
	out := UnionNode{}
	var schema expr.Schema
	for i, r := range n.In {
		in, err := b.bind(r, wanted)
		if err != nil {
			return Relation{}, err
		}
		picked := make(expr.Schema, len(wanted))
		for c, name := range wanted {
			if picked[c], err = in.schema.Field(name); err != nil {
				return Relation{}, err
			}
		}
		if out.In = append(out.In, in); i == 0 {
			schema = picked
		} else if schema, err = sameTypes(schema, picked); err != nil {
			return Relation{}, fmt.Errorf("union: %w", err)
		}
	}
	return Relation{out, schema}, nil
}

func (b relationBinder) values(n ValuesNode) (Relation, error) {
	for _, row := range n.Rows {
		if len(row) != len(n.Schema) {
			return Relation{}, fmt.Errorf("a literal row has %d values for %d columns", len(row), len(n.Schema))
		}
		for i, v := range row {
			if !v.IsNull() && v.Type() != n.Schema[i].Type {
				return Relation{}, fmt.Errorf("%s is no %s for column %q", v.SQL(), n.Schema[i].Type, n.Schema[i].Name)
			}
		}
	}
	return Relation{n, n.Schema}, nil
}

func (b relationBinder) days(n DaysNode, wanted []string) (Relation, error) {
	below := union(n.From.Columns(), n.To.Columns())
	for _, name := range wanted {
		if !expr.SameColumn(name, n.Name) {
			below = union(below, []string{name})
		}
	}
	in, err := b.bind(n.In, below)
	if err != nil {
		return Relation{}, err
	}
	ends := [2]expr.Expr{n.From, n.To}
	for i, e := range ends {
		if ends[i], err = e.Bind(in.schema); err != nil {
			return Relation{}, err
		}
		if t := ends[i].Type(); t != expr.Date && t != expr.Null {
			return Relation{}, fmt.Errorf("%s is %s, and days go from a DATE to a DATE", e, t)
		}
	}
	schema := append(slices.Clone(in.schema), expr.Field{Name: n.Name, Type: expr.Date})
	return Relation{DaysNode{in, n.Name, ends[0], ends[1]}, schema}, nil
}
