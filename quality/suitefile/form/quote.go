package form

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
)

// plain is what YAML reads as a text that needs no quotes, whoever reads it: a name, and
// a comparison such as season = '2025-26'.
var plain = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*( ([<>=!]+|[A-Za-z0-9_.]+|'[A-Za-z0-9_-]*'))*$`)

// words are those that some YAML reads as something else than a text.
var words = []string{"true", "false", "null", "yes", "no", "on", "off", "y", "n"}

// Quote writes a text in YAML, in quotes where it needs them. JSON's texts are YAML's.
func Quote(text string) string {
	if plain.MatchString(text) && !slices.Contains(words, strings.ToLower(text)) {
		return text
	}
	var quoted strings.Builder
	e := json.NewEncoder(&quoted)
	e.SetEscapeHTML(false) // minutes > 0
	_ = e.Encode(text)     // a text always can be
	return strings.TrimSuffix(quoted.String(), "\n")
}

// QuoteAll writes one text as itself, and several as a list.
func QuoteAll(texts []string) string {
	if len(texts) == 1 {
		return Quote(texts[0])
	}
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = Quote(t)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}
