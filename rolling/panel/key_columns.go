package panel

import (
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// owner is whose keys the expected ones are: the entity's or the team's.
func (s *Spec) owner() []string {
	if s.Expected.By != "" {
		return []string{s.Expected.By}
	}
	return s.Entity
}

// KeyColumns are the columns that an expected key is made of.
func (s *Spec) KeyColumns() []string {
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
	for _, c := range s.KeyColumns() {
		if expr.SameColumn(c, name) {
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

// InExpected are the names among the expected keys of a key column of the rows.
func (s *Spec) InExpected(column string) []string {
	if names, mapped := s.mapped(column); mapped {
		return names
	}
	return []string{column}
}

func (s *Spec) mapped(column string) ([]string, bool) {
	for name, names := range s.Expected.Map {
		if s.keyColumn(name) == column {
			return names, true
		}
	}
	return nil, false
}

// OrderExpected reports whether the keys of a list have an order: one of a team's games
// need not know what breaks ties among the rows of a game.
func (s *Spec) OrderExpected(list expr.Schema) bool {
	return s.Expected.By == "" || slices.ContainsFunc(s.Order, func(column string) bool {
		_, mapped := s.mapped(column)
		return mapped || expr.Named(list.Names(), column)
	})
}
