package quality

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// shows reports whether a column of a relation is made of a table's column for which
// hidden is TRUE; of a derivation it may be made of any column of its inputs, "".
func (r Relation) shows(column string, hidden func(table, column string) bool) bool {
	made := func(in Relation, of []string) bool {
		return slices.ContainsFunc(of, func(name string) bool { return in.shows(name, hidden) })
	}
	// through is a column that an operator defines in one of some lists, or lets through.
	through := func(in Relation, lists ...[]Column) bool {
		defined := false
		for _, list := range lists {
			for _, c := range list {
				if expr.SameColumn(c.Name, column) {
					if defined = true; made(in, c.Of.Columns()) {
						return true
					}
				}
			}
		}
		return !defined && in.shows(column, hidden)
	}
	terms := func(ts []NamedTerm) []Column {
		var out []Column
		for _, t := range ts {
			out = append(out, As(t.Name, expr.Lit(true)))
			for _, name := range t.Term.Columns() {
				if !t.Term.Counts() {
					out = append(out, As(t.Name, expr.Col(name)))
				}
			}
		}
		return out
	}
	switch n := r.node.(type) {
	case ReadNode:
		return hidden(n.Table, column)
	case DerivedNode:
		return slices.ContainsFunc(r.Tables(), func(t string) bool { return hidden(t, "") })
	case FilterNode:
		return n.In.shows(column, hidden)
	case ProjectNode:
		return through(n.In, n.Columns)
	case ExpandNode:
		return through(n.In, n.Lists...)
	case UnionNode:
		return slices.ContainsFunc(n.In, func(in Relation) bool { return in.shows(column, hidden) })
	case AggregateNode:
		return through(n.In, n.Keys, terms(n.Terms))
	case PreviousNode:
		return through(n.In, n.Values)
	case RunningNode:
		return through(n.In, terms(n.Terms))
	case DaysNode:
		return through(n.In, []Column{As(n.Name, n.From), As(n.Name, n.To)})
	case JoinNode:
		if right, ok := n.Right.node.(AggregateNode); ok && slices.ContainsFunc(right.Terms, func(t NamedTerm) bool { return expr.SameColumn(t.Name, column) }) {
			return n.Right.shows(column, hidden)
		}
		// A key without a left row has the right's value.
		for _, on := range n.On {
			if n.Kind == FullJoin && expr.SameColumn(on.Left, column) && n.Right.shows(on.Right, hidden) {
				return true
			}
		}
		return n.Left.shows(column, hidden)
	}
	return false
}
