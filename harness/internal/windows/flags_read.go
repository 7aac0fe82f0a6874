package windows

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// written is what a flag's text gives to a form of a schema, one after the other.
func written(schema *jsonschema.Schema, text, shape string) ([]any, error) {
	one, several := schema, false
	for _, s := range schema.AnyOf {
		if s.Type == "array" {
			one, several = schema.AnyOf[0], true
		}
	}
	scalars := one.Type == "integer" || one.Type == "boolean"
	if text == "" && !scalars { // as if it were not there: of a script's empty variable
		return nil, nil
	}
	texts := []string{text}
	var err error
	if several && !scalars {
		texts, err = csv.NewReader(strings.NewReader(text)).Read()
	} else if several || schema.Type == "object" {
		texts = strings.Split(text, ",")
	}
	var out []any
	for _, text := range texts {
		var value any = text
		switch {
		case schema.Type == "object":
			value, err = pair(text, shape)
		case one.Type == "number":
			value = form.Plain(strings.TrimSpace(text))
		case one.Type == "boolean":
			if value, err = strconv.ParseBool(text); err != nil {
				err = errors.New("must be true or false")
			}
		case one.Type == "integer":
			value, err = strconv.ParseInt(strings.TrimSpace(text), 10, 64)
			if err != nil {
				err = fmt.Errorf("%q is no whole number: write one such as 10", text)
			}
			if err != nil && several {
				err = fmt.Errorf("%w, or several such as 5,10", err)
			}
		}
		if err != nil {
			return nil, err
		}
		out = append(out, value)
	}
	return out, err
}

// pair reads a=b.
func pair(text, shape string) (map[string]any, error) {
	left, right, ok := strings.Cut(text, "=")
	left, right = strings.TrimSpace(left), strings.TrimSpace(right)
	if !ok || left == "" || right == "" {
		return nil, fmt.Errorf("%q is not of the form %s", text, shape)
	}
	return map[string]any{left: right}, nil
}
