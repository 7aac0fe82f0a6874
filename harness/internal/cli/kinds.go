package cli

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
	"github.com/intactdata/intact/rolling/audit"
)

// checkKinds are the kinds of check that suites may use: the lists of all packages
// that have some.
func checkKinds() []suitefile.Kind { return slices.Concat(standard.Kinds(), audit.Kinds()) }

// kinds prints what each kind of check claims.
func (p Process) kinds() *cobra.Command {
	return &cobra.Command{
		Use:   "kinds [KIND...]",
		Short: "Print what each kind of check claims, with its keys and an example",
		Example: `  intact kinds
  intact kinds complete`,
		RunE: func(cmd *cobra.Command, args []string) error {
			some, err := chosenKinds(args)
			if err != nil {
				return err
			}
			var page bytes.Buffer
			if err := suitefile.WriteReference(&page, some); err != nil {
				return evaluationError{err}
			}
			return p.until(cmd.Context(), func(p Process) error {
				_, err := p.Stdout.Write(page.Bytes())
				return err
			})
		},
	}
}

// chosenKinds are those of the names, all if there is none.
func chosenKinds(names []string) ([]suitefile.Kind, error) {
	all := checkKinds()
	if len(names) == 0 {
		return all, nil
	}
	var known []string
	for _, k := range all {
		known = append(known, k.Name)
	}
	var out []suitefile.Kind
	for _, name := range slices.Compact(slices.Sorted(slices.Values(names))) {
		at := slices.Index(known, name)
		if at < 0 {
			return nil, fmt.Errorf("there is no kind of check %q: the kinds are %s", name, strings.Join(known, ", "))
		}
		out = append(out, all[at])
	}
	return out, nil
}
