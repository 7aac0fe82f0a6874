package rollingsql

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// check refuses a query whose parts do not fit together.
func (q *Query) check() error {
	if err := q.Rows.check("rows", len(q.Rows.Entity)); err != nil {
		return err
	}
	if err := q.checkZone(); err != nil {
		return err
	}
	if q.expects() {
		if err := q.checkExpected(); err != nil {
			return err
		}
	}
	if q.Points != nil {
		if err := q.Points.check("points", len(q.Rows.Entity)); err != nil {
			return err
		}
		if err := q.agree("points", q.Points, q.Rows.Entity, q.Points.Entity); err != nil {
			return err
		}
	}
	for _, d := range [...]civil.Date{q.From, q.To, q.HistoryFrom} {
		if d != (civil.Date{}) && !d.IsValid() {
			return fmt.Errorf("%s is no day", d)
		}
	}
	if q.From != (civil.Date{}) && q.To != (civil.Date{}) && q.To.Before(q.From) {
		return fmt.Errorf("points from %s to %s are none: exchange the two", q.From, q.To)
	}
	return nil
}

func (q *Query) checkZone() error {
	if z := q.Zone; z != nil && (z.String() == "" || z.String() == "Local") {
		return fmt.Errorf("zone %q has no name that means the same everywhere: load one by name, such as America/New_York", z)
	}
	return nil
}

// check refuses key columns that are none.
func (s *Source) check(what string, entities int) error {
	fail := func(format string, args ...any) error {
		return fmt.Errorf("%s: %s", what, fmt.Sprintf(format, args...))
	}
	switch {
	case len(s.Entity) == 0:
		return fail("no entity: name the columns that say whose row it is, such as player")
	case len(s.Entity) != entities:
		return fail("%d entity columns where there are %d: name as many, in the same order", len(s.Entity), entities)
	case s.At == "":
		return fail("no time: name the column that says when, such as game_date")
	}
	at, err := s.Schema.Field(s.At)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if at.Type != expr.Date && at.Type != expr.Timestamp && at.Type != expr.DateTime {
		return fail("column %q is %s and not a DATE, a TIMESTAMP or a DATETIME", at.Name, at.Type)
	}
	for _, name := range s.Entity {
		if err := s.checkKey(what, name, keyTypes); err != nil {
			return err
		}
	}
	for _, name := range s.Order {
		if err := s.checkKey(what, name, orderTypes); err != nil {
			return err
		}
	}
	if s.Reset != "" {
		return s.checkKey(what, s.Reset, keyTypes)
	}
	return nil
}

var (
	// A FLOAT64 parts no rows.
	// https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#groupable_data_types
	keyTypes   = []expr.Type{expr.String, expr.Int64, expr.Bool, expr.Bytes, expr.Numeric, expr.Date, expr.DateTime, expr.Time, expr.Timestamp}
	orderTypes = []expr.Type{expr.Int64, expr.Float64, expr.String, expr.Date, expr.DateTime, expr.Time, expr.Timestamp}
)

func (s *Source) checkKey(what, name string, types []expr.Type) error {
	f, err := s.Schema.Field(name)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if !slices.Contains(types, f.Type) {
		return fmt.Errorf("%s: column %q is %s and cannot be part of a key: cast it to one of %s", what, f.Name, f.Type, typeNames(types))
	}
	return nil
}

func typeNames(types []expr.Type) string {
	names := make([]string, len(types))
	for i, t := range types {
		names[i] = string(t)
	}
	return strings.Join(names, ", ")
}

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
