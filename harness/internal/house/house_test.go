// Package house holds every package of the module to its place: which of the
// others it may import, and which modules from outside.
package house

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/intactdata/intact"
	civil  = "cloud.google.com/go/civil"
)

// place is where a package stands.
type place struct {
	name string
	// outside are the import paths from other modules that it may name itself,
	// each with what lies below it; civil is always allowed.
	outside []string
	// pure packages compile the standard library and civil only, counted through
	// everything that they import: whoever uses them pays for nothing else.
	pure bool
	// never are packages below that it may not import all the same.
	never []string
}

var (
	bigquery = []string{"cloud.google.com/go/bigquery", "google.golang.org/api"}
	terminal = []string{"github.com/schollz/progressbar/v3", "github.com/spf13/cobra", "github.com/spf13/pflag", "golang.org/x/term"}
	schema   = "github.com/google/jsonschema-go"
	yaml     = "go.yaml.in/yaml/v4"
	globs    = "github.com/bmatcuk/doublestar/v4"
	docker   = []string{"github.com/testcontainers/testcontainers-go", "github.com/moby/moby"}
	parquet  = "github.com/apache/arrow-go/v18"
	rolling  = []string{"rolling"}
)

// house lists the packages from the roof down. An import only ever points down.
var house = []place{
	{name: "harness/incidents"},
	{name: "harness/cmd/intact", outside: slices.Concat(terminal, bigquery, []string{"golang.org/x/sys"}), never: []string{"harness/emulator/container"}},
	{name: "harness/internal/cli", outside: slices.Concat(terminal, bigquery, []string{schema, globs}), never: []string{"harness", "harness/emulator/container"}},
	{name: "harness", outside: append([]string{"github.com/google/go-cmp"}, bigquery...), never: []string{"harness/emulator/container"}},
	{name: "harness/internal/serve"},
	{name: "harness/report", outside: []string{"github.com/jedib0t/go-pretty/v6", schema}},
	{name: "harness/history", outside: []string{"github.com/gofrs/flock", schema}},
	{name: "harness/internal/mutation"},
	{name: "harness/internal/windows", outside: []string{parquet, schema, "github.com/spf13/pflag"}},
	{name: "harness/internal/profile", outside: []string{yaml}},
	{name: "harness/internal/redacted"},
	{name: "harness/internal/stage", outside: bigquery},
	{name: "harness/internal/engines", outside: bigquery},
	{name: "harness/internal/house"},
	{name: "harness/emulator/install"},
	{name: "harness/emulator/container", outside: docker},
	{name: "harness/emulator", outside: bigquery},
	{name: "harness/internal/reference"},
	{name: "harness/internal/command", outside: []string{"golang.org/x/sys/unix"}},
	{name: "harness/internal/sidecar/sidecartest"},
	{name: "harness/internal/sidecar"},
	{name: "harness/internal/shape", pure: true},
	{name: "harness/internal/spool"},
	{name: "harness/internal/ending"},
	{name: "harness/internal/league/generate"},
	{name: "harness/internal/league"},
	{name: "features", outside: []string{schema}},
	{name: "quality/lineage", outside: []string{schema}},
	{name: "rolling/audit", outside: []string{schema}},
	{name: "rolling/panelsql"},
	{name: "rolling/rollingsql", pure: true},
	{name: "rolling/panel", outside: []string{schema}},
	{name: "quality/enginetest", never: rolling},
	{name: "quality/suitefile/standard", outside: []string{schema}, never: rolling},
	{name: "quality/suitefile", outside: []string{schema, yaml, globs}, never: rolling},
	{name: "quality/suitefile/form", outside: []string{schema, yaml}, never: rolling},
	{name: "quality/publish/onfile", outside: []string{parquet}, never: rolling},
	{name: "quality/claim", pure: true, never: rolling},
	{name: "quality/bq", outside: bigquery, never: rolling},
	{name: "quality/bq/fakebq", outside: bigquery, never: rolling},
	{name: "quality/googlesql", pure: true, never: rolling},
	{name: "quality/files", outside: []string{parquet, "github.com/apache/thrift", "github.com/klauspost/compress"}, never: rolling},
	{name: "quality/files/dialect", pure: true, never: rolling},
	{name: "quality/publish", pure: true, never: rolling},
	{name: "quality/spill", outside: []string{"github.com/lanrat/extsort"}, never: rolling},
	{name: "quality/rows", pure: true, never: rolling},
	{name: "quality/faults", pure: true, never: rolling},
	{name: "quality/checks", pure: true, never: rolling},
	{name: "quality", pure: true, never: rolling},
	{name: "quality/expr", pure: true, never: rolling},
	{name: "quality/internal/nearest", pure: true, never: rolling},
	{name: "quality/internal/rawsql", pure: true, never: rolling},
	{name: "quality/internal/scalar", pure: true, never: rolling},
	{name: "rolling", pure: true},
	{name: "rolling/internal/schedule", pure: true},
	{name: "rolling/internal/places", pure: true},
	{name: "rolling/internal/calendar", pure: true},
	{name: "rolling/internal/exact", pure: true},
	{name: "rolling/internal/bitset", pure: true},
	{name: "rolling/internal/memory", pure: true},
}

// listed is what go list says of a package.
type listed struct {
	ImportPath string
	Standard   bool
	Imports    []string // by its code, not by its tests
	Deps       []string // all that it is compiled with
}

func list(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", "./...")
	cmd.Dir = root(t)
	look(t, cmd.Dir)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	require.NoError(t, err)
	out := map[string]listed{}
	for d := json.NewDecoder(strings.NewReader(string(text))); ; {
		var p listed
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return out
		} else if err != nil {
			t.Fatal(err)
		}
		out[p.ImportPath] = p
	}
}

// look reads every folder of the module. The go command remembers a test's result
// for as long as what the test itself has read is the same, and does not see what
// its child reads: a new import would go unnoticed.
func look(t *testing.T, root string) {
	t.Helper()
	require.NoError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && path != root && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		return err
	}))
}

// root is the folder of the module's go.mod.
func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs(".")
	require.NoError(t, err)
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		require.NotEqual(t, filepath.Dir(dir), dir, "there is no go.mod above this folder")
		dir = filepath.Dir(dir)
	}
}

// own is a package's name within the module.
func own(path string) (string, bool) {
	if path == module {
		return ".", true
	}
	return strings.CutPrefix(path, module+"/")
}

func floor(name string) int {
	return slices.IndexFunc(house, func(p place) bool { return p.name == name })
}

func TestEveryPackageImportsWhatItsPlaceAllows(t *testing.T) {
	packages := list(t)
	for path, p := range packages {
		name, ours := own(path)
		if !ours {
			continue
		}
		t.Run(name, func(t *testing.T) {
			at := floor(name)
			if at < 0 {
				t.Fatal("the package has no place in the house yet: say which floor it is on and what it may import")
			}
			for _, path := range p.Imports {
				if problem := house[at].refuses(at, path, packages[path]); problem != "" {
					t.Errorf("it imports %s: %s", path, problem)
				}
			}
			if !house[at].pure {
				return
			}
			for _, path := range p.Deps {
				if _, ours := own(path); !ours && !packages[path].Standard && path != civil {
					t.Errorf("it is compiled with %s, and must need the standard library and %s only", path, civil)
				}
			}
		})
	}
}

// refuses says why a package may not import another, or "".
func (p place) refuses(at int, path string, imported listed) string {
	name, ours := own(path)
	switch {
	case ours && floor(name) <= at:
		return "an import only ever points down"
	case ours && slices.Contains(p.never, name):
		return "these two do not know each other"
	case !ours && !imported.Standard && path != civil && !slices.ContainsFunc(p.outside, func(o string) bool { return path == o || strings.HasPrefix(path, o+"/") }):
		return "its place does not allow it"
	}
	return ""
}
