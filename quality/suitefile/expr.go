package suitefile

import (
	"errors"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/suitefile/form"
)

// Expr is an expression such as minutes_played > 0, or {sql: …}: GoogleSQL that
// is passed on as it is.
func Expr(into *quality.Expr) form.Form {
	var sql, text string
	raw := form.Map(form.Key{Name: "sql", Doc: "GoogleSQL that is passed on as it is; it needs BigQuery.", Form: form.Text(&sql), Required: true})
	plain := form.Text(&text)
	return form.Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{plain.Schema(), raw.Schema()}}
		},
		Read: func(n form.Node) {
			if n.IsMap() {
				if raw.Read(n); sql != "" {
					*into = quality.RawSQL(sql)
				}
				return
			}
			if plain.Read(n); text != "" {
				parse(n, text, into)
			}
		},
	}
}

// parse points at the character that is wrong, if it has a place of its own.
func parse(n form.Node, text string, into *quality.Expr) {
	e, err := quality.ParseExpr(text)
	var syntax *quality.SyntaxError
	switch {
	case err == nil:
		*into = e
	case !errors.As(err, &syntax) || !n.FailAt(syntax.Offset, errors.New(syntax.Reason)):
		n.Fail("%w", err)
	}
}
