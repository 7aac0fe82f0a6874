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
			return s.Wording.mistake(given.setting, "needs %s: name the list of what was due", s.Wording.Say("expected", ""))
		}
	}
	return nil
}
