package bq

import (
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality"
)

// like is LIKE where the pattern holds no more than %, so that BigQuery can
// prune by it, and else the same as a regular expression: the emulator knows
// neither _ nor escapes.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#like_operator
func (w *writer) like(n quality.LikeExpr) string {
	if n.X.Type() == quality.Null {
		return nullOf(quality.Bool)
	}
	pattern, regular := n.Pattern, strings.ContainsAny(n.Pattern, `_\`)
	if regular {
		pattern = likeRegexp(n.Pattern)
	}
	v, err := quality.ValueOf(pattern)
	if err != nil {
		return w.fail(err)
	}
	if regular {
		return "REGEXP_CONTAINS(" + w.expr(n.X) + ", " + w.value(v) + ")"
	}
	return "(" + w.expr(n.X) + " LIKE " + w.value(v) + ")"
}

// likeRegexp is a pattern in RE2's syntax, which BigQuery and Go share.
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
