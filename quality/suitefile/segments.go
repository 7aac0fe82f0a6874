package suitefile

import (
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality"
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
	if len(s.items) > 0 && len(by) == 0 {
		s.items[0].Fail("a segment needs by, the columns that it has values of")
		return nil
	}
	return s.each("segment", "by column", by)
}

// keys reads each as a key of a check, a value per column.
func (s *segments) keys(check quality.Check) [][]any {
	of, ok := check.(quality.KeyedCheck)
	if len(s.items) > 0 && !ok {
		s.items[0].Fail("%s is no check of keys, so none can be waived", check.Describe().Kind)
		return nil
	}
	if !ok {
		return nil
	}
	return s.each("key", "column", of.Key())
}

func (s *segments) each(what, part string, by []string) [][]any {
	var out [][]any
	for _, item := range s.items {
		out = append(out, segment(item, what, part, by))
	}
	return out
}

func segment(n form.Node, what, part string, by []string) []any {
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
		n.Fail("a %s has a value for each %s (%s): %d, not %d", what, part, strings.Join(by, ", "), len(by), len(items))
	}
	values := make([]any, len(items))
	for i, item := range items {
		values[i], _ = item.Scalar()
	}
	return values
}
