package checks

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// IsPattern reports whether a text names columns by how they are called: with * or ?,
// or as /…/, a regular expression of RE2.
func IsPattern(text string) bool {
	return strings.ContainsAny(text, "*?") || isRegexp(text)
}

func isRegexp(text string) bool {
	return len(text) > 2 && strings.HasPrefix(text, "/") && strings.HasSuffix(text, "/")
}

// namesLike is whether a name is the text or fits it as a pattern. Case does not
// matter, as in BigQuery.
func namesLike(text string) (func(name string) bool, error) {
	expression := text
	if isRegexp(text) {
		expression = text[1 : len(text)-1]
	} else {
		quoted := regexp.QuoteMeta(text)
		expression = "^" + strings.NewReplacer(`\*`, ".*", `\?`, ".").Replace(quoted) + "$"
	}
	re, err := regexp.Compile("(?is)" + expression)
	if err != nil {
		return nil, fmt.Errorf("%s is no regular expression of RE2: %w", text, err)
	}
	return func(name string) bool { return strings.EqualFold(name, text) || re.MatchString(name) }, nil
}

// columnsLike are the columns of a table that a name or a pattern is of, at least one.
func columnsLike(text string, s expr.Schema) ([]string, error) {
	if !IsPattern(text) || s.Position(text) >= 0 {
		f, err := s.Field(text)
		return []string{f.Name}, err
	}
	like, err := namesLike(text)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range s {
		if like(f.Name) {
			out = append(out, f.Name)
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("no column is called like %s: there are %s", text, strings.Join(s.Names(), ", "))
	}
	return out, nil
}
