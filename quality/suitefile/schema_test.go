package suitefile_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality/suitefile"
)

func resolvedSchema(t testing.TB, kinds ...suitefile.Kind) *jsonschema.Resolved {
	t.Helper()
	s, err := suitefile.Schema(with(kinds...)...)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(s) // as it is published
	if err != nil {
		t.Fatal(err)
	}
	var published jsonschema.Schema
	if err := json.Unmarshal(text, &published); err != nil {
		t.Fatal(err)
	}
	r, err := published.Resolve(nil)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// asJSON reads YAML as editors do for a JSON Schema: by YAML 1.2, with texts for
// keys.
func asJSON(t testing.TB, text string) (documents []any) {
	t.Helper()
	loader, err := yaml.NewLoader(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for {
		var n yaml.Node
		switch err := loader.Load(&n); {
		case errors.Is(err, io.EOF):
			return documents
		case err != nil:
			t.Fatal(err)
		}
		documents = append(documents, jsonOf(t, n.Content[0]))
	}
}

func jsonOf(t testing.TB, n *yaml.Node) any {
	t.Helper()
	switch n.Kind {
	case yaml.AliasNode:
		return jsonOf(t, n.Alias)
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, jsonOf(t, c))
		}
		return list
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i]
			if key.Kind == yaml.AliasNode {
				key = key.Alias
			}
			m[key.Value] = jsonOf(t, n.Content[i+1])
		}
		return m
	}
	switch n.ShortTag() {
	case "!!null":
		return nil
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!int", "!!float":
		f, err := strconv.ParseFloat(n.Value, 64)
		if err != nil {
			t.Fatal(err)
		}
		return f
	}
	return n.Value
}

func TestSchemaAcceptsGoodSuites(t *testing.T) {
	schema := resolvedSchema(t)
	for _, g := range good {
		t.Run(g.name, func(t *testing.T) {
			for _, document := range asJSON(t, g.yaml) {
				if err := schema.Validate(document); err != nil {
					t.Error(err)
				}
			}
		})
	}
}

// A key that nobody knows is put into every map of every good suite, but for those
// whose keys are names of columns and take any text. Where it could be a column,
// what it holds is refused.
func TestUnknownKeysAreRefusedEverywhere(t *testing.T) {
	schema := resolvedSchema(t)
	for _, g := range good {
		t.Run(g.name, func(t *testing.T) {
			for _, document := range asJSON(t, g.yaml) {
				for _, m := range mapsIn(document) {
					m["surplus"] = "x"
					text := asText(t, document)
					if err := schema.Validate(document); err == nil {
						t.Errorf("the schema accepts the key surplus: %s", text)
					}
					_, err := parse(string(text))
					if err == nil || !strings.Contains(err.Error(), "surplus") {
						t.Errorf("Parse says %v: %s", err, text)
					}
					delete(m, "surplus")
				}
			}
		})
	}
}

// authored are the keys of maps whose keys the author chooses.
var authored = []string{"columns", "expect", "segments", "keys", "by", "map", "labels", "in", "pattern", "defaults"}

func mapsIn(v any) (out []map[string]any) {
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			out = append(out, mapsIn(e)...)
		}
	case map[string]any:
		out = append(out, v)
		for _, key := range slices.Sorted(maps.Keys(v)) {
			if !slices.Contains(authored, key) {
				out = append(out, mapsIn(v[key])...)
			}
		}
	}
	return out
}

func asText(t *testing.T, document any) []byte {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(document); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What a schema can see of a mistake it refuses as Parse does.
func TestSchemaRefuses(t *testing.T) {
	schema := resolvedSchema(t)
	for name, text := range map[string]string{
		"no table":           "suite: s\nchecks: [unique: id]",
		"no checks":          "suite: s\ntable: d.t\nchecks: []",
		"a bare share":       minimal + "\n- complete: a\n  at_least: 0.95",
		"a fraction of rows": minimal + "\n- rows: {at_least: 0.5}",
		"rows without bound": minimal + "\n- rows: {}",
		"two kinds":          minimal + "\n- {complete: a, unique: a}",
		"no kind":            minimal + "\n- {by: season}",
		"a word":             minimal + "\n- {unique: a, severity: wran}",
		"a number as text":   minimal + "\n- unique: 5",
		"a waiver in a word": minimal + "\n- {unique: a, waive: ok}",
		"a day that is none": "from: today-1w\n" + minimal + "\n- unique: a",
	} {
		t.Run(name, func(t *testing.T) {
			for _, document := range asJSON(t, text) {
				if schema.Validate(document) == nil {
					t.Error("the schema accepts it")
				}
			}
			if _, err := parse(text); err == nil {
				t.Error("Parse accepts it")
			}
		})
	}
}
