package quality

import "github.com/intactdata/intact/quality/expr"

// Column is a column that an operator defines.
type Column struct {
	Name string
	Of   expr.Expr
}

// As defines a column.
func As(name string, of expr.Expr) Column { return Column{name, of} }

// Columns defines columns as those of the same name.
func Columns(names ...string) []Column {
	out := make([]Column, len(names))
	for i, name := range names {
		out[i] = As(name, expr.Col(name))
	}
	return out
}

// NamedTerm is a term as a column of an Aggregate.
type NamedTerm struct {
	Name string
	Term Term
}

// Named gives a term the name of a column.
func (t Term) Named(name string) NamedTerm { return NamedTerm{name, t} }

// The operators.
type (
	// ReadNode is a table's rows.
	ReadNode struct{ Table string }
	// FilterNode keeps the rows where a predicate is TRUE.
	FilterNode struct {
		In    Relation
		Where expr.Expr
	}
	// ProjectNode computes columns of each row.
	ProjectNode struct {
		In      Relation
		Columns []Column
	}
	// ExpandNode makes a row for each list of columns of each row. The lists
	// define the same names.
	ExpandNode struct {
		In    Relation
		Lists [][]Column
	}
	// UnionNode is the rows of all inputs, columns by name.
	UnionNode struct{ In []Relation }
	// AggregateNode is a row for each combination of keys, NULL among them, with
	// terms over its rows; without keys it is one row, also of no rows.
	AggregateNode struct {
		In    Relation
		Keys  []Column
		Terms []NamedTerm
	}
	// JoinNode puts beside each left row the terms of the right's group of equal
	// keys. The right side is an AggregateNode by the join's keys, so there is at
	// most one; NULL equals nothing.
	JoinNode struct {
		Kind        JoinKind
		Left, Right Relation
		On          []On
	}
	// PreviousNode adds the values of the group before, in the order of some
	// columns within a partition. Its rows are those of an AggregateNode whose keys
	// are the partition and the order, so there are no ties.
	PreviousNode struct {
		In               Relation
		Partition, Order []string
		Values           []Column // each of a column of In: its value one group before
	}
	// RunningNode adds aggregates over the rows of a partition so far, ties
	// together: COUNT of the rows, SUM of values.
	RunningNode struct {
		In               Relation
		Partition, Order []string
		Terms            []NamedTerm // OpCount and OpSum
	}
	// ValuesNode is literal rows.
	ValuesNode struct {
		Schema expr.Schema
		Rows   [][]expr.Value
	}
	// DaysNode makes a row for each day from From to To, both included, of each
	// row; of a row in which one of them is NULL there is none.
	DaysNode struct {
		In       Relation
		Name     string
		From, To expr.Expr
	}
	// DerivedNode is rows of a Derivation.
	DerivedNode struct{ Derivation Derivation }
)

// JoinKind says which rows a join keeps.
type JoinKind string

// The joins.
const (
	InnerJoin JoinKind = "inner" // left rows that have a match
	LeftJoin  JoinKind = "left"  // all left rows; without a match the right's columns are NULL
	AntiJoin  JoinKind = "anti"  // left rows that have none
	// FullJoin keeps all left rows, and right rows that no left row matches: of
	// those the left's columns are NULL but for the keys.
	FullJoin JoinKind = "full"
)

// On says that a left column equals a right one.
type On struct{ Left, Right string }

// Equal joins on columns of equal names.
func Equal(names ...string) []On {
	out := make([]On, len(names))
	for i, name := range names {
		out[i] = On{name, name}
	}
	return out
}

func (ReadNode) relation()      {}
func (FilterNode) relation()    {}
func (ProjectNode) relation()   {}
func (ExpandNode) relation()    {}
func (UnionNode) relation()     {}
func (AggregateNode) relation() {}
func (JoinNode) relation()      {}
func (PreviousNode) relation()  {}
func (RunningNode) relation()   {}
func (ValuesNode) relation()    {}
func (DaysNode) relation()      {}
func (DerivedNode) relation()   {}

// Operators has a node of each operator, so that tests can ask an engine for each.
func Operators() []RelationNode {
	return []RelationNode{
		ReadNode{}, FilterNode{}, ProjectNode{}, ExpandNode{}, UnionNode{}, AggregateNode{}, JoinNode{},
		PreviousNode{}, RunningNode{}, ValuesNode{}, DaysNode{}, DerivedNode{},
	}
}

// Inputs of each operator.
func (ReadNode) Inputs() []Relation        { return nil }
func (n FilterNode) Inputs() []Relation    { return []Relation{n.In} }
func (n ProjectNode) Inputs() []Relation   { return []Relation{n.In} }
func (n ExpandNode) Inputs() []Relation    { return []Relation{n.In} }
func (n UnionNode) Inputs() []Relation     { return n.In }
func (n AggregateNode) Inputs() []Relation { return []Relation{n.In} }
func (n JoinNode) Inputs() []Relation      { return []Relation{n.Left, n.Right} }
func (n PreviousNode) Inputs() []Relation  { return []Relation{n.In} }
func (n RunningNode) Inputs() []Relation   { return []Relation{n.In} }
func (ValuesNode) Inputs() []Relation      { return nil }
func (n DaysNode) Inputs() []Relation      { return []Relation{n.In} }
func (n DerivedNode) Inputs() []Relation   { return n.Derivation.Inputs() }
