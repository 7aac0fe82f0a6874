package googlesql

import (
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Operators that look at several rows at once.

// aggregated computes the keys and the arguments of the terms once for each row,
// under names of our own, and groups by those.
func (w *writer) aggregated(n quality.AggregateNode) source {
	in := w.source(n.In)
	w.names = in.names
	p := newProjection(w, n.In.Schema())
	var items []item
	var by []string
	for _, k := range n.Keys {
		typ := storable(k.Of.Type())
		name := p.item("v", grouped(w.typed(k.Of, typ), typ))
		items = append(items, item{k.Name, ungrouped(name, typ)})
		by = append(by, name)
	}
	for _, t := range n.Terms {
		items = append(items, item{t.Name, p.term(t.Term, over{})})
	}
	tail := "\nFROM (\n" + p.sql(in.from, "") + "\n)"
	if len(by) > 0 {
		tail += "\nGROUP BY " + strings.Join(by, ", ")
	}
	return w.cte(items, tail)
}

// over adds window functions to the columns of a relation.
func (w *writer) over(in quality.Relation, partition, order []string, add func(window string) []item) source {
	s := w.source(in)
	w.names = s.names
	var parts, sorts []string
	for _, name := range partition {
		parts = append(parts, partitioned(w.column(spelled(in.Schema(), name)), typeOf(in.Schema(), name)))
	}
	for _, name := range order {
		sorts = append(sorts, w.column(spelled(in.Schema(), name)))
	}
	window := "OVER ("
	if len(parts) > 0 {
		window += "PARTITION BY " + strings.Join(parts, ", ") + " "
	}
	if len(sorts) > 0 {
		window += "ORDER BY " + strings.Join(sorts, ", ")
	}
	return w.cte(append(w.same(in.Schema()), add(window+")")...), "\nFROM "+s.from+"\n"+w.ofARow(""))
}

func (w *writer) running(n quality.RunningNode) source {
	return w.over(n.In, n.Partition, n.Order, func(window string) []item {
		var out []item
		for _, t := range n.Terms {
			text := "COUNT(*) " + window
			if t.Term.Op == quality.OpSum {
				text = w.runningSum(t.Term.Args[0], window)
			}
			out = append(out, item{t.Name, text})
		}
		return out
	})
}

// runningSum adds INT64 by halves, neither of whose sums overflows: a sum of INT64
// could, and one of decimals over a window is 0 on the emulator, whose MOD is that
// of floats.
func (w *writer) runningSum(of expr.Expr, window string) string {
	text := w.typed(of, expr.Float64)
	switch typ := of.Type(); {
	case typ == expr.Int64:
		high := "DIV(" + text + ", 4294967296)"
		low := text + " - " + high + " * 4294967296"
		return "CAST(SUM(" + high + ") " + window + " AS BIGNUMERIC) * 4294967296 + CAST(SUM(" + low + ") " + window + " AS BIGNUMERIC)"
	case typ == expr.Float64 || !typ.IsNumber():
		return "SUM(" + text + ") " + window
	}
	return "SUM(CAST(" + text + " AS BIGNUMERIC)) " + window
}

func (w *writer) previous(n quality.PreviousNode) source {
	return w.over(n.In, n.Partition, n.Order, func(window string) []item {
		var out []item
		for _, c := range n.Values {
			out = append(out, item{c.Name, "LAG(" + w.typed(c.Of, storable(c.Of.Type())) + ") " + window})
		}
		return out
	})
}
