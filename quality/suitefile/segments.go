package suitefile

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/suitefile/form"
)

// segments is a list of segments. What their values belong to is known only when
// the by key has been read, wherever that stands.
type segments struct{ items []form.Node }

func (s *segments) form() form.Form {
	return form.List(func() form.Form {
		return form.Form{
			Schema: func() *jsonschema.Schema {
				scalar := form.Scalar(new(any)).Schema
				return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{
					scalar(),
					{Type: "array", MinItems: jsonschema.Ptr(1), Items: scalar()},
					{Type: "object", AdditionalProperties: scalar()},
				}}
			},
			Read: func(n form.Node) { s.items = append(s.items, n) },
		}
	})
}

// values reads each segment as a value per column.
func (s *segments) values(by []string) [][]any {
	var out [][]any
	for _, item := range s.items {
		if len(by) == 0 {
			item.Fail("a segment needs by, the columns that it has values of")
			return nil
		}
		out = append(out, segment(item, by))
	}
	return out
}

func segment(n form.Node, by []string) []any {
	if n.IsMap() {
		values := make([]any, len(by))
		keys := make([]form.Key, len(by))
		for i, column := range by {
			keys[i] = form.Key{Name: column, Form: form.Scalar(&values[i]), Required: true}
		}
		n.ReadKeys(keys)
		return values
	}
	items := []form.Node{n}
	if n.IsList() {
		items = n.Items()
	}
	if len(items) != len(by) {
		n.Fail("a segment has a value for each by column (%s): %d, not %d", strings.Join(by, ", "), len(by), len(items))
	}
	values := make([]any, len(items))
	for i, item := range items {
		values[i], _ = item.Scalar()
	}
	return values
}
