package windows

import (
	"context"
	"fmt"
	"time"

	"github.com/intactdata/intact/quality/expr"
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
	types := s.typesOfExpected()
	t, err := r.openTable(ctx, s.Expected.File, s.Expected.File, types, types)
	if err != nil {
		return fmt.Errorf("--expected: %w", err)
	}
	if t.same(r.rows.table) {
		return mistake("expected", "%s is the input itself: what is missing there cannot be found there", t.name)
	}
	k, err := newKeys(selection{table: t, setting: "expected", hint: "; where it goes by another name there, say --expected-map %s=NAME"}, s, s.owner(), named)
	if err != nil {
		return err
	}
	if s.orderExpected(t) {
		if err := k.findOrder(s, named); err != nil {
			return err
		}
	}
	k.codes, k.resetCodes, k.apart = &r.entities, &r.resets, r.apart
	if s.Expected.By != "" {
		k.codes, k.ofTeams = &r.teams, true
	}
	r.expected = k
	return r.loadExcused(ctx)
}

// loadExcused loads the keys with what expected-where is for each. It is asked first:
// what owes no row needs no key, as a fixture whose date is not known yet.
func (r *run) loadExcused(ctx context.Context) error {
	k := r.expected
	where, err := k.predicate("expected-where", r.spec.Expected.Where)
	if err != nil {
		return err
	}
	due, err := k.findDue(r.spec.Expected.Due, r.spec.Zone)
	if err != nil {
		return err
	}
	if r.owedBy, err = k.prepare(where); err != nil {
		return err
	}
	for b, err := range k.table.rows(ctx, k.columns) {
		if err != nil {
			return err
		}
		owes, err := r.owedBy.truths(nil, b)
		if err != nil {
			return err
		}
		if err := r.loadDue(b, owes, due); err != nil {
			return err
		}
	}
	return nil
}

// loadDue loads the keys of a batch, given which of its rows owe one, if that is not
// all of them, and when, if that is known.
func (r *run) loadDue(b *expr.Batch, owes []rolling.Truth, due func(*expr.Batch, int) int64) error {
	k := r.expected
	if err := k.begin(b); err != nil {
		return err
	}
	for i := range b.Rows {
		// Only what is known to owe no row is excused.
		excused := owes != nil && owes[i] == rolling.False
		for _, owner := range k.owners {
			if excused && k.lacks(b, i, owner) >= 0 {
				r.unkeyed++
				continue
			}
			if err := k.loadKey(b, i, owner); err != nil {
				return err
			}
			if owes != nil {
				r.excused = append(r.excused, excused)
			}
			if due != nil {
				r.due = append(r.due, due(b, i))
			}
		}
	}
	return nil
}

// findDue finds the column that says when keys are due: a DATE is due when it has
// ended. What it returns is when that of a row is, NULL being due at all times.
func (k *keys) findDue(column string, zone *time.Location) (func(*expr.Batch, int) int64, error) {
	if column == "" {
		return nil, nil
	}
	at, typ, err := k.add("expected-due", column)
	if err != nil {
		return nil, err
	}
	if typ != expr.Date && typ != expr.Timestamp && typ != expr.Null {
		return nil, fmt.Errorf("--expected-due: %s: %w", k.table.name, fmt.Errorf(noTime, k.columns[at], typ))
	}
	if zone == nil {
		zone = time.UTC
	}
	ends := map[int64]int64{} // of days
	return func(b *expr.Batch, i int) int64 {
		v := &b.Columns[at]
		switch {
		case isNull(v, i):
			return 0
		case typ == expr.Timestamp:
			return v.Ints[i]
		}
		day := v.Ints[i]
		end, known := ends[day]
		if !known {
			end = rolling.DayBegins(int32(day+1), zone)
			ends[day] = end
		}
		return end
	}, nil
}
