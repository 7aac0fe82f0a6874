package form

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"
)

// The numbers that YAML 1.1, YAML 1.2 and JSON read alike.
var (
	wholeNumber = regexp.MustCompile(`^[-+]?(0|[1-9][0-9]*)$`)
	realNumber  = regexp.MustCompile(`^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$`)
)

// Scalar is the string, int64, float64, bool or nil that stands here; if it is
// none of them, that is reported.
func (n Node) Scalar() (value any, ok bool) {
	if n.yaml.Kind != yaml.ScalarNode {
		n.FailExpecting("a single value", "")
		return nil, false
	}
	value, err := scalar(n.yaml)
	if err != nil {
		n.Fail("%w", err)
		return nil, false
	}
	return value, true
}

func scalar(y *yaml.Node) (any, error) {
	text := y.Value
	switch tag(y) {
	case "!!null":
		return nil, nil
	case "!!bool":
		return text[0] == 't' || text[0] == 'T', nil
	case "!!int", "!!float":
		return number(text)
	}
	return text, nil
}

// tag is the YAML type of a scalar. The YAML reader takes a number too large for
// it, 1e999, for a text.
func tag(y *yaml.Node) string {
	if y.Kind == yaml.ScalarNode && y.Style == 0 && realNumber.MatchString(y.Value) {
		return "!!float"
	}
	return y.ShortTag()
}

func number(text string) (any, error) {
	switch {
	case wholeNumber.MatchString(text):
		i, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%s does not fit in 64 bits", text)
		}
		return i, nil
	case realNumber.MatchString(text) && !hasLeadingZero(text):
		f, err := strconv.ParseFloat(text, 64)
		if err != nil || math.IsInf(f, 0) {
			return nil, fmt.Errorf("%s does not fit in 64 bits", text)
		}
		return f, nil
	}
	return nil, fmt.Errorf("readers of YAML disagree about the number %s: write plain digits, or quotes if it is a text", text)
}

// hasLeadingZero finds 007, which is octal to some.
func hasLeadingZero(text string) bool {
	if text[0] == '-' || text[0] == '+' {
		text = text[1:]
	}
	return len(text) > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9'
}

// Count is a whole number of 0 or more.
func Count(into *int64) Form { return countFrom(0, into) }

// Positive is a whole number of 1 or more.
func Positive(into *int64) Form { return countFrom(1, into) }

func countFrom(least int64, into *int64) Form {
	return Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "integer", Minimum: jsonschema.Ptr(float64(least))}
		},
		Read: func(n Node) {
			expected := fmt.Sprintf("a whole number of %d or more", least)
			if n.yaml.Kind != yaml.ScalarNode {
				n.FailExpecting(expected, "")
				return
			}
			value, ok := n.Scalar()
			if !ok {
				return
			}
			if i, ok := value.(int64); ok && i >= least {
				*into = i
				return
			}
			n.FailExpecting(expected, "")
		},
	}
}

// CountOr is a whole number of 0 or more, and nil where none is written.
func CountOr(into **int) Form {
	var n int64
	of := Count(&n)
	return Form{Schema: of.Schema, Read: func(node Node) {
		before := node.Mistakes()
		if of.Read(node); node.Mistakes() == before {
			written := int(n)
			*into = &written
		}
	}}
}

// Scalar is a string, an int64, a float64, a bool, or nil for null.
func Scalar(into *any) Form {
	return Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Types: []string{"string", "number", "boolean", "null"}}
		},
		Read: func(n Node) {
			if value, ok := n.Scalar(); ok {
				*into = value
			}
		},
	}
}

// Bool is true or false.
func Bool(into *bool) Form {
	return Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "boolean"} },
		Read: func(n Node) {
			value, ok := n.Scalar()
			if !ok {
				return
			}
			if *into, ok = value.(bool); !ok {
				n.FailExpecting("true or false", "")
			}
		},
	}
}
