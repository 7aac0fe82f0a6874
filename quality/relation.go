package quality

import (
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Relation is rows: a table's, or rows made from rows by a tree of operators, each
// named as relational algebra names it.
//
//	due := quality.Read("nba_raw.schedule").
//		Filter(expr.Col("status").Eq("final")).
//		Expand([]quality.Column{quality.As("team", expr.Col("home_team"))},
//			[]quality.Column{quality.As("team", expr.Col("away_team"))})
//
// The set of operators is closed, so that every engine can make all of them; only
// windows have bodies of their own (see [Derivation]). A relation is a value that
// nothing changes, and the zero Relation is none.
//
// # What passes through
//
// A column that is asked of a relation and that the operator does not define comes
// through from below: through Filter, Project, Expand, Union, Previous, Running and
// Days as it is, through an Aggregate only where it is one of its keys, through a
// Join from the left.
type Relation struct {
	node   RelationNode
	schema expr.Schema // once bound
}

// RelationNode is the operator at the root of a relation, for engines.
type RelationNode interface {
	// Inputs are what it makes its rows from.
	Inputs() []Relation
	relation()
}

// Read is a table by name: [project.]dataset.table.
func Read(table string) Relation { return Relation{node: ReadNode{table}} }

// Values is literal rows.
func Values(schema expr.Schema, rows ...[]expr.Value) Relation {
	return Relation{node: ValuesNode{schema, rows}}
}

// Days is a row for each day of a range, both ends included.
func Days(name string, from, to civil.Date) Relation {
	one := Values(nil, []expr.Value{})
	return one.Days(name, expr.Lit(from), expr.Lit(to))
}

// Derived is the rows of a derivation.
func Derived(d Derivation) Relation { return Relation{node: DerivedNode{d}} }

// Union is the rows of all relations together; their columns go by name.
func Union(of ...Relation) Relation { return Relation{node: UnionNode{of}} }

// Filter keeps the rows where the predicate is TRUE; the zero Expr keeps all. A filter
// of filtered rows is one.
func (r Relation) Filter(where expr.Expr) Relation {
	if where.IsZero() || where.AlwaysTrue() {
		return r
	}
	if n, ok := r.node.(FilterNode); ok {
		return Relation{node: FilterNode{n.In, expr.AllOf(n.Where, where)}}
	}
	return Relation{node: FilterNode{r, where}}
}

// Project computes columns of each row.
func (r Relation) Project(columns ...Column) Relation { return Relation{node: ProjectNode{r, columns}} }

// Expand makes a row of each row for each of the lists.
func (r Relation) Expand(lists ...[]Column) Relation { return Relation{node: ExpandNode{r, lists}} }

// Aggregate is a row for each combination of keys.
func (r Relation) Aggregate(keys []Column, terms ...NamedTerm) Relation {
	return Relation{node: AggregateNode{r, keys, terms}}
}

// Join puts the right's group of equal keys beside each row.
func (r Relation) Join(kind JoinKind, right Relation, on ...On) Relation {
	return Relation{node: JoinNode{kind, r, right, on}}
}

// Previous adds values of the group before.
func (r Relation) Previous(partition, order []string, values ...Column) Relation {
	return Relation{node: PreviousNode{r, partition, order, values}}
}

// Running adds aggregates over the rows so far.
func (r Relation) Running(partition, order []string, terms ...NamedTerm) Relation {
	return Relation{node: RunningNode{r, partition, order, terms}}
}

// Days makes a row for each day between two dates of a row.
func (r Relation) Days(name string, from, to expr.Expr) Relation {
	return Relation{node: DaysNode{r, name, from, to}}
}

// IsZero reports whether there is no relation.
func (r Relation) IsZero() bool { return r.node == nil }

// Schema is the columns of a relation that was bound for a plan: those that
// somebody reads.
func (r Relation) Schema() expr.Schema { return r.schema }

// Node is the operator at the root, nil for the zero Relation.
func (r Relation) Node() RelationNode { return r.node }

// Table is the name of a table that is read as it is, "" for rows that are made.
func (r Relation) Table() string {
	if n, ok := r.node.(ReadNode); ok {
		return n.Table
	}
	return ""
}

// Tables are those that the rows are made from, each once, in order.
func (r Relation) Tables() []string {
	var out []string
	r.Walk(func(n RelationNode) {
		if t, ok := n.(ReadNode); ok && !slices.Contains(out, t.Table) {
			out = append(out, t.Table)
		}
	})
	return out
}

// Reads are the columns that a bound relation reads of each table, nil for all that
// a derivation may read.
func (r Relation) Reads() map[string][]string {
	out := map[string][]string{}
	whole := map[string]bool{}
	var visit func(Relation, bool)
	visit = func(r Relation, derived bool) {
		if t := r.Table(); t != "" {
			whole[t] = whole[t] || derived
			out[t] = union(out[t], r.schema.Names())
		}
		if r.node == nil {
			return
		}
		_, derives := r.node.(DerivedNode)
		for _, in := range r.node.Inputs() {
			visit(in, derived || derives)
		}
	}
	visit(r, false)
	for t := range whole {
		if whole[t] {
			out[t] = nil
		}
	}
	return out
}

// Walk visits every operator of the tree, the root first.
func (r Relation) Walk(visit func(RelationNode)) {
	if r.node == nil {
		return
	}
	visit(r.node)
	for _, in := range r.node.Inputs() {
		in.Walk(visit)
	}
}
