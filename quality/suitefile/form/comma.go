package form

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"
)

// cutOff reports the texts of a map in braces that a comma ends too early: YAML reads
// {month: DATE_TRUNC(day, MONTH)} as month: "DATE_TRUNC(day" and a key "MONTH)".
// https://yaml.org/spec/1.2.2/#733-plain-style
func (w *walker) cutOff(n *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i+3 < len(n.Content); i += 2 {
		key, text := n.Content[i], n.Content[i+1]
		if goesOn(text, n.Content[i+2:]) {
			w.file.add(text.Line, text.Column, fmt.Errorf("%s: the text ends at the comma after %s: between { and } put one with commas in quotes", key.Value, shorten(text.Value)))
		}
	}
}

// goesOn reports whether a text leaves a parenthesis open that one of the keys after
// it closes, where those have no values.
func goesOn(text *yaml.Node, rest []*yaml.Node) bool {
	open := unclosed(text)
	for i := 0; open > 0 && i+1 < len(rest) && isNothing(rest[i+1]); i += 2 {
		if open += unclosed(rest[i]); open <= 0 {
			return true
		}
	}
	return false
}

// unclosed is how many parentheses a text without quotes leaves open.
func unclosed(n *yaml.Node) int {
	if n.Kind != yaml.ScalarNode || n.Style != 0 {
		return 0
	}
	return strings.Count(n.Value, "(") - strings.Count(n.Value, ")")
}
