package bq

import (
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
)

// projection is the inner SELECT of a statement: everything that is computed of
// a row, once, under names of our own. Nothing outside of it sees the table's
// columns, so none can be taken for one of ours.
type projection struct {
	w     *writer
	items []string
	names map[string]string // by text
}

func newProjection(w *writer) *projection {
	return &projection{w: w, names: map[string]string{}}
}

// column is what a column of the table is called outside.
func (p *projection) column(name string) string { return p.item("v", p.w.column(name)) }

// key is a column whose values are told apart by PARTITION BY, which takes no
// FLOAT64.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#groupable_data_types
func (p *projection) key(f quality.Field) string {
	if f.Type == quality.Float64 {
		return p.item("v", "CAST("+p.w.column(f.Name)+" AS STRING)")
	}
	return p.column(f.Name)
}

// filter is what a request's filters are called outside, "" for every row.
func (p *projection) filter(r *quality.Request) string {
	var parts []string
	for _, e := range []quality.Expr{r.Rows, r.Where} {
		if !e.IsZero() {
			parts = append(parts, p.predicate(e))
		}
	}
	return strings.Join(parts, " AND ")
}

// predicate is what a predicate is called outside.
func (p *projection) predicate(e quality.Expr) string { return p.item("p", p.w.predicate(e)) }

func (p *projection) item(letter, text string) string {
	if name, ok := p.names[text]; ok {
		return name
	}
	name := letter + strconv.Itoa(len(p.items))
	p.names[text] = name
	p.items = append(p.items, text+" AS "+name)
	return name
}

// sql is the SELECT.
func (p *projection) sql(from, where string) string {
	items := p.items
	if len(items) == 0 {
		items = []string{"1 AS one"}
	}
	return strings.TrimSpace("SELECT\n  " + strings.Join(items, ",\n  ") + "\nFROM " + from + "\n" + where)
}
