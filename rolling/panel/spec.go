package panel

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// Spec says what the columns of rows mean, and which windows over them are asked for.
// Columns are named as the rows name them, without regard to case.
type Spec struct {
	// Entity are the columns that say whose row it is.
	Entity []string
	// At is when: a DATE, a TIMESTAMP or a DATETIME.
	At string
	// Order are the columns that break ties where an entity has two rows at one time.
	Order []string
	// Reset is the column, such as season, that no window reaches across; "" is none.
	Reset string
	// Counted says which rows take part: TRUE takes a place, FALSE takes none, NULL is a
	// place without a value. The zero Expr is TRUE for every row.
	Counted expr.Expr
	// Zone is whose calendar days windows of days, their limits and HistoryFrom count.
	// Nil is 24 hours for a day of a TIMESTAMP; a DATE is its own day.
	Zone *time.Location
	// HistoryFrom is from when on all history is known. The zero Date is each entity's
	// first row or expected key.
	HistoryFrom civil.Date
	// Expected says how the keys that were due are read, where there is a list of them.
	Expected Expected
	// Windows are what is asked for. Their columns are those of the rows.
	Windows []rolling.Spec
	// Wording is how errors write a setting; nil is as YAML does.
	Wording Wording
}

// Validate refuses a spec that makes no sense whatever the rows are.
func (s *Spec) Validate() error {
	return errors.Join(s.checkRows(), s.checkExpected())
}

// CheckKeys refuses a spec that does not say whose and when a row is.
func (s *Spec) CheckKeys() error {
	switch {
	case len(s.Entity) == 0:
		return s.Wording.mistake("entity", "is missing: name the columns that say whose row it is, such as player")
	case s.At == "":
		return s.Wording.mistake("at", "is missing: name the column that says when, such as game_date")
	}
	return nil
}

func (s *Spec) checkRows() error {
	if err := s.CheckKeys(); err != nil {
		return err
	}
	if len(s.Windows) == 0 {
		return Mistake{errors.New("no window is asked for")}
	}
	for i, w := range s.Windows {
		for _, before := range s.Windows[:i] {
			if strings.EqualFold(w.Name(), before.Name()) {
				return Mistake{fmt.Errorf("window %s is asked for twice", w.Name())}
			}
		}
	}
	return nil
}
