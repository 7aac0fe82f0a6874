package onfile

import (
	"context"
	"fmt"
	"os"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/publish"
)

// Steps are what publishing into the file would take.
func (t *Table) Steps(_ context.Context, w publish.Write, rows int64, suites []quality.Suite) ([]publish.Step, error) {
	path, err := t.path()
	if err != nil {
		return nil, err
	}
	var size int64
	if info, err := os.Stat(path); err == nil {
		size = info.Size()
	}
	return []publish.Step{
		{Doing: fmt.Sprintf("write down token %d for the days in %s", w.Token, beside(path, "fence"))},
		{Doing: fmt.Sprintf("write the file as it would be beside %s: what stands there outside of the days, and %s", path, quality.Plural(rows, "row", "rows")), Bytes: &size},
		{Doing: fmt.Sprintf("run %s on that file", quality.Plural(int64(len(suites)), "suite", "suites")), Bytes: &size},
		{Doing: "if all pass, write down the run and rename the file over the other"},
	}, nil
}
