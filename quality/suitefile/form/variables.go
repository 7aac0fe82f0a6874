package form

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality/internal/nearest"
)

// VariablesKey is the key of a document that declares its variables.
const VariablesKey = "variables"

// Variables are what ${name} stands for in the values of documents that declare it.
type Variables struct {
	// Given are values in the place of those that documents declare.
	Given map[string]string
	// Declared is called for each document with what its variables stand for, by name.
	Declared func(values map[string]string)
}

// reference is a variable in a text, or one dollar more for the text itself.
var (
	reference = regexp.MustCompile(`\$?\$\{([\s\pL_][^{}]*)\}`)
	named     = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)
)

// CheckVariable refuses what is no name of a variable, or no text of YAML.
func CheckVariable(name, value string) error {
	if !named.MatchString(name) {
		return fmt.Errorf("%q is no name of a variable: write letters, digits and _", name)
	}
	if _, _, err := notText([]byte(value)); err != nil {
		return fmt.Errorf("the variable %s: its value is not UTF-8, or has control characters", name)
	}
	return nil
}

// VariablesForm declares variables; what they stand for is read with the document.
func VariablesForm() Form {
	return Dict(func(name string) Form {
		var value any
		f := Scalar(&value)
		return Form{Schema: f.Schema, Read: func(n Node) {
			if err := CheckVariable(name, ""); err != nil {
				n.Fail("%w", err)
				return
			}
			f.Read(n)
		}}
	})
}

// variable is one of a document.
type variable struct {
	at    *yaml.Node // its name
	value string
	known bool
	used  bool
}

// put puts values in the place of variables. A value stays one: YAML has been read by
// then, so that no text of a variable can be more than the text of a scalar, which has
// the type that it would have if it stood there.
func (v Variables) put(f *source, root *yaml.Node) {
	if root.Kind != yaml.MappingNode {
		return
	}
	s := &substitution{file: f, variables: map[string]*variable{}, sql: map[*yaml.Node]bool{}}
	for i := 0; i+1 < len(root.Content); i += 2 {
		if root.Content[i].Value == VariablesKey {
			s.declare(v, root.Content[i+1])
		}
	}
	if v.Declared != nil {
		v.Declared(s.values())
	}
	s.findSQL(root)
	for i := 0; i+1 < len(root.Content); i += 2 {
		if key := root.Content[i].Value; key != VariablesKey {
			s.value(root.Content[i+1], key)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.variables)) {
		if x := s.variables[name]; !x.used {
			f.add(x.at.Line, x.at.Column, fmt.Errorf("no value has the variable ${%s}: leave it out", name))
		} else if !x.known {
			f.add(x.at.Line, x.at.Column, fmt.Errorf("the variable %s has no value: write one here, or give it one where the suite is run: --var %s=VALUE", name, name))
		}
	}
}

type substitution struct {
	file      *source
	variables map[string]*variable
	sql       map[*yaml.Node]bool // scalars that are GoogleSQL
}

func (s *substitution) declare(v Variables, declared *yaml.Node) {
	for declared.Kind == yaml.AliasNode {
		declared = declared.Alias
	}
	if declared.Kind != yaml.MappingNode {
		return // which its form refuses
	}
	for i := 0; i+1 < len(declared.Content); i += 2 {
		name, value := declared.Content[i], declared.Content[i+1]
		for value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		x := &variable{at: name, value: value.Value, known: value.ShortTag() != "!!null"}
		if given, ok := v.Given[name.Value]; ok {
			x.value, x.known = given, true
		}
		s.variables[name.Value] = x
	}
}

func (s *substitution) values() map[string]string {
	out := map[string]string{}
	for name, x := range s.variables {
		out[name] = x.value
	}
	return out
}

// findSQL finds the scalars that stand as sql, wherever their anchors are.
func (s *substitution) findSQL(n *yaml.Node) {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 1 && n.Content[i-1].Value == "sql" {
			at := c
			for at.Kind == yaml.AliasNode {
				at = at.Alias
			}
			s.sql[at] = true
		}
		s.findSQL(c)
	}
}

// value puts what variables stand for into a value and all below it. What an alias
// stands for has been, or will be, where its anchor is.
func (s *substitution) value(n *yaml.Node, key string) {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if k := n.Content[i]; reference.MatchString(k.Value) && k.Kind == yaml.ScalarNode {
				s.file.add(k.Line, k.Column, fmt.Errorf("%s: a variable stands in a value, and not in a key", k.Value))
			}
			s.value(n.Content[i+1], n.Content[i].Value)
		}
	case yaml.SequenceNode:
		for _, c := range n.Content {
			s.value(c, key)
		}
	case yaml.ScalarNode:
		s.scalar(Node{file: s.file, yaml: n, key: key})
	}
}

func (s *substitution) scalar(n Node) {
	var parts []Part
	end := 0
	for _, at := range reference.FindAllStringSubmatchIndex(n.yaml.Value, -1) {
		parts = append(parts, Part{Text: n.yaml.Value[end:at[0]]})
		end = at[1]
		if text := n.yaml.Value[at[0]:at[1]]; strings.HasPrefix(text, "$$") {
			parts = append(parts, Part{Text: text[1:]})
			continue
		}
		value, err := s.of(n.yaml, n.yaml.Value[at[2]:at[3]])
		if err != nil {
			if !n.FailAt(at[0], err) {
				n.Fail("%w", err)
			}
			return
		}
		parts = append(parts, Part{value, true})
	}
	if parts == nil {
		return
	}
	s.file.parts[n.yaml] = append(parts, Part{Text: n.yaml.Value[end:]})
	n.yaml.Value, n.yaml.Tag = "", ""
	for _, p := range s.file.parts[n.yaml] {
		n.yaml.Value += p.Text
	}
}

// of is what a variable stands for.
func (s *substitution) of(n *yaml.Node, name string) (string, error) {
	x := s.variables[name]
	switch {
	case x == nil:
		return "", fmt.Errorf("the variable ${%s} is not declared%s: a suite says variables: {%[1]s: VALUE}, and $${%[1]s} is the text itself", name, nearest.Hint(name, slices.Sorted(maps.Keys(s.variables))))
	case s.sql[n]:
		x.used = true
		return "", errors.New("no variable is put into sql, for it could be any SQL: @from, @to and @today are read there")
	}
	x.used = true
	return x.value, nil
}

// Part is of a text in which variables may stand.
type Part struct {
	Text     string
	Variable bool // Text is what a variable stands for
}

// Scalar is what the text would be in a document, without quotes.
func (p Part) Scalar() (any, error) { return scalar(&yaml.Node{Kind: yaml.ScalarNode, Value: p.Text}) }

// Parts are the text of a scalar in parts.
func (n Node) Parts() []Part {
	if parts, ok := n.file.parts[n.yaml]; ok {
		return parts
	}
	return []Part{{Text: n.yaml.Value}}
}

// WithVariables lets a variable stand wherever a schema has a single value.
func WithVariables(s *jsonschema.Schema) *jsonschema.Schema {
	if s == nil {
		return nil
	}
	if single(s) {
		value := *s
		value.Description = ""
		*s = jsonschema.Schema{Description: s.Description, AnyOf: []*jsonschema.Schema{&value}}
	}
	some := false
	for _, c := range s.AnyOf {
		if some = some || single(c); !single(c) {
			WithVariables(c)
		}
	}
	if some {
		s.AnyOf = append(slices.Clone(s.AnyOf), &jsonschema.Schema{Type: "string", Pattern: `\$\{[A-Za-z_]`})
	}
	for name, c := range s.Properties {
		if name != VariablesKey {
			WithVariables(c)
		}
	}
	for _, c := range slices.Concat(s.OneOf, s.AllOf, []*jsonschema.Schema{s.Items}) {
		WithVariables(c)
	}
	if s.AdditionalProperties != nil && s.AdditionalProperties.Not == nil {
		WithVariables(s.AdditionalProperties)
	}
	return s
}

// single reports whether a schema is of a single value, and not any text anyhow.
func single(s *jsonschema.Schema) bool {
	switch s.Type {
	case "integer", "number", "boolean":
		return true
	case "string":
		return s.Pattern != `\S` && (s.Pattern != "" || s.Format != "" || len(s.Enum) > 0)
	}
	return len(s.Enum) > 0
}
