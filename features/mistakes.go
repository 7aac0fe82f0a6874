package features

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Mistake is one thing that is wrong with a set whatever its data is.
type Mistake struct {
	Set string
	// Feature or Group is what it is about, both "" for the set itself.
	Feature, Group string
	Err            error
}

func (m *Mistake) Error() string {
	switch {
	case m.Feature != "":
		return fmt.Sprintf("features %s: %s: %v", m.Set, m.Feature, m.Err)
	case m.Group != "":
		return fmt.Sprintf("features %s: group %s: %v", m.Set, m.Group, m.Err)
	}
	return fmt.Sprintf("features %s: %v", m.Set, m.Err)
}

func (m *Mistake) Unwrap() error { return m.Err }

// Validate reports every mistake in the set that shows without its data.
func (s Set) Validate() error {
	var errs []error
	for _, m := range s.Mistakes() {
		errs = append(errs, m)
	}
	return errors.Join(errs...)
}

// Mistakes is Validate for those who know where each is written.
func (s Set) Mistakes() []*Mistake {
	var out []*Mistake
	bad := func(m Mistake, format string, args ...any) {
		m.Set, m.Err = s.Name, fmt.Errorf(format, args...)
		out = append(out, &m)
	}
	switch {
	case s.Label == "":
		bad(Mistake{}, "it has no label, the column that is to be predicted")
	case s.Date == "":
		bad(Mistake{}, "it has no at, the date column of the events that rows are about")
	}
	if len(s.Key) == 0 {
		bad(Mistake{}, "it has no key, the columns that there is one row of")
	}
	if len(s.Features) == 0 {
		bad(Mistake{}, "it has no feature, and nothing to judge is never a pass")
	} else if !slices.ContainsFunc(s.Features, func(f Feature) bool { return !f.Optional }) {
		bad(Mistake{}, "it has no required feature, so that nothing could keep the gate closed")
	}
	if err := s.Served.mistake(); err != nil {
		bad(Mistake{}, "%w", err)
	}
	seen := map[string]string{}
	for _, f := range s.Features {
		of := Mistake{Feature: f.Name}
		name, column := strings.ToLower(f.Name), strings.ToLower(f.column())
		switch other, twice := seen[column]; {
		case f.Name == "" || strings.ContainsFunc(f.Name, unicode.IsSpace):
			bad(of, "%q is no name of a feature: write it without blanks", f.Name)
		case strings.EqualFold(f.Name, s.Label):
			bad(of, "it has the name of the label")
		case strings.EqualFold(f.column(), s.Label):
			bad(of, "%s is the label, which no model may read", f.column())
		case twice:
			bad(of, "%s is the column of %s already", f.column(), other)
		case seen["\x00"+name] != "":
			bad(of, "two features have the name %q", f.Name)
		}
		seen[column], seen["\x00"+name] = f.Name, f.Name
		if len(f.AtMost) > 0 && len(f.Defaults) == 0 {
			bad(of, "it says how many defaults there may be, and names none")
		}
		if f.Round != nil && (*f.Round < 0 || *f.Round > 15) {
			bad(of, "round %d: a checksum goes to 0 to 15 decimals", *f.Round)
		}
		if f.Age != 0 && s.settled().availableAt(f.Name) == "" {
			bad(of, "age: nothing says when the value was there: write available_at")
		}
		if slices.ContainsFunc(f.NullIf, func(c string) bool { return strings.EqualFold(c, f.column()) }) {
			bad(of, "null_if: %s is NULL where it is NULL", f.column())
		}
	}
	groups := map[string]bool{}
	for _, g := range s.Groups {
		of := Mistake{Group: g.Name}
		if groups[g.Name] || seen["\x00"+strings.ToLower(g.Name)] != "" {
			bad(of, "a feature or another group has that name")
		}
		if strings.ContainsFunc(g.Name, unicode.IsSpace) {
			bad(of, "%q is no name of a group: write it without blanks", g.Name)
		}
		groups[g.Name] = true
		if len(g.Of) == 0 {
			bad(of, "it names no feature")
		}
		for _, name := range g.Of {
			if _, ok := s.named(name); !ok {
				bad(of, "there is no feature %q", name)
			}
		}
	}
	if len(out) > 0 {
		return out
	}
	suite := s.Checks()
	for _, m := range suite.Mistakes() {
		at := Mistake{}
		if m.Rule >= len(s.Rules) {
			at.Feature, _, _ = strings.Cut(suite.Rules[m.Rule].ID, " ")
		}
		bad(at, "%w", m)
	}
	return out
}
