package history

import (
	"cmp"
	"context"
	"slices"
)

// Store keeps runs: a [File] or a [Table]. Both are safe for concurrent use, by several
// processes too.
type Store interface {
	// Append adds the records of a run; added is false where it was there already.
	Append(ctx context.Context, records []Record) (added bool, err error)
	// Findings are those of a check, of any suite where that is "", each run once and
	// in the order in which the runs were kept or made; and what is no record.
	Findings(ctx context.Context, suite, check string) ([]Record, []Skipped, error)
	// Checks are those that there are findings of, in the order of their names.
	Checks(ctx context.Context) ([]Check, error)
}

// Check names a check of a suite.
type Check struct{ Suite, ID string }

// Findings reads the findings of a check.
func (f File) Findings(ctx context.Context, suite, check string) ([]Record, []Skipped, error) {
	all, skipped, err := f.Read(ctx)
	of := func(r Record) bool {
		return r.Record == OfFinding && *r.CheckID == check && (suite == "" || r.Suite == suite)
	}
	return slices.DeleteFunc(all, func(r Record) bool { return !of(r) }), skipped, err
}

// Checks lists what the file has findings of.
func (f File) Checks(ctx context.Context) ([]Check, error) {
	all, _, err := f.Read(ctx)
	var out []Check
	for _, r := range all {
		if r.Record == OfFinding {
			out = append(out, Check{r.Suite, *r.CheckID})
		}
	}
	slices.SortFunc(out, func(a, b Check) int { return cmp.Or(cmp.Compare(a.Suite, b.Suite), cmp.Compare(a.ID, b.ID)) })
	return slices.Compact(out), err
}
