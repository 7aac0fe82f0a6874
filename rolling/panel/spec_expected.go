package panel

import (
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Expected says how the list of what was due is read.
type Expected struct {
	// Where is a predicate on the list; where it is FALSE the key owes no row.
	Where expr.Expr
	// Map names the columns of the list where they are not those of the rows, by the
	// column of the rows or what it is: entity, at, order, reset. Several of one column
	// give a key each: a game is due for its home and its away team.
	Map map[string][]string
	// By is the column of the rows, such as the team, that the keys are of, where the
	// list knows only games; "" is the entity.
	By string
	// Due is the column of the list that says from when on a key without a row is
	// missing; before, its windows are waiting. A DATE is due when it has ended. "" is
	// always.
	Due string
}

func (s *Spec) checkExpected() error {
	var mapped, several []string
	for _, name := range slices.Sorted(maps.Keys(s.Expected.Map)) {
		column := s.keyColumn(name)
		switch {
		case column == "":
			return s.Wording.mistake("expected_map", "names %q, which is no key column of the rows: those are %s", name, strings.Join(s.KeyColumns(), ", "))
		case slices.Contains(mapped, column):
			return s.Wording.mistake("expected_map", "names the key column %s twice, once as %q", column, name)
		}
		mapped = append(mapped, column)
		if len(s.Expected.Map[name]) > 1 {
			several = append(several, column)
		}
	}
	if len(several) > 1 {
		return s.Wording.mistake("expected_map", "gives several columns for each of %s: only one key column can have several", strings.Join(several, ", "))
	}
	return nil
}

// checkNoneExpected refuses what is said of a list that is not there.
func (s *Spec) checkNoneExpected() error {
	x := s.Expected
	for _, given := range []struct {
		setting string
		set     bool
	}{{"expected_where", !x.Where.IsZero()}, {"expected_map", len(x.Map) > 0}, {"expected_by", x.By != ""}, {"expected_due", x.Due != ""}} {
		if given.set {
			return s.Wording.mistake(given.setting, "needs %s: name the list of what was due", s.Wording.say("expected", ""))
		}
	}
	return nil
}

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
