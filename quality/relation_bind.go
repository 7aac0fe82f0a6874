package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// relationBinder resolves relations against the tables that they read. Columns are
// asked for from above, so that each operator makes, and each table is read for,
// just what somebody wants.
type relationBinder struct {
	schema func(table string) (expr.Schema, error)
}

// bind resolves a relation of which some columns are wanted.
func (b relationBinder) bind(r Relation, wanted []string) (Relation, error) {
	out := Relation{}
	var err error
	switch n := r.node.(type) {
	case nil:
		return out, fmt.Errorf("the relation is missing")
	case ReadNode:
		out.node = n
		var all expr.Schema
		if all, err = b.schema(n.Table); err == nil {
			out.schema, err = restricted(all, wanted, n.Table)
		}
	case DerivedNode:
		out, err = b.derived(n, wanted)
	case FilterNode:
		out, err = b.filter(n, wanted)
	case ProjectNode:
		out, err = b.project(n, wanted)
	case ExpandNode:
		out, err = b.expand(n, wanted)
	case UnionNode:
		out, err = b.union(n, wanted)
	case AggregateNode:
		out, err = b.aggregate(n, wanted)
	case JoinNode:
		out, err = b.join(n, wanted)
	case PreviousNode:
		out, err = b.previous(n, wanted)
	case RunningNode:
		out, err = b.running(n, wanted)
	case ValuesNode:
		out, err = b.values(n)
	case DaysNode:
		out, err = b.days(n, wanted)
	default:
		err = fmt.Errorf("%T is no operator", n)
	}
	return out, err
}

// restricted are the wanted columns of a table, in the table's order.
func restricted(all expr.Schema, wanted []string, of string) (expr.Schema, error) {
	keep := map[string]bool{}
	for _, name := range wanted {
		f, err := all.Field(name)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", of, err)
		}
		keep[f.Name] = true
	}
	out := expr.Schema{}
	for _, f := range all {
		if keep[f.Name] {
			out = append(out, f)
		}
	}
	return out, nil
}

func (b relationBinder) derived(n DerivedNode, wanted []string) (Relation, error) {
	var inputs []expr.Schema
	for _, in := range n.Derivation.Inputs() {
		t := in.Table()
		if t == "" {
			return Relation{}, fmt.Errorf("%s: a derivation is made from tables", n.Derivation.Key())
		}
		s, err := b.schema(t)
		if err != nil {
			return Relation{}, err
		}
		inputs = append(inputs, s)
	}
	all, err := n.Derivation.Schema(inputs)
	if err != nil {
		return Relation{}, err
	}
	schema, err := restricted(all, wanted, n.Derivation.Key())
	return Relation{n, schema}, err
}

func (b relationBinder) filter(n FilterNode, wanted []string) (Relation, error) {
	in, err := b.bind(n.In, union(wanted, n.Where.Columns()))
	if err != nil {
		return Relation{}, err
	}
	where, err := n.Where.BindPredicate(in.schema)
	return Relation{FilterNode{in, where}, in.schema}, err
}

// defined are the columns of a list that are wanted, and those that have to come
// from below: for them, and as they are.
func defined(columns []Column, wanted []string) (define []Column, through, below []string, err error) {
	if err := distinctNames(columns); err != nil {
		return nil, nil, nil, err
	}
	for _, name := range wanted {
		if !slices.ContainsFunc(columns, func(c Column) bool { return strings.EqualFold(c.Name, name) }) {
			through = append(through, name)
		}
	}
	below = slices.Clone(through)
	for _, c := range columns {
		if expr.Named(wanted, c.Name) {
			define = append(define, c)
			below = union(below, c.Of.Columns())
		}
	}
	return define, through, below, nil
}

func distinctNames(columns []Column) error {
	names := make([]string, len(columns))
	for i, c := range columns {
		if names[i] = c.Name; c.Name == "" || c.Of.IsZero() {
			return fmt.Errorf("a column has no name, or nothing that it is")
		}
	}
	return expr.CheckDistinct(names)
}

// bindColumns resolves columns over rows, and appends those that come through.
func bindColumns(columns []Column, through []string, in expr.Schema) ([]Column, expr.Schema, error) {
	var out []Column
	var schema expr.Schema
	for _, name := range through {
		f, err := in.Field(name)
		if err != nil {
			return nil, nil, err
		}
		columns = append(slices.Clip(columns), As(f.Name, expr.Col(f.Name)))
	}
	for _, c := range columns {
		of, err := c.Of.Bind(in)
		if err != nil {
			return nil, nil, err
		}
		out = append(out, Column{c.Name, of})
		schema = append(schema, expr.Field{Name: c.Name, Type: of.Type()})
	}
	return out, schema, nil
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

func names(columns []Column) []string {
	out := make([]string, len(columns))
	for i, c := range columns {
		out[i] = c.Name
	}
	slices.Sort(out)
	return out
}

// sameTypes is the schema of rows of both, whose columns have equal types, or none
// but NULL in one.
func sameTypes(a, b expr.Schema) (expr.Schema, error) {
	out := slices.Clone(a)
	for i, f := range out {
		other, err := b.Field(f.Name)
		if err != nil {
			return nil, err
		}
		switch {
		case f.Type == expr.Null:
			out[i].Type = other.Type
		case other.Type != expr.Null && other.Type != f.Type:
			return nil, fmt.Errorf("column %q is %s and %s: make them one type with CAST", f.Name, f.Type, other.Type)
		}
	}
	return out, nil
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

func (b relationBinder) aggregate(n AggregateNode, wanted []string) (Relation, error) {
	all := slices.Clone(n.Keys)
	var terms []NamedTerm
	below := []string{}
	for _, k := range n.Keys {
		below = union(below, k.Of.Columns())
	}
	for _, t := range n.Terms {
		all = append(all, As(t.Name, expr.Lit(true)))
		if expr.Named(wanted, t.Name) {
			terms = append(terms, t)
			below = union(below, t.Term.Columns())
		}
	}
	_, through, _, err := defined(all, wanted)
	if err != nil {
		return Relation{}, err
	}
	if len(through) > 0 {
		return Relation{}, fmt.Errorf("column %q does not come through an aggregate: make it one of the keys (%s)", through[0], strings.Join(names(n.Keys), ", "))
	}
	in, err := b.bind(n.In, below)
	if err != nil {
		return Relation{}, err
	}
	keys, schema, err := bindColumns(n.Keys, nil, in.schema)
	if err != nil {
		return Relation{}, err
	}
	for _, f := range schema {
		if !f.Type.Computable() {
			return Relation{}, fmt.Errorf("column %q is %s, whose values cannot be grouped", f.Name, f.Type)
		}
	}
	for i, t := range terms {
		bound, err := t.Term.bind(in.schema)
		if err != nil {
			return Relation{}, err
		}
		typ, err := bound.Type()
		if err != nil {
			return Relation{}, err
		}
		terms[i].Term = bound
		schema = append(schema, expr.Field{Name: t.Name, Type: typ})
	}
	return Relation{AggregateNode{in, keys, terms}, schema}, nil
}

func (b relationBinder) join(n JoinNode, wanted []string) (Relation, error) {
	right, ok := n.Right.node.(AggregateNode)
	var leftKeys, rightKeys []string
	for _, on := range n.On {
		leftKeys, rightKeys = append(leftKeys, on.Left), append(rightKeys, on.Right)
	}
	slices.Sort(rightKeys)
	if !ok || !slices.Equal(names(right.Keys), rightKeys) {
		return Relation{}, fmt.Errorf("the right side of a join is an aggregate by the join's keys (%s)", strings.Join(rightKeys, ", "))
	}
	var fromRight, fromLeft []string
	for _, name := range wanted {
		if slices.ContainsFunc(right.Terms, func(t NamedTerm) bool { return strings.EqualFold(t.Name, name) }) {
			fromRight = append(fromRight, name)
		} else {
			fromLeft = append(fromLeft, name)
		}
	}
	l, err := b.bind(n.Left, union(fromLeft, leftKeys))
	if err != nil {
		return Relation{}, fmt.Errorf("the left side of the join: %w", err)
	}
	r, err := b.bind(n.Right, union(fromRight, rightKeys))
	if err != nil {
		return Relation{}, fmt.Errorf("the right side of the join: %w", err)
	}
	schema := slices.Clone(l.schema)
	for _, on := range n.On {
		if err := sameKey(l.schema, r.schema, on); err != nil {
			return Relation{}, err
		}
	}
	for _, f := range r.schema {
		if !expr.Named(rightKeys, f.Name) {
			schema = append(schema, f)
		}
	}
	return Relation{JoinNode{n.Kind, l, r, n.On}, schema}, nil
}

// sameKey refuses keys of unlike types, which nothing casts unasked.
func sameKey(left, right expr.Schema, on On) error {
	l, err := left.Field(on.Left)
	if err != nil {
		return err
	}
	r, err := right.Field(on.Right)
	if err != nil {
		return err
	}
	if l.Type != r.Type && l.Type != expr.Null && r.Type != expr.Null {
		return fmt.Errorf("%s is %s and %s is %s, and keys of unlike types equal nothing: declare both as one type, or convert one with CAST", on.Left, l.Type, on.Right, r.Type)
	}
	return nil
}

func (b relationBinder) previous(n PreviousNode, wanted []string) (Relation, error) {
	agg, ok := n.In.node.(AggregateNode)
	keys := slices.Concat(n.Partition, n.Order)
	slices.Sort(keys)
	if !ok || !slices.Equal(names(agg.Keys), keys) {
		return Relation{}, fmt.Errorf("previous is of an aggregate whose keys are its partition and order (%s)", strings.Join(keys, ", "))
	}
	define, through, below, err := defined(n.Values, wanted)
	if err != nil {
		return Relation{}, err
	}
	in, err := b.bind(n.In, union(below, keys))
	if err != nil {
		return Relation{}, err
	}
	values, added, err := bindColumns(define, nil, in.schema)
	_ = through // all columns of the aggregate come through
	return Relation{PreviousNode{in, n.Partition, n.Order, values}, append(slices.Clone(in.schema), added...)}, err
}

func (b relationBinder) running(n RunningNode, wanted []string) (Relation, error) {
	var terms []NamedTerm
	below := union(n.Partition, n.Order)
	for _, t := range n.Terms {
		if expr.Named(wanted, t.Name) {
			terms = append(terms, t)
			below = union(below, t.Term.Columns())
		}
	}
	for _, name := range wanted {
		if !slices.ContainsFunc(n.Terms, func(t NamedTerm) bool { return strings.EqualFold(t.Name, name) }) {
			below = union(below, []string{name})
		}
	}
	in, err := b.bind(n.In, below)
	if err != nil {
		return Relation{}, err
	}
	schema := slices.Clone(in.schema)
	for i, t := range terms {
		if t.Term.Op != OpCount && t.Term.Op != OpSum {
			return Relation{}, fmt.Errorf("%s cannot run: a running term is a count or a sum", t.Term.Key())
		}
		if terms[i].Term, err = t.Term.bind(in.schema); err != nil {
			return Relation{}, err
		}
		typ, err := terms[i].Term.Type()
		if err != nil {
			return Relation{}, err
		}
		schema = append(schema, expr.Field{Name: t.Name, Type: typ})
	}
	return Relation{RunningNode{in, n.Partition, n.Order, terms}, schema}, nil
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
		if !strings.EqualFold(name, n.Name) {
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

// union adds the names that a list lacks, as BigQuery compares names.
func union(list, more []string) []string {
	out := slices.Clone(list)
	for _, name := range more {
		if !expr.Named(out, name) {
			out = append(out, name)
		}
	}
	return out
}
