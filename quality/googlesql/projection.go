package googlesql

import (
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// projection is the inner SELECT of a statement: everything that is computed of
// a row, once, under names of our own. Nothing outside of it sees the table's
// columns, so none can be taken for one of ours.
type projection struct {
	w      *writer
	schema expr.Schema
	items  []string
	names  map[string]string // by text
}

func newProjection(w *writer, s expr.Schema) *projection {
	return &projection{w: w, schema: s, names: map[string]string{}}
}

// segment is what a group-by column is called outside.
func (p *projection) segment(of expr.Expr) string {
	text := p.w.expr(of)
	if c, ok := of.Node().(expr.ColumnExpr); ok { // also one of nothing but NULL
		text = p.w.column(c.Name)
	}
	return p.item("v", grouped(text, of.Type()))
}

// key is a column of a key, by which PARTITION BY tells rows apart.
func (p *projection) key(name string) string {
	return p.item("v", partitioned(p.w.column(name), p.typeOf(name)))
}

func (p *projection) typeOf(column string) expr.Type {
	f, err := p.schema.Field(column)
	if err != nil {
		p.w.fail(err)
	}
	return f.Type
}

// filter is what a fold's filters are called outside, "" for every row.
func (p *projection) filter(r *quality.Fold) string {
	var parts []string
	for _, e := range []expr.Expr{r.Rows, r.Where} {
		if !e.IsZero() {
			parts = append(parts, p.predicate(e))
		}
	}
	return strings.Join(parts, " AND ")
}

// predicate is what a predicate is called outside.
func (p *projection) predicate(e expr.Expr) string { return p.item("p", p.w.predicate(e)) }

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
	return strings.TrimSpace("SELECT\n  " + strings.Join(items, ",\n  ") + "\nFROM " + from + "\n" + p.w.ofARow(where))
}

// ofARow ends a SELECT of items, given its WHERE clause or none. An aggregate in
// raw SQL would make one row of all, and a window function look at other rows: the
// raw SQL stands in the WHERE clause once more, where neither may.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#where_clause
func (w *writer) ofARow(where string) string {
	for _, raw := range w.selected {
		switch {
		case where == "":
			where = "WHERE (" + raw + " OR TRUE)"
		case !strings.Contains(where, raw):
			where += "\n  AND (" + raw + " OR TRUE)"
		}
	}
	w.selected = nil
	return where
}
