package windows

import (
	"context"
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling"
)

// loadExpected loads the list of what was due.
func (r *run) loadExpected(ctx context.Context) error {
	s := r.spec
	if s.Expected.File == "" {
		return nil
	}
	named := func(column string) []string {
		names, _ := s.inExpected(column)
		return names
	}
	t, err := openTable(ctx, s.Expected.File, s.Expected.File, s.typesIn(named, s.Expected.Where))
	if err != nil {
		return fmt.Errorf("--expected: %w", err)
	}
	if t.same(r.rows.table) {
		return mistake("expected", "%s is the input itself: what is missing there cannot be found there", t.name)
	}
	k, err := newKeys(t, s, s.owner(), named)
	if err != nil {
		return fmt.Errorf("--expected: %w", err)
	}
	if s.orderExpected(t) {
		if err := k.findOrder(s, named); err != nil {
			return fmt.Errorf("--expected: %w", err)
		}
	}
	k.codes, k.resetCodes = &r.entities, &r.resets
	if s.Expected.By != "" {
		k.codes = &r.teams
	}
	r.expected = k
	return r.loadExcused(ctx)
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

// loadExcused loads the keys with what expected-where is for each.
func (r *run) loadExcused(ctx context.Context) error {
	k := r.expected
	var where quality.Expr
	var err error
	if !r.spec.Expected.Where.IsZero() {
		if where, err = k.predicate("expected-where", r.spec.Expected.Where); err != nil {
			return err
		}
	}
	due, err := k.findDue(r.spec.Expected.Due)
	if err != nil {
		return err
	}
	owes, err := k.prepare(where)
	if err != nil {
		return err
	}
	for b, err := range k.table.rows(ctx, k.columns) {
		if err != nil {
			return err
		}
		if err := k.load(b); err != nil {
			return err
		}
		if due != nil {
			r.due = due(r.due, b.Batch)
		}
		if owes == nil {
			continue
		}
		truths, err := owes.appendTo(nil, b.Batch)
		if err != nil {
			return err
		}
		for _, t := range truths {
			for range k.owners {
				// Only what is known to owe no row is excused.
				r.excused = append(r.excused, t == rolling.False)
			}
		}
	}
	return nil
}

// findDue finds the column that says when keys are due: a DATE is due when it has
// ended (UTC). What it returns appends that of each key of a batch, NULL being
// due at all times.
func (k *keys) findDue(column string) (func([]int64, *quality.Batch) []int64, error) {
	if column == "" {
		return nil, nil
	}
	at, typ, err := k.add("expected-due", column)
	if err != nil {
		return nil, err
	}
	if typ != quality.Date && typ != quality.Timestamp && typ != quality.Null {
		return nil, fmt.Errorf("--expected-due: %s: column %q is %s and not a DATE or a TIMESTAMP in every row", k.table.name, column, typ)
	}
	return func(out []int64, b *quality.Batch) []int64 {
		v := &b.Columns[at]
		for i := range b.Rows {
			due := int64(0)
			if !isNull(v, i) {
				if due = v.Ints[i]; typ == quality.Date {
					due = (due + 1) * dayMicros
				}
			}
			for range k.owners {
				out = append(out, due)
			}
		}
		return out
	}, nil
}

// typesIn are the declared types of the columns that another table shares with
// the rows, by the names they have there.
func (s *Spec) typesIn(named func(string) []string, also quality.Expr) map[string]quality.Type {
	out := map[string]quality.Type{}
	for column, typ := range s.Types {
		for _, key := range append(s.keyColumns(), s.Entity...) {
			if strings.EqualFold(key, column) {
				for _, name := range named(key) {
					out[name] = typ
				}
			}
		}
		for _, name := range also.Columns() {
			if strings.EqualFold(name, column) {
				out[name] = typ
			}
		}
	}
	return out
}
