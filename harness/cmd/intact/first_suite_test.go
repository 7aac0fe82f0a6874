package main_test

import (
	"encoding/json"
	"flag"
	"io/fs"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/mutation"
)

var isCSV = regexp.MustCompile(`\.csv(\.gz)?$`)

// csvFiles are those below a folder.
func csvFiles(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && isCSV.MatchString(path) {
			out = append(out, path)
		}
		return err
	}))
	require.NotEmpty(t, out, dir)
	return out
}

// everySeason has the files of all seasons looked at, and not of one only.
var everySeason = flag.Bool("seasons.every", false, "look at the files of every season, and not at the newest of each kind alone")

var season = regexp.MustCompile(`_\d{4}-\d{2}`)

// newest are the last of files that differ in their season alone.
func newest(files []string) []string {
	if *everySeason {
		return files
	}
	var out []string
	for i, path := range files {
		if i+1 == len(files) || season.ReplaceAllString(path, "") != season.ReplaceAllString(files[i+1], "") {
			out = append(out, path)
		}
	}
	return out
}

// ofTheFile are the faults that change a figure of the file itself; others it takes
// another table to see.
var ofTheFile = map[string]bool{mutation.Lose: true, mutation.Duplicate: true, mutation.Null: true, mutation.Freeze: true, mutation.Zero: true}

// newYear is the clock of these tests, when the last season is under way.
const newYear = "2026-01-01T12:00:00Z"

// catches asserts that the suite which init writes of a file catches nine in ten of the
// faults of the file itself.
func catches(t *testing.T, path string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "first.yaml")
	written := run(t, ".", "init", path, "--out", out, "--now", newYear)
	require.Equal(t, 0, written.code, written.stderr)
	broken := run(t, ".", "mutate", out, "--segments", "1", "-o", "json", "--now", newYear)
	var got struct {
		Suites []struct {
			Faults []struct{ Kind, Fault, Outcome string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(broken.stdout), &got), broken.stderr)
	caught, all := 0, 0
	var missed []string
	for _, f := range got.Suites[0].Faults {
		switch {
		case !ofTheFile[f.Kind] || f.Outcome == string(mutation.Idle):
		case f.Outcome == string(mutation.Caught):
			caught, all = caught+1, all+1
		default:
			missed, all = append(missed, f.Fault), all+1
		}
	}
	t.Logf("%s: %d of %d caught", filepath.Base(path), caught, all)
	assert.GreaterOrEqual(t, 10*caught, 9*all, missed)
	assert.NotZero(t, all)
}

func TestAFirstSuiteOfTheLeagueCatchesFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("it breaks whole seasons in many ways")
	}
	for _, path := range csvFiles(t, filepath.Join(root, "testdata", "clean")) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			catches(t, path)
		})
	}
}

// Real seasons, with all that is wrong with them.
func TestAFirstSuiteOfOutsideDataCatchesFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("it breaks whole seasons in many ways")
	}
	for _, path := range newest(csvFiles(t, outside(t))) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			t.Parallel()
			catches(t, path)
		})
	}
}
