package harness

import (
	"bytes"
	"errors"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// update is not called -update: a package that has its own flag of that name, as many
// do, could not import this one.
var update = flag.Bool("intact.update", false, "have harness.Golden write its files anew")

// Golden holds a report against a file: every check and segment with its verdict and its
// figures, a line each. When it was made, on which engine, and rows at fault are not in
// it, so that one file serves all engines. The file is written, not compared, with
//
//	go test ./... -run TestName -intact.update
func Golden(t testing.TB, r *quality.Report, path string) {
	t.Helper()
	var text bytes.Buffer
	if err := report.Lines(&text, withoutRows(r), report.Options{All: true}); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, text.Bytes(), 0o644)); err != nil {
			t.Fatalf("%v", err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("there is no %s: write it by -run '^%s$' -intact.update, and read it", path, t.Name())
	}
	if err != nil {
		t.Fatal(err)
	}
	split := func(text []byte) []string { return strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") }
	if diff := cmp.Diff(split(want), split(text.Bytes())); diff != "" {
		t.Errorf("the report is not that of %s (-file +report); if it is right, write it by -run '^%s$' -intact.update:\n%s", path, t.Name(), diff)
	}
}

// withoutRows is a report that shows no rows.
func withoutRows(r *quality.Report) *quality.Report {
	out := *r
	out.Suites = slices.Clone(r.Suites)
	for s := range out.Suites {
		suite := &out.Suites[s]
		suite.Checks = slices.Clone(suite.Checks)
		for c := range suite.Checks {
			check := &suite.Checks[c]
			check.Findings = slices.Clone(check.Findings)
			for f := range check.Findings {
				check.Findings[f].AtFault, check.Findings[f].Explain = nil, ""
			}
		}
	}
	return &out
}
