package form

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
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
	var out strings.Builder
	for _, r := range strings.TrimSuffix(quoted.String(), "\n") {
		switch { // JSON lets controls beyond ASCII's first ones stand, YAML does not
		case unicode.IsPrint(r):
			out.WriteRune(r)
		case r <= 0xffff:
			fmt.Fprintf(&out, `\u%04x`, r)
		default:
			fmt.Fprintf(&out, `\U%08x`, r)
		}
	}
	return out.String()
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
