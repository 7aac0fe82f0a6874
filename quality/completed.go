package quality

import "slices"

// in is the rule's check with what it leaves to the suite.
func (r Rule) in(s Suite) (Check, error) {
	if c, ok := r.Check.(interface {
		In(Suite, Rule) (Check, error)
	}); ok {
		return c.In(s, r)
	}
	return r.Check, nil
}

// completed is a valid suite whose checks say themselves what they leave to it.
func (s Suite) completed() Suite {
	s.Rules = slices.Clone(s.Rules)
	for i, r := range s.Rules {
		if c, err := r.in(s); err == nil {
			s.Rules[i].Check = c
		}
	}
	return s
}
