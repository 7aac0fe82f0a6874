package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Operators that look at several rows at once.

func (b relationBinder) aggregate(n AggregateNode, wanted []string) (Relation, error) {
	all := slices.Clone(n.Keys)
	if slices.Contains(wanted, PositionColumn) && !slices.ContainsFunc(n.Keys, func(k Column) bool { return k.Name == PositionColumn }) {
		n.Terms = append(slices.Clip(n.Terms), MinOf(expr.Col(PositionColumn)).Named(PositionColumn))
	}
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
		if slices.ContainsFunc(right.Terms, func(t NamedTerm) bool { return expr.SameColumn(t.Name, name) }) {
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
		if at := schema.Position(on.Left); n.Kind == FullJoin && schema[at].Type == expr.Null { // it holds the right's keys too
			f, _ := r.schema.Field(on.Right)
			schema[at].Type = f.Type
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
	define, _, below, err := defined(n.Values, wanted)
	if err != nil {
		return Relation{}, err
	}
	in, err := b.bind(n.In, union(below, keys))
	if err != nil {
		return Relation{}, err
	}
	values, added, err := bindColumns(define, nil, in.schema)
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
	if len(terms) == 0 { // it adds nothing, and takes nothing away
		return b.bind(n.In, wanted)
	}
	for _, name := range wanted {
		if !slices.ContainsFunc(n.Terms, func(t NamedTerm) bool { return expr.SameColumn(t.Name, name) }) {
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
