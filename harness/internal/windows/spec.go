package windows

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/files/dialect"
)

// Spec says which windows are asked for, and what the columns of the rows mean.
type Spec struct {
	Entity []string // columns
	At     string
	Order  []string
	Reset  string

	Value          []string
	Ratio          []string // NUMERATOR/DENOMINATOR
	Stat           []string // Defaults to mean.
	Last, Days     []int64
	IncludeCurrent bool
	MaxSpan        int64
	MaxAge         int64
	// Zone is whose calendar days Days, the limits and HistoryFrom count. Nil is 24
	// hours for a day of a TIMESTAMP; a DATE is its own day.
	Zone *time.Location

	// Counted says which rows take part. Defaults to all of them.
	Counted     expr.Expr
	Expected    Expected
	Points      string // a file; "" is every row
	HistoryFrom civil.Date
	Types       map[string]expr.Type
	Dialect     dialect.Dialect // of the files of rows, of expected keys and of points
}

// Expected is the list of what was due.
type Expected struct {
	File  string
	Where expr.Expr
	// Map names the columns of the file where they are not those of the rows.
	// Several give a key each: a game is due for its home and its away team.
	Map map[string][]string
	// By is the column of the rows, such as the team, that the keys are of, where
	// the file knows only its games.
	By string
	// Due is the column of the file that says from when on a key without a row is
	// missing; before, its windows are waiting. A DATE is due when it has ended.
	Due string
}

// SpecError is a mistake in what was asked, as against one in the data.
type SpecError struct{ error }

func (e SpecError) Unwrap() error { return e.error }

// mistake is a SpecError about a setting.
func mistake(setting, format string, args ...any) error {
	return SpecError{fmt.Errorf("--%s %s", setting, fmt.Sprintf(format, args...))}
}

// Check refuses a spec that makes no sense whatever the rows are.
func (s *Spec) Check() error {
	_, err := s.windows()
	if err := s.Dialect.Check(); err != nil {
		return SpecError{err}
	}
	return errors.Join(s.checkKeys(), err, s.checkExpected())
}

func (s *Spec) checkKeys() error {
	switch {
	case len(s.Entity) == 0:
		return mistake("entity", "is missing: name the columns that say whose row it is, such as player")
	case s.At == "":
		return mistake("at", "is missing: name the column that says when, such as game_date")
	case len(s.Value)+len(s.Ratio) == 0:
		return mistake("value", "is missing: name the columns to average, such as points")
	case len(s.Stat) > 0 && len(s.Value) == 0:
		return mistake("stat", "is of the columns of --value, and there are none: name them, or leave it out")
	case len(s.Last)+len(s.Days) == 0:
		return mistake("last", "is missing: say how many rows (--last 10) or days (--days 7) a window is over")
	}
	return nil
}

func (s *Spec) checkExpected() error {
	x := s.Expected
	if x.File == "" {
		for _, given := range []struct {
			setting string
			set     bool
		}{{"expected-where", !x.Where.IsZero()}, {"expected-map", len(x.Map) > 0}, {"expected-by", x.By != ""}, {"expected-due", x.Due != ""}} {
			if given.set {
				return mistake(given.setting, "needs --expected: name the file of what was due")
			}
		}
		return nil
	}
	var mapped, several []string
	for _, name := range slices.Sorted(maps.Keys(x.Map)) {
		column := s.keyColumn(name)
		switch {
		case column == "":
			return mistake("expected-map", "names %q, which is no key column of the rows: those are %s", name, strings.Join(s.keyColumns(), ", "))
		case slices.Contains(mapped, column):
			return mistake("expected-map", "names the key column %s twice, once as %q", column, name)
		}
		mapped = append(mapped, column)
		if len(x.Map[name]) > 1 {
			several = append(several, column)
		}
	}
	if len(several) > 1 {
		return mistake("expected-map", "gives several columns for each of %s: only one key column can have several", strings.Join(several, ", "))
	}
	return nil
}
