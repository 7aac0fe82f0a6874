package windows

import (
	"slices"
	"strings"
)

// owner is whose keys the expected ones are: the entity's or the team's.
func (s *Spec) owner() []string {
	if s.Expected.By != "" {
		return []string{s.Expected.By}
	}
	return s.Entity
}

// keyColumns are the columns that an expected key is made of.
func (s *Spec) keyColumns() []string {
	out := append(slices.Clone(s.owner()), s.At)
	out = append(out, s.Order...)
	if s.Reset != "" {
		out = append(out, s.Reset)
	}
	return out
}

// keyColumn finds the key column that a name of Expected.Map means: its own, or
// what it is to the windows (entity or by, at, order, reset).
func (s *Spec) keyColumn(name string) string {
	for _, c := range s.keyColumns() {
		if strings.EqualFold(c, name) {
			return c
		}
	}
	switch owner := s.owner(); {
	case name == "entity" && s.Expected.By == "" && len(owner) == 1:
		return owner[0]
	case name == "by" && s.Expected.By != "":
		return owner[0]
	case name == "at":
		return s.At
	case name == "order" && len(s.Order) == 1:
		return s.Order[0]
	case name == "reset":
		return s.Reset
	}
	return ""
}

// inExpected are the names in the expected file of a key column of the rows.
func (s *Spec) inExpected(column string) (names []string, mapped bool) {
	for name, names := range s.Expected.Map {
		if s.keyColumn(name) == column {
			return names, true
		}
	}
	return []string{column}, false
}

// orderExpected: a list of a team's games need not know what breaks ties among
// the rows of a game.
func (s *Spec) orderExpected(t *table) bool {
	if s.Expected.By == "" {
		return true
	}
	for _, column := range s.Order {
		if _, mapped := s.inExpected(column); mapped {
			return true
		}
		if _, err := t.schema.Field(column); err == nil {
			return true
		}
	}
	return false
}
