package main_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"

	"github.com/intactdata/intact/quality/enginetest"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
	"github.com/intactdata/intact/rolling/audit"
)

// published is a schema as the command prints it, as a validator reads it that is not
// the one it was made with.
func published(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	got := run(t, root, "schema", name)
	require.Equal(t, 0, got.code, got.stderr)
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(got.stdout))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(name+".json", document))
	s, err := c.Compile(name + ".json")
	require.NoError(t, err)
	return s
}

// documents are what a file holds, with dates as the texts that they are in YAML 1.2.
func documents(t *testing.T, text string) (out []any) {
	t.Helper()
	d, err := yaml.NewLoader(strings.NewReader(text))
	require.NoError(t, err)
	for {
		var n yaml.Node
		if err := d.Load(&n); err != nil {
			return out
		}
		textual(&n)
		var v any
		require.NoError(t, n.Decode(&v))
		out = append(out, v)
	}
}

func textual(n *yaml.Node) {
	if n.ShortTag() == "!!timestamp" {
		n.Tag = "!!str"
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && c.Kind == yaml.ScalarNode {
			c.Tag = "!!str" // as a key of JSON is
		}
		textual(c)
	}
}

// Whatever the repository shows keeps the schemas that editors are given, and a key that
// nobody knows does not.
func TestExamplesKeepTheirSchemas(t *testing.T) {
	schemas := map[string]*jsonschema.Schema{}
	for _, name := range []string{"suite", "features", "tables", "window"} {
		schemas[name] = published(t, name)
	}
	texts := map[string]map[string]string{"suite": {}, "features": {}, "tables": {}, "window": {}}
	files, err := filepath.Glob(filepath.Join(root, "testdata", "*.yaml"))
	require.NoError(t, err)
	for _, path := range files {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		texts[sort(t, string(text))][path] = string(text)
	}
	for _, block := range blocks(t, "yaml") {
		if strings.HasPrefix(block, "suite:") || strings.HasPrefix(block, "entity:") {
			texts[sort(t, block)]["README "+strings.SplitN(block, "\n", 2)[0]] = block
		}
	}
	incidents, err := enginetest.ReadIncidents(os.DirFS(filepath.Join(root, "harness", "incidents")), "*.txt")
	require.NoError(t, err)
	for _, c := range incidents {
		if c.Suite != "" && c.Refused == nil {
			texts[sort(t, c.Suite)][c.At] = c.Suite
		}
	}
	for _, k := range slices.Concat(standard.Kinds(), audit.Kinds()) {
		texts["suite"]["kind "+k.Name] = example(k)
	}
	for name, of := range texts {
		require.NotEmpty(t, of, name)
		for at, text := range of {
			for _, document := range documents(t, text) {
				assert.NoError(t, schemas[name].Validate(document), "%s %s", name, at)
				within := document.(map[string]any)
				if name == "tables" {
					within = within[slices.Sorted(maps.Keys(within))[0]].(map[string]any)
				}
				within["surplus"] = "x"
				assert.Error(t, schemas[name].Validate(document), "%s %s takes any key", name, at)
			}
		}
	}
}

// sort is which of the schemas a file is of.
func sort(t *testing.T, text string) string {
	t.Helper()
	top := documents(t, text)[0].(map[string]any)
	for key, name := range map[string]string{"suite": "suite", "features": "features", "entity": "window"} {
		if _, ok := top[key]; ok {
			return name
		}
	}
	return "tables"
}

func example(k suitefile.Kind) string {
	return "suite: example\ntable: d.t\ndate: game_date\nchecks:" + k.Example + "\n"
}
