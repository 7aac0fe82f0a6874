package googlesql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// source is a relation as it stands behind FROM, under rowAlias.
type source struct {
	from string
	// names are what its columns are called there; nil is the names of the table.
	names map[string]string
}

// source writes the operators of a relation as common table expressions, each of
// which the next one alone refers to: BigQuery evaluates one at each reference.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#with_clause
func (w *writer) source(rel quality.Relation) source {
	switch n := rel.Node().(type) {
	case quality.ReadNode:
		return source{from: w.table(n.Table)}
	case quality.DerivedNode:
		return source{from: w.derived(n.Derivation) + " AS " + rowAlias}
	case quality.FilterNode:
		return w.filtered(n)
	case quality.ProjectNode:
		return w.projected(n)
	case quality.ExpandNode:
		return w.expanded(n, rel.Schema())
	case quality.UnionNode:
		return w.unioned(n, rel.Schema())
	case quality.AggregateNode:
		return w.aggregated(n)
	case quality.JoinNode:
		return w.joinedTo(n, rel.Schema())
	case quality.PreviousNode:
		return w.over(n.In, n.Partition, n.Order, func(window string) []item {
			var out []item
			for _, c := range n.Values {
				out = append(out, item{c.Name, "LAG(" + w.typed(c.Of, storable(c.Of.Type())) + ") " + window})
			}
			return out
		})
	case quality.RunningNode:
		return w.over(n.In, n.Partition, n.Order, func(window string) []item { return w.running(n, window) })
	case quality.ValuesNode:
		return w.literal(n)
	case quality.DaysNode:
		in := w.source(n.In)
		w.names = in.names
		from := in.from + " CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(" + w.typed(n.From, expr.Date) + ", " + w.typed(n.To, expr.Date) + ")) AS day"
		items := append(w.same(n.In.Schema()), item{n.Name, "day"})
		return w.cte(items, "\nFROM "+from)
	}
	w.fail(fmt.Errorf("the relation %s cannot be written as GoogleSQL", rel))
	return source{}
}

// item is a column of a SELECT: what it is called in the relation, and its text.
type item struct{ name, text string }

// cte adds a common table expression, whose columns get names of our own.
func (w *writer) cte(items []item, tail string) source {
	if len(items) == 0 {
		items = []item{{"", "1"}}
	}
	names := map[string]string{}
	texts := make([]string, len(items))
	for i, x := range items {
		alias := "k" + strconv.Itoa(i)
		names[x.name] = alias
		texts[i] = x.text + " AS " + alias
	}
	return w.with("SELECT\n  "+strings.Join(texts, ",\n  ")+tail, names)
}

func (w *writer) with(text string, names map[string]string) source {
	name := "r" + strconv.Itoa(len(w.ctes)+1)
	w.ctes = append(w.ctes, name+" AS (\n"+text+"\n)")
	return source{from: name + " AS " + rowAlias, names: names}
}

// same are columns as they are.
func (w *writer) same(schema expr.Schema) []item {
	out := make([]item, len(schema))
	for i, f := range schema {
		out[i] = item{f.Name, w.column(f.Name)}
	}
	return out
}

// storable is a type that a column which is nothing but NULL can have.
func storable(t expr.Type) expr.Type {
	if t == expr.Null {
		return expr.String
	}
	return t
}

func (w *writer) projected(n quality.ProjectNode) source {
	in := w.source(n.In)
	w.names = in.names
	items := make([]item, len(n.Columns))
	for i, c := range n.Columns {
		items[i] = item{c.Name, w.typed(c.Of, storable(c.Of.Type()))}
	}
	return w.cte(items, "\nFROM "+in.from+"\n"+w.ofARow(""))
}

func (w *writer) filtered(n quality.FilterNode) source {
	in := w.source(n.In)
	w.names = in.names
	var bounds []string
	for _, part := range conjuncts(n.Where).compact() {
		bounds = append(bounds, w.predicate(part))
	}
	return w.cte(w.same(n.In.Schema()), "\nFROM "+in.from+"\n"+w.ofARow("WHERE "+strings.Join(bounds, " AND ")))
}

func (w *writer) expanded(n quality.ExpandNode, schema expr.Schema) source {
	in := w.source(n.In)
	w.names = in.names
	numbers := make([]string, len(n.Lists))
	items := make([]item, len(schema))
	for i := range n.Lists {
		numbers[i] = strconv.Itoa(i)
	}
	for c, f := range schema {
		text := "CASE g"
		for i, list := range n.Lists {
			text += fmt.Sprintf(" WHEN %d THEN %s", i, w.typed(list[c].Of, storable(f.Type)))
		}
		items[c] = item{f.Name, text + " END"}
	}
	return w.cte(items, "\nFROM "+in.from+" CROSS JOIN UNNEST(["+strings.Join(numbers, ", ")+"]) AS g\n"+w.ofARow(""))
}

func (w *writer) unioned(n quality.UnionNode, schema expr.Schema) source {
	names := map[string]string{}
	var parts []string
	for _, in := range n.In {
		s := w.source(in)
		w.names = s.names
		texts := make([]string, len(schema))
		for c, f := range schema {
			alias := "k" + strconv.Itoa(c)
			names[f.Name] = alias
			own, err := in.Schema().Field(f.Name)
			if err != nil {
				w.fail(err)
			}
			text := w.column(own.Name)
			if own.Type == expr.Null {
				text = nullOf(storable(f.Type))
			}
			texts[c] = text + " AS " + alias
		}
		if len(texts) == 0 {
			texts = []string{"1 AS k0"}
		}
		parts = append(parts, "SELECT "+strings.Join(texts, ", ")+" FROM "+s.from)
	}
	return w.with(strings.Join(parts, "\nUNION ALL\n"), names)
}

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

func (w *writer) running(n quality.RunningNode, window string) []item {
	var out []item
	for _, t := range n.Terms {
		text := "COUNT(*) " + window
		if t.Term.Op == quality.OpSum {
			of := t.Term.Args[0]
			text = w.typed(of, expr.Float64)
			if of.Type().IsNumber() && of.Type() != expr.Float64 {
				text = "CAST(" + text + " AS BIGNUMERIC)"
			}
			text = "SUM(" + text + ") " + window
		}
		out = append(out, item{t.Name, text})
	}
	return out
}

func (w *writer) literal(n quality.ValuesNode) source {
	names := map[string]string{}
	for i, f := range n.Schema {
		names[f.Name] = "k" + strconv.Itoa(i)
	}
	var rows []string
	row := func(value func(i int) string) string {
		var texts []string
		for i := range n.Schema {
			texts = append(texts, value(i)+" AS k"+strconv.Itoa(i))
		}
		if len(texts) == 0 {
			texts = []string{"1 AS k0"}
		}
		return "SELECT " + strings.Join(texts, ", ")
	}
	for _, values := range n.Rows {
		rows = append(rows, row(func(i int) string {
			if values[i].IsNull() {
				return nullOf(storable(n.Schema[i].Type))
			}
			return w.value(values[i])
		}))
	}
	if len(rows) == 0 {
		rows = []string{row(func(i int) string { return nullOf(storable(n.Schema[i].Type)) }) + " FROM UNNEST([1]) WHERE FALSE"}
	}
	return w.with(strings.Join(rows, "\nUNION ALL\n"), names)
}
