package suitefile

import (
	"errors"
	"strings"

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
		text, err := expression(n, text)
		if err != nil {
			n.Fail("%w", err)
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

// expression is the text with a literal for each variable, or within quotes what the
// text there would be: a value is never more than a value.
func expression(n form.Node, text string) (string, error) {
	parts := n.Parts()
	if len(parts) == 1 {
		return text, nil
	}
	var b strings.Builder
	var quote quotes
	for _, p := range parts {
		switch {
		case !p.Variable:
			quote.read(p.Text)
			b.WriteString(p.Text)
		case quote.escaping:
			return "", errors.New("a backslash stands before a variable: write it twice for the backslash itself")
		case quote.mark != 0:
			b.WriteString(strings.NewReplacer(`\`, `\\`, "\n", `\n`, string(quote.mark), `\`+string(quote.mark)).Replace(p.Text))
		default:
			scalar, err := p.Scalar()
			if err != nil {
				return "", err
			}
			value, err := expr.ValueOf(scalar)
			if err != nil {
				return "", err
			}
			b.WriteString(" " + value.SQL() + " ") // and no part of a word beside it
		}
	}
	return b.String(), nil
}

// quotes is whether an expression stands within quotes.
type quotes struct {
	mark     rune // 0 outside of them
	escaping bool // behind a backslash
}

func (q *quotes) read(text string) {
	for _, r := range text {
		switch {
		case q.escaping:
			q.escaping = false
		case q.mark != 0 && r == '\\':
			q.escaping = true
		case r == q.mark:
			q.mark = 0
		case q.mark == 0 && strings.ContainsRune("'\"`", r):
			q.mark = r
		}
	}
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
