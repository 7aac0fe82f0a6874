package form

import (
	"errors"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// Plain is a scalar as it stands in a document without quotes.
type Plain string

// Given reads a value that stands in no document, such as that of a flag: a string, a
// Plain, an int64, a bool or a map[string]any of such. What is wrong with it is told
// without a place.
func Given(value any, f Form) error {
	y, err := given(value)
	if err != nil {
		return err
	}
	var file source
	f.Read(Node{file: &file, yaml: y})
	var errs []error
	for _, e := range file.found {
		errs = append(errs, e.Err)
	}
	return errors.Join(errs...)
}

// given is the node that a value would be written as.
func given(value any) (*yaml.Node, error) {
	scalar := func(tag, text string) *yaml.Node {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text}
	}
	switch value := value.(type) {
	case string:
		y := scalar("!!str", value)
		y.Style = yaml.DoubleQuotedStyle
		return y, nil
	case Plain:
		return scalar("", string(value)), nil
	case int64:
		return scalar("!!int", strconv.FormatInt(value, 10)), nil
	case bool:
		return scalar("!!bool", strconv.FormatBool(value)), nil
	case map[string]any:
		y := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		for name, v := range value {
			item, err := given(v)
			if err != nil {
				return nil, err
			}
			y.Content = append(y.Content, scalar("!!str", name), item)
		}
		return y, nil
	}
	return nil, fmt.Errorf("a value of type %T stands in no document", value)
}
