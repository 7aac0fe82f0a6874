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
	// names are what its columns are written as there; others are as the table calls them.
	names map[string]string
}

// source writes the operators of a relation as common table expressions, each of
// which the next one alone refers to: BigQuery evaluates one at each reference.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#with_clause
func (w *writer) source(rel quality.Relation) source {
	switch n := rel.Node().(type) {
	case quality.ReadNode:
		return w.read(n.Table, rel.Schema())
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
		return w.previous(n)
	case quality.RunningNode:
		return w.running(n)
	case quality.ValuesNode:
		return w.literal(n)
	case quality.DaysNode:
		return w.days(n)
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
		names[x.name] = ofRow(alias)
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
