package quality

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Text tells people how the rows are made, an operator a line in the order in which
// rows come through them: what a row is read from first. The other side of a join, and
// each relation of a union, stands indented.
func (r Relation) Text() string {
	in := func(of Relation, line string, args ...any) string {
		return of.Text() + "\n" + fmt.Sprintf(line, args...)
	}
	switch n := r.node.(type) {
	case ReadNode:
		return "read " + n.Table + parenthesised(r.schema.Names())
	case DerivedNode:
		return "derive " + n.Derivation.Key() + parenthesised(r.schema.Names())
	case FilterNode:
		return in(n.In, "filter %s", n.Where)
	case ProjectNode:
		return in(n.In, "project %s", definitions(n.Columns))
	case ExpandNode:
		lists := make([]string, len(n.Lists))
		for i, l := range n.Lists {
			lists[i] = "(" + definitions(l) + ")"
		}
		return in(n.In, "expand %s", strings.Join(lists, ", "))
	case UnionNode:
		parts := make([]string, len(n.In))
		for i, of := range n.In {
			parts[i] = indented(of.Text())
		}
		return "union of\n" + strings.Join(parts, "\nand\n")
	case AggregateNode:
		by := ""
		if len(n.Keys) > 0 {
			by = " by " + definitions(n.Keys)
		}
		return in(n.In, "aggregate%s", by+computed(n.Terms))
	case JoinNode:
		on := make([]string, len(n.On))
		for i, o := range n.On {
			if on[i] = expr.QuoteName(o.Left); o.Left != o.Right {
				on[i] += " = " + expr.QuoteName(o.Right)
			}
		}
		return in(n.Left, "%s join on %s with\n%s", n.Kind, strings.Join(on, ", "), indented(n.Right.Text()))
	case PreviousNode:
		return in(n.In, "previous%s: %s", sequence(n.Partition, n.Order), definitions(n.Values))
	case RunningNode:
		return in(n.In, "running%s%s", sequence(n.Partition, n.Order), computed(n.Terms))
	case ValuesNode:
		return Plural(int64(len(n.Rows)), "literal row", "literal rows") + parenthesised(n.Schema.Names())
	case DaysNode:
		return in(n.In, "days %s from %s to %s", expr.QuoteName(n.Name), n.From, n.To)
	}
	return ""
}

// definitions are columns with what they are, where that is not a column of the name.
func definitions(columns []Column) string {
	parts := make([]string, len(columns))
	for i, c := range columns {
		if parts[i] = expr.QuoteName(c.Name); parts[i] != c.Of.String() {
			parts[i] += " = " + c.Of.String()
		}
	}
	return strings.Join(parts, ", ")
}

// computed are terms as the tail of a line.
func computed(terms []NamedTerm) string {
	if len(terms) == 0 {
		return ""
	}
	parts := make([]string, len(terms))
	for i, t := range terms {
		parts[i] = expr.QuoteName(t.Name) + " = " + t.Term.Key()
	}
	return ": " + strings.Join(parts, ", ")
}

func sequence(partition, order []string) string {
	out := ""
	if len(partition) > 0 {
		out += " within " + quoted(partition)
	}
	return out + " in the order of " + quoted(order)
}

func parenthesised(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " (" + quoted(names) + ")"
}

func quoted(names []string) string {
	parts := make([]string, len(names))
	for i, name := range names {
		parts[i] = expr.QuoteName(name)
	}
	return strings.Join(parts, ", ")
}
