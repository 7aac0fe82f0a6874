package windows

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
)

// written is what a flag's text gives to a form of a schema, one after the other.
func written(schema *jsonschema.Schema, text, shape string) ([]any, error) {
	one, several := schema, false
	for _, s := range schema.AnyOf {
		if s.Type == "array" {
			one, several = schema.AnyOf[0], true
		}
	}
	switch {
	case schema.Type == "object":
		var out []any
		for pair := range strings.SplitSeq(text, ",") {
			left, right, ok := strings.Cut(pair, "=")
			left, right = strings.TrimSpace(left), strings.TrimSpace(right)
			if !ok || left == "" || right == "" {
				return nil, fmt.Errorf("%q is not of the form %s", pair, shape)
			}
			out = append(out, map[string]any{left: right})
		}
		return out, nil
	case schema.Type == "boolean":
		yes, err := strconv.ParseBool(text)
		return []any{yes}, err
	case text == "" && one.Type != "integer": // as if it were not there: of a script's empty variable
		return nil, nil
	case several:
		texts, err := csv.NewReader(strings.NewReader(text)).Read()
		if err != nil {
			return nil, err
		}
		var list []any
		for _, text := range texts {
			item, err := scalar(one, text, ", or several such as 5,10")
			if err != nil {
				return nil, err
			}
			list = append(list, item)
		}
		return []any{list}, nil
	}
	value, err := scalar(one, text, "")
	return []any{value}, err
}

func scalar(schema *jsonschema.Schema, text, several string) (any, error) {
	if schema.Type != "integer" {
		return text, nil
	}
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%q is no whole number: write one such as 10%s", text, several)
	}
	return n, nil
}
