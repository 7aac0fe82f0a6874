package form

import (
	"slices"
	"strings"

	"cloud.google.com/go/civil"
	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// Text is the text that stands here; anything else, and a blank one, is reported.
func (n Node) Text() (text string, ok bool) {
	switch tag(n.yaml) {
	case "!!str", "!!timestamp": // a date is a text in YAML 1.2
	case "!!int", "!!float", "!!bool":
		n.FailExpecting("a text", ": write it in quotes")
		return "", false
	default:
		n.FailExpecting("a text", "")
		return "", false
	}
	if strings.TrimSpace(n.yaml.Value) == "" {
		n.Fail("the text is blank")
		return "", false
	}
	return n.yaml.Value, true
}

// Written is a single value as it is written, whatever it is; a list or a map is
// reported as not being what is expected.
func (n Node) Written(expected string) (text string, ok bool) {
	if n.yaml.Kind != yaml.ScalarNode || isNothing(n.yaml) {
		n.FailExpecting(expected, "")
		return "", false
	}
	return n.yaml.Value, true
}

// Text is one text that is not blank.
func Text(into *string) Form {
	return Form{
		Schema: textSchema,
		Read: func(n Node) {
			if text, ok := n.Text(); ok {
				*into = text
			}
		},
	}
}

func textSchema() *jsonschema.Schema { return &jsonschema.Schema{Type: "string", Pattern: `\S`} }

// Texts is one text or a list of them.
func Texts(into *[]string) Form {
	return OneOrMore(func() Form {
		return Form{Schema: textSchema, Read: func(n Node) {
			if text, ok := n.Text(); ok {
				*into = append(*into, text)
			}
		}}
	})
}

// Choice is one of the words.
func Choice(into *string, words ...string) Form {
	return Form{
		Schema: func() *jsonschema.Schema {
			s := &jsonschema.Schema{}
			for _, w := range words {
				s.Enum = append(s.Enum, w)
			}
			return s
		},
		Read: func(n Node) {
			text := n.yaml.Value
			if n.yaml.Kind != yaml.ScalarNode || !slices.Contains(words, text) {
				n.FailExpecting(strings.Join(words, " or "), nearest.Hint(text, words))
				return
			}
			*into = text
		},
	}
}

// Word is TRUE where the word stands; nothing else may.
func Word(into *bool, word string) Form {
	var chosen string
	f := Choice(&chosen, word)
	return Form{Schema: f.Schema, Read: func(n Node) {
		f.Read(n)
		*into = chosen == word
	}}
}

// Date is a calendar day, YYYY-MM-DD.
func Date(into *civil.Date) Form {
	return Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "string", Format: "date", Pattern: `^\d{4}-\d{2}-\d{2}$`}
		},
		Read: func(n Node) {
			d, err := civil.ParseDate(n.yaml.Value)
			if err != nil || !d.IsValid() {
				n.FailExpecting("a date such as 2021-10-01", "")
				return
			}
			*into = d
		},
	}
}
