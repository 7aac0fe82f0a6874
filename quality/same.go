package quality

import (
	"maps"
	"slices"
)

// Same reports whether both measured the same of the same: every value of every
// fold, in every segment. A table that is written to can look whole in mid-run;
// it does not look the same twice. What could not be measured is the same as
// nothing, itself included.
func (m *Measurements) Same(other *Measurements) bool {
	if m == nil || other == nil {
		return false
	}
	return maps.EqualFunc(m.results, other.results, func(a, b result) bool {
		return a.err == nil && b.err == nil && maps.EqualFunc(a.groups, b.groups, func(a, b group) bool {
			return a.Measurement == b.Measurement
		})
	})
}

// Failures are the errors of the folds that could not be measured.
func (m *Measurements) Failures() []error {
	var out []error
	for _, key := range slices.Sorted(maps.Keys(m.results)) {
		if err := m.results[key].err; err != nil {
			out = append(out, err)
		}
	}
	return out
}
