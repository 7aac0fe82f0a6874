package bq

import (
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality"
)

// like says LIKE in other words: for the emulator % ends at a line break, and _
// and escapes are nothing special. Patterns that only begin or end with a text
// stay functions that BigQuery can prune by.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#like_operator
func (w *writer) like(n quality.LikeExpr) string {
	if n.X.Type() == quality.Null {
		return nullOf(quality.Bool)
	}
	call, text := "REGEXP_CONTAINS", n.Pattern
	inner := strings.Trim(n.Pattern, "%")
	switch {
	case strings.ContainsAny(inner, `%_\`):
		text = likeRegexp(n.Pattern)
	case inner == n.Pattern:
		return w.compare(n.X, quality.Equal, quality.Lit(inner))
	case strings.HasPrefix(n.Pattern, inner):
		call, text = "STARTS_WITH", inner
	case strings.HasSuffix(n.Pattern, inner):
		call, text = "ENDS_WITH", inner
	default:
		text = likeRegexp(n.Pattern)
	}
	v, err := quality.ValueOf(text)
	if err != nil {
		return w.fail(err)
	}
	return call + "(" + w.expr(n.X) + ", " + w.value(v) + ")"
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
