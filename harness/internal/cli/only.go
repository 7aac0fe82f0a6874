package cli

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/suitefile"
)

// only keeps the checks that one of the names is the id or a tag of, and the suites
// that have any. A name that none has is a mistake: nothing would be looked at.
func only(files []suitefile.File, names []string) ([]suitefile.File, error) {
	if len(names) == 0 {
		return files, nil
	}
	var out []suitefile.File
	var met []string
	for _, f := range files {
		some, here := f.Suite.Only(names...)
		met = append(met, here...)
		if f.Suite = some; len(some.Rules) > 0 {
			out = append(out, f)
		}
	}
	for _, name := range names {
		if !slices.Contains(met, name) {
			return nil, fmt.Errorf("--only %q is the id or a tag of no check: -o json prints the ids", name)
		}
	}
	return out, nil
}
