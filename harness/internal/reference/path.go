package reference

import (
	"regexp"
	"strings"
)

// joinPaths writes the tables that are known by a dotted name as the one
// identifier that the server knows them by. It has no projects and datasets:
// content can be given only to tables at its root. Text in strings, comments
// and other identifiers stays as it is.
func joinPaths(sql string, names []string) string {
	for _, name := range names {
		if strings.Contains(name, ".") {
			sql = joinPath(sql, name)
		}
	}
	return sql
}

// text matches strings and comments, identifier what is quoted as one name.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical
const (
	text = `'''(?s:.*?)'''|"""(?s:.*?)"""|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"` +
		`|--[^\n]*|#[^\n]*|/\*(?s:.*?)\*/`
	identifier = "`(?:[^`\\\\]|\\\\.)*`"
)

func joinPath(sql, name string) string {
	parts := strings.Split(name, ".")
	for i, part := range parts {
		part = regexp.QuoteMeta(part)
		parts[i] = "(?:`" + part + "`|\\b" + part + "\\b)"
	}
	// What follows a dot is the end of another path.
	path := regexp.MustCompile(text + `|(\.\s*)?(` + strings.Join(parts, `\s*\.\s*`) + `)|` + identifier)

	var out strings.Builder
	done := 0
	for _, m := range path.FindAllStringSubmatchIndex(sql, -1) {
		isPath, afterDot := m[4] >= 0, m[2] >= 0
		if isPath && !afterDot {
			out.WriteString(sql[done:m[4]])
			out.WriteString(quote(name))
			done = m[5]
		}
	}
	out.WriteString(sql[done:])
	return out.String()
}
