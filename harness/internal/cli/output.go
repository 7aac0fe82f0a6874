package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/harness/report"
	"github.com/intactdata/intact/quality"
)

// render writes a report in one form.
type render = func(io.Writer, *quality.Report, report.Options) error

// outputs are the forms of a report.
var outputs = map[string]render{
	"table":    report.Table,
	"json":     func(w io.Writer, r *quality.Report, _ report.Options) error { return report.JSON(w, r) },
	"junit":    report.JUnit,
	"markdown": report.Markdown,
}

// The forms of reports, and of what is none.
var (
	reportOutputs = []string{"table", "json", "junit", "markdown"}
	otherOutputs  = []string{"table", "json"}
)

func addOutput(flags *pflag.FlagSet, into *string, what string, names []string) {
	flags.StringVarP(into, "output", "o", "table", "how the "+what+" is written: "+strings.Join(names, " or "))
}

// checkOutput refuses an output that there is not.
func checkOutput(name string, names []string) error {
	if _, ok := outputs[name]; !ok || slices.Contains(reportOutputs, name) && !slices.Contains(names, name) {
		return fmt.Errorf("--output %q is not known: it is %s", name, strings.Join(names, " or "))
	}
	return nil
}

// reportFiles are files that a report is written to besides.
type reportFiles []string

// endings are the forms by how the name of a file ends.
var endings = map[string]string{".txt": "table", ".json": "json", ".xml": "junit", ".md": "markdown"}

func (f *reportFiles) add(flags *pflag.FlagSet) {
	flags.StringArrayVar((*[]string)(f), "report", nil, "write the report to a `FILE` as well, as its name ends: .xml for junit, .md for markdown, .json or .txt; can be repeated")
}

func (f reportFiles) check() error {
	for i, path := range f {
		switch info, err := os.Stat(path); {
		case endings[filepath.Ext(path)] == "":
			return fmt.Errorf("--report %s: its name says no form: it ends with .xml for junit, .md for markdown, .json or .txt", path)
		case slices.Contains(f[:i], path):
			return fmt.Errorf("--report %s is named twice", path)
		case err == nil && !info.Mode().IsRegular():
			return fmt.Errorf("--report %s is no regular file, and it is replaced as a whole: name a file, or one that is not there yet", path)
		}
	}
	return nil
}

// write replaces the files at once: who reads one sees the report before or this one.
func (f reportFiles) write(r *quality.Report, o report.Options, forms map[string]render) error {
	o.Color, o.Width = false, 0
	for _, path := range f {
		var text bytes.Buffer
		err := quality.Guard("laying it out panicked", func() error { return forms[endings[filepath.Ext(path)]](&text, r, o) })
		if err == nil {
			err = ending.WithoutPath(replace(path, text.Bytes()))
		}
		if err != nil {
			return evaluationError{fmt.Errorf("--report %s cannot be written: %w", path, err)}
		}
	}
	return nil
}
