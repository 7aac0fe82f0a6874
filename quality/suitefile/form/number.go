package form

import (
	"math/big"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"
)

// Number is a number as it is written, exactly: 0.1 is a tenth.
func Number(into **big.Rat) Form {
	return Form{
		Schema: func() *jsonschema.Schema { return &jsonschema.Schema{Type: "number"} },
		Read: func(n Node) {
			r, ok := n.exact()
			if !ok {
				n.FailExpecting("a number", "")
				return
			}
			*into = r
		},
	}
}

// exact is the number that stands here. One of a hundred digits, or with an exponent
// that writes as many, is none of a table.
func (n Node) exact() (*big.Rat, bool) {
	text := n.yaml.Value
	if n.yaml.Kind != yaml.ScalarNode || n.yaml.Style != 0 || !realNumber.MatchString(text) || hasLeadingZero(text) || len(text) > 100 {
		return nil, false
	}
	_, exponent, _ := strings.Cut(strings.ToLower(text), "e")
	if len(strings.TrimLeft(exponent, "+-0")) > 3 {
		return nil, false
	}
	return new(big.Rat).SetString(text)
}
