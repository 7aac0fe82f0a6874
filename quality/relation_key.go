package quality

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Key is a text that equal relations, and only those, have in common.
func (r Relation) Key() string {
	columns := func(cs []Column) string {
		parts := make([]string, len(cs))
		for i, c := range cs {
			parts[i] = expr.QuoteName(c.Name) + " = " + c.Of.String()
		}
		return strings.Join(parts, ", ")
	}
	terms := func(ts []NamedTerm) string {
		parts := make([]string, len(ts))
		for i, t := range ts {
			parts[i] = expr.QuoteName(t.Name) + " = " + t.Term.Key()
		}
		return strings.Join(parts, ", ")
	}
	switch n := r.node.(type) {
	case ReadNode:
		return "read " + n.Table + wantedText(r.schema)
	case DerivedNode:
		return "derived " + n.Derivation.Key() + wantedText(r.schema)
	case FilterNode:
		return fmt.Sprintf("filter(%s)\n%s", n.Where, n.In.Key())
	case ProjectNode:
		return fmt.Sprintf("project(%s)\n%s", columns(n.Columns), n.In.Key())
	case ExpandNode:
		parts := make([]string, len(n.Lists))
		for i, l := range n.Lists {
			parts[i] = "(" + columns(l) + ")"
		}
		return fmt.Sprintf("expand(%s)\n%s", strings.Join(parts, ", "), n.In.Key())
	case UnionNode:
		parts := make([]string, len(n.In))
		for i, in := range n.In {
			parts[i] = indented(in.Key())
		}
		return "union of\n" + strings.Join(parts, "\nand\n")
	case AggregateNode:
		return fmt.Sprintf("aggregate(by %s: %s)\n%s", columns(n.Keys), terms(n.Terms), n.In.Key())
	case JoinNode:
		on := make([]string, len(n.On))
		for i, o := range n.On {
			on[i] = expr.QuoteName(o.Left) + " = " + expr.QuoteName(o.Right)
		}
		return fmt.Sprintf("%s join(%s) with\n%s\nof\n%s", n.Kind, strings.Join(on, ", "), indented(n.Right.Key()), n.Left.Key())
	case PreviousNode:
		return fmt.Sprintf("previous(%s by %s order %s)\n%s", columns(n.Values), quoted(n.Partition), quoted(n.Order), n.In.Key())
	case RunningNode:
		return fmt.Sprintf("running(%s by %s order %s)\n%s", terms(n.Terms), quoted(n.Partition), quoted(n.Order), n.In.Key())
	case ValuesNode:
		return "values " + valuesText(n)
	case DaysNode:
		return fmt.Sprintf("days(%s from %s to %s)\n%s", expr.QuoteName(n.Name), n.From, n.To, n.In.Key())
	}
	return ""
}

// wantedText tells which columns are read, once that is known.
func wantedText(s expr.Schema) string {
	if s == nil {
		return ""
	}
	return " (" + quoted(s.Names()) + ")"
}

func indented(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }

func valuesText(n ValuesNode) string {
	var b strings.Builder
	for _, f := range n.Schema {
		fmt.Fprintf(&b, "%s %s, ", expr.QuoteName(f.Name), f.Type)
	}
	for _, row := range n.Rows {
		b.WriteByte('(')
		for _, v := range row {
			b.WriteString(v.SQL() + ", ")
		}
		b.WriteByte(')')
	}
	return b.String()
}

// String names the relation in messages: a table by its name, made rows by theirs.
func (r Relation) String() string {
	return cmp.Or(r.Table(), "rows made of "+cmp.Or(strings.Join(r.Tables(), ", "), "no table"))
}
