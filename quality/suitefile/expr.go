package suitefile

import (
	"errors"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Expr is an expression such as minutes_played > 0, or {sql: …}: one of GoogleSQL
// that is passed on as it is.
func Expr(into *expr.Expr) form.Form {
	plain := parsed(into, expr.ParseExpr)
	raw := form.Map(form.Key{
		Name: "sql", Doc: "One GoogleSQL expression that is passed on as it is; it needs BigQuery.",
		Form: parsed(into, expr.ParseRawSQL), Required: true,
	})
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{plain.Schema(), raw.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				raw.Read(n)
				return
			}
			plain.Read(n)
		},
	}
}

// Computed is an expression of any type over the columns of a row.
func Computed(into *expr.Expr) form.Form { return parsed(into, expr.ParseExpr) }

// parsed is a text that is read further. A mistake points at the character that is
// wrong, if that has a place of its own.
func parsed(into *expr.Expr, parse func(string) (expr.Expr, error)) form.Form {
	return form.Form{Schema: form.Text(new(string)).Schema, Read: func(n form.Node) {
		text, ok := n.Text()
		if !ok {
			return
		}
		e, err := parse(text)
		var syntax *expr.SyntaxError
		switch {
		case err == nil:
			*into = e
		case !errors.As(err, &syntax) || !n.FailAt(syntax.Offset, errors.New(syntax.Reason)):
			n.Fail("%w", err)
		}
	}}
}

// Aggregated is an expression over groups of rows: max(line) = max_if(line, is_active).
func Aggregated(into *quality.Aggregated) form.Form {
	var of expr.Expr
	return parsed(&of, func(text string) (expr.Expr, error) {
		out, err := quality.ParseAggregated(text)
		*into = out
		return out.Of, err
	})
}
