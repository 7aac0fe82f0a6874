package googlesql

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxName is the longest name of a column, in characters.
// https://cloud.google.com/bigquery/docs/schemas#column_names
const maxName = 300

// QuoteName writes a name as a quoted identifier. No name of BigQuery's holds a
// back-quote, a backslash or a control character; one that does is refused, so
// that there is nothing to escape.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical#quoted_identifiers
func QuoteName(name string) (string, error) {
	switch {
	case name == "":
		return "", fmt.Errorf("a name is empty")
	case !utf8.ValidString(name):
		return "", fmt.Errorf("the name %q is not UTF-8", name)
	case utf8.RuneCountInString(name) > maxName:
		return "", fmt.Errorf("the name %.40q… is longer than %d characters", name, maxName)
	case strings.ContainsFunc(name, func(r rune) bool { return r == '`' || r == '\\' || r < ' ' || r == 0x7f }):
		return "", fmt.Errorf("the name %q holds a back-quote, a backslash or a control character, which BigQuery has in none", name)
	}
	return "`" + name + "`", nil
}
