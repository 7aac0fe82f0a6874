package googlesql

import (
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// A Text writes the parts of a query that is no plan's with the means of one: names
// are quoted, values are parameters and expressions mean what they mean everywhere.
// The first error is kept for [Text.Query].
type Text struct{ w *writer }

// NewText begins a query.
func NewText() *Text {
	w := Renderer{}.writer()
	w.parameters.prefix = textPrefix
	return &Text{w}
}

// NewLiteralText begins a query that can have no parameters, as that of a view: its
// values are literals.
// https://cloud.google.com/bigquery/docs/views#view_limitations
func NewLiteralText() *Text {
	t := NewText()
	t.w.parameters.literal = true
	return t
}

// Name quotes a name.
func (t *Text) Name(name string) string {
	quoted, err := QuoteName(name)
	if err != nil {
		return t.w.fail(err)
	}
	return quoted
}

// Rows is what stands behind FROM, a table or a query in parentheses, with the alias
// that columns and expressions are qualified by.
func (t *Text) Rows(from string) string { return from + " AS " + rowAlias }

// Over says of which table the columns are that are written from now on, for they can be
// parts of its own.
func (t *Text) Over(table expr.Schema) { t.w.table = table }

// Column is a column of the rows.
func (t *Text) Column(name string) string { return t.w.column(name) }

// Expr is a bound expression over the rows.
func (t *Text) Expr(e expr.Expr) string { return t.w.expr(e) }

// Predicate is a bound expression that is TRUE, FALSE or NULL.
func (t *Text) Predicate(e expr.Expr) string { return t.w.predicate(e) }

// Value is a constant of one of the types of Go that [expr.ValueOf] takes.
func (t *Text) Value(v any) string {
	value, err := expr.ValueOf(v)
	if err != nil {
		return t.w.fail(err)
	}
	return t.w.value(value)
}

// Query is the whole text with its parameters, or the first error.
func (t *Text) Query(lines ...string) (quality.Query, error) {
	return quality.Query{Text: strings.Join(lines, "\n"), Parameters: t.w.parameters.values}, t.w.err
}
