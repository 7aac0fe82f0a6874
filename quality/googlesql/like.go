package googlesql

import (
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// like says LIKE in other words: for the emulator % ends at a line break, and _
// and escapes are nothing special. Patterns that only begin or end with a text
// stay functions that BigQuery can prune by.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#like_operator
func (w *writer) like(n expr.LikeExpr) string {
	if n.X.Type() == expr.Null {
		return nullOf(expr.Bool)
	}
	inner := strings.Trim(n.Pattern, "%")
	switch {
	case strings.ContainsAny(inner, `%_\`):
	case inner == n.Pattern:
		return w.compare(n.X, expr.Equal, expr.Lit(inner))
	case strings.HasPrefix(n.Pattern, inner):
		return w.textCall("STARTS_WITH", n.X, inner)
	case strings.HasSuffix(n.Pattern, inner):
		return w.textCall("ENDS_WITH", n.X, inner)
	}
	return w.textCall("REGEXP_CONTAINS", n.X, likeRegexp(n.Pattern))
}

func (w *writer) textCall(function string, x expr.Expr, text string) string {
	v, err := expr.ValueOf(text)
	if err != nil {
		return w.fail(err)
	}
	return function + "(" + w.expr(x) + ", " + w.value(v) + ")"
}

// likeRegexp is a pattern in RE2's syntax, which BigQuery and Go share.
// https://github.com/google/re2/wiki/Syntax
func likeRegexp(pattern string) string {
	var b strings.Builder
	b.WriteString(`(?s)\A`)
	escaped := false
	for _, r := range pattern {
		switch {
		case escaped:
			b.WriteString(regexp.QuoteMeta(string(r)))
			escaped = false
		case r == '\\':
			escaped = true
		case r == '%':
			b.WriteString(".*")
		case r == '_':
			b.WriteByte('.')
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	b.WriteString(`\z`)
	return b.String()
}
