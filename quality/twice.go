package quality

import (
	"fmt"
	"reflect"
)

// Warnings are what is odd about a suite and no mistake: the same claim twice, of
// which one is enough.
func (s Suite) Warnings() []string {
	var out []string
	ids := s.ids()
	for i, r := range s.Rules {
		for j, before := range s.Rules[:i] {
			if r.claims(before) {
				out = append(out, fmt.Sprintf("%s claims what %s does: one of them is enough", ids[i], ids[j]))
				break
			}
		}
	}
	return out
}

// claims reports whether two rules claim the same of the same rows, whatever they are
// called and whatever their failure means.
func (r Rule) claims(other Rule) bool {
	return reflect.DeepEqual(r.Check, other.Check) && r.Where.String() == other.Where.String() && reflect.DeepEqual(r.WhereIn, other.WhereIn) &&
		r.NullsOK == other.NullsOK && r.NoneOK == other.NoneOK && same(r.By, other.By) && same(r.Computed, other.Computed) &&
		same(r.Expect, other.Expect) && reflect.DeepEqual(r.ExpectOf, other.ExpectOf) && reflect.DeepEqual(r.Due, other.Due)
}

// same compares lists, of which none is as good as an empty one.
func same[T any](a, b []T) bool {
	return len(a) == 0 && len(b) == 0 || reflect.DeepEqual(a, b)
}
