package googlesql

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Operators that look at each row by itself.

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
	var any []filter
	for _, part := range disjuncts(n.Where) {
		any = widened(any, filter(part.Conjuncts()).compact())
	}
	return w.cte(w.same(n.In.Schema()), "\nFROM "+in.from+"\n"+w.ofARow(w.whereAny(any)))
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
			names[f.Name] = ofRow(alias)
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

func (w *writer) literal(n quality.ValuesNode) source {
	names := map[string]string{}
	for i, f := range n.Schema {
		names[f.Name] = ofRow("k" + strconv.Itoa(i))
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

func (w *writer) days(n quality.DaysNode) source {
	in := w.source(n.In)
	w.names = in.names
	from := in.from + " CROSS JOIN UNNEST(GENERATE_DATE_ARRAY(" + w.typed(n.From, expr.Date) + ", " + w.typed(n.To, expr.Date) + ")) AS day"
	return w.cte(append(w.same(n.In.Schema()), item{n.Name, "day"}), "\nFROM "+from)
}
