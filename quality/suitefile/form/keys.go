package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// Key is a key of a map.
type Key struct {
	Name string
	// Doc is a line on what it means, for the schema.
	Doc string
	// Form is what its value may be.
	Form Form
	// Required: the map must have it.
	Required bool
}

// Map is a map with the keys and no others.
func Map(keys ...Key) Form {
	return Form{
		Schema: func() *jsonschema.Schema { return MapSchema(keys) },
		Read:   func(n Node) { n.ReadKeys(keys) },
	}
}

// MapSchema is the schema of what Node.ReadKeys reads.
func MapSchema(keys []Key) *jsonschema.Schema {
	s := &jsonschema.Schema{
		Type:                 "object",
		Properties:           map[string]*jsonschema.Schema{},
		AdditionalProperties: &jsonschema.Schema{Not: &jsonschema.Schema{}},
	}
	for _, k := range keys {
		value := k.Form.Schema()
		value.Description = k.Doc
		s.Properties[k.Name] = value
		s.PropertyOrder = append(s.PropertyOrder, k.Name)
		if k.Required {
			s.Required = append(s.Required, k.Name)
		}
	}
	return s
}

// OneAtLeast is the schema of a map that has one of some keys, or more.
func OneAtLeast(of *jsonschema.Schema, keys []Key) *jsonschema.Schema {
	for _, k := range keys {
		of.AnyOf = append(of.AnyOf, &jsonschema.Schema{Required: []string{k.Name}})
	}
	return of
}

// Found is what Node.ReadKeys read.
type Found struct {
	whole  Node
	values map[string]Node
	failed map[string]bool
}

// At is where a key's value stands, or the map where the key does not. What fails
// there is told without the key.
func (f Found) At(name string) Node {
	n := f.whole
	if v, ok := f.values[name]; ok {
		n = v
	}
	n.key = ""
	return n
}

// Has reports whether the map has the key.
func (f Found) Has(name string) bool {
	_, ok := f.values[name]
	return ok
}

// OneOf reports where the map has not just one of the keys.
func (f Found) OneOf(names ...string) {
	n := 0
	for _, name := range names {
		if _, ok := f.values[name]; ok {
			n++
		}
	}
	if n != 1 && f.whole.IsMap() {
		f.whole.Fail("it has one of the keys %s, not %d of them", strings.Join(names, ", "), n)
	}
}

// Failed reports whether the key's value has mistakes, or the key is required and
// not there.
func (f Found) Failed(name string) bool { return f.failed[name] }

// ReadKeys reads a map with the keys and no others.
func (n Node) ReadKeys(keys []Key) Found {
	f := Found{n, map[string]Node{}, map[string]bool{}}
	if !n.IsMap() {
		n.FailExpecting("a map", "")
	}
	for _, e := range n.entries(Node.Fail) {
		at := slices.IndexFunc(keys, func(k Key) bool { return k.Name == e.Name })
		if at < 0 {
			e.Key.Fail("unknown key %q%s", e.Name, suggest(e.Name, keys))
			continue
		}
		before := n.Mistakes()
		keys[at].Form.Read(e.Value)
		f.values[e.Name] = e.Value
		f.failed[e.Name] = n.Mistakes() > before
	}
	for _, k := range keys {
		if _, ok := f.values[k.Name]; !ok && k.Required {
			f.failed[k.Name] = true
			if n.IsMap() {
				n.Fail("the key %q is missing", k.Name)
			}
		}
	}
	return f
}

// suggest ends the message on an unknown key with the one that was meant, or with
// all there are.
func suggest(name string, keys []Key) string {
	names := make([]string, len(keys))
	for i, k := range keys {
		names[i] = k.Name
	}
	if hint := nearest.Hint(name, names); hint != "" {
		return hint
	}
	return fmt.Sprintf(": the keys here are %s", strings.Join(names, ", "))
}

// Dict is a map whose keys the author chooses, each value with a form of its own.
// The schema calls value with no key.
func Dict(value func(key string) Form) Form {
	return Form{
		Schema: func() *jsonschema.Schema {
			return &jsonschema.Schema{Type: "object", AdditionalProperties: value("").Schema()}
		},
		Read: func(n Node) {
			if !n.IsMap() {
				n.FailExpecting("a map", "")
			}
			for _, e := range n.entries(Node.Fail) {
				value(e.Name).Read(e.Value)
			}
		},
	}
}
