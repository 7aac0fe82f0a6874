package mutation

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// plain is what YAML reads as a text that needs no quotes, whoever reads it: a name, and
// a comparison such as season = '2025-26'.
var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*( ([<>=!]+|[A-Za-z0-9_.]+|'[A-Za-z0-9_-]*'))*$`)

// words are those that some YAML reads as something else than a text.
var words = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}

// scalar writes a text in YAML. JSON's texts are YAML's.
func scalar(text string) string {
	if plain.MatchString(text) && !slices.Contains(words, foldName(text)) {
		return text
	}
	var quoted strings.Builder
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false) // minutes > 0
	_ = e.Encode(text)     // a text always can be
	return strings.TrimSuffix(quoted.String(), "\n")
}

// list writes texts in YAML, one by itself.
func list(texts []string) string {
	var out []string
	for _, t := range texts {
		out = append(out, scalar(t))
	}
	if len(out) == 1 {
		return out[0]
	}
	return "[" + strings.Join(out, ", ") + "]"
}

// value writes a value in YAML as a check reads it again.
func value(v expr.Value) string {
	switch v.Type() {
	case expr.Int64, expr.Bool:
		return v.String()
	}
	return `"` + strings.Trim(scalar(v.String()), `"`) + `"`
}
