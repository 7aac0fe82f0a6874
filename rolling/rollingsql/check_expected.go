package rollingsql

import (
	"errors"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

func (q *Query) checkExpected() error {
	x := q.Expected
	owner := q.Rows.Entity
	if q.byTeam() {
		owner = []string{x.Team}
		if err := q.Rows.checkKey("rows", x.Team, keyTypes); err != nil {
			return err
		}
	}
	if err := x.check("expected keys", len(owner)); err != nil {
		return err
	}
	// What is missing in a table can not be found there.
	if strings.EqualFold(x.Table, q.Rows.Table) {
		return fmt.Errorf("expected keys: %s is the table of the rows itself: give a list that is kept apart from it", x.Table)
	}
	for _, entity := range append([][]string{x.Entity}, x.Also...) {
		if len(entity) != len(owner) {
			return fmt.Errorf("expected keys: %q names %d entity columns where there are %d", entity, len(entity), len(owner))
		}
		if err := q.agree("expected keys", &x.Source, owner, entity); err != nil {
			return err
		}
	}
	if len(x.Order) != len(q.Rows.Order) && (!q.byTeam() || len(x.Order) > 0) {
		return errors.New("expected keys: order is part of the key, so name as many order columns as the rows have")
	}
	for i, name := range x.Order {
		if err := q.alike("expected keys", &x.Source, q.Rows.Order[i], name); err != nil {
			return err
		}
	}
	if x.Due == "" {
		return nil
	}
	due, err := x.Schema.Field(x.Due)
	if err == nil && due.Type != expr.Date && due.Type != expr.Timestamp {
		err = fmt.Errorf("column %q is %s and not a DATE or a TIMESTAMP, which say when a key is due", due.Name, due.Type)
	}
	if err != nil {
		return fmt.Errorf("expected keys: %w", err)
	}
	return nil
}

// agree refuses keys of other types than the rows': they would never meet.
func (q *Query) agree(what string, s *Source, owner, entity []string) error {
	if err := q.alike(what, s, q.Rows.At, s.At); err != nil {
		return err
	}
	for i, name := range entity {
		if err := q.alike(what, s, owner[i], name); err != nil {
			return err
		}
	}
	if (q.Rows.Reset == "") != (s.Reset == "") {
		return fmt.Errorf("%s: the rows have the reset %q and these %q: name it for both or for neither", what, q.Rows.Reset, s.Reset)
	}
	if s.Reset == "" {
		return nil
	}
	return q.alike(what, s, q.Rows.Reset, s.Reset)
}

func (q *Query) alike(what string, s *Source, ours, theirs string) error {
	a, err := q.Rows.Schema.Field(ours)
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	b, err := s.Schema.Field(theirs)
	switch {
	case err != nil:
		return fmt.Errorf("%s: %w", what, err)
	case a.Type != b.Type:
		return fmt.Errorf("%s: column %q is %s and %q of the rows is %s, and keys of two types never meet: cast one of them", what, b.Name, b.Type, a.Name, a.Type)
	}
	return nil
}
