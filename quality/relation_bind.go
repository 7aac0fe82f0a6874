package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// relationBinder resolves relations against the tables that they read. Columns are
// asked for from above, so that each operator makes, and each table is read for,
// just what somebody wants.
type relationBinder struct {
	schema func(table string) (expr.Schema, error)
	shared *sharing // nil where each place has what it wants to itself
}

// bind resolves a relation of which some columns are wanted.
func (b relationBinder) bind(r Relation, wanted []string) (Relation, error) {
	if b.shared == nil || r.Table() != "" {
		return b.operator(r, wanted)
	}
	all := b.shared.want(r, wanted)
	out, err := b.operator(r, all)
	if err != nil || len(all) == len(union(nil, wanted)) {
		return out, err
	}
	columns, schema, err := bindColumns(nil, wanted, out.schema)
	return Relation{ProjectNode{out, columns}, schema}, err
}

func (b relationBinder) operator(r Relation, wanted []string) (Relation, error) {
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
