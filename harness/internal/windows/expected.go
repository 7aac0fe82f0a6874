package windows

import (
	"context"
	"fmt"

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
	k.codes, k.resetCodes = &r.entities, &r.resets
	if s.Expected.By != "" {
		k.codes = &r.teams
	}
	r.expected = k
	return r.loadExcused(ctx)
}

// loadExcused loads the keys with what expected-where is for each.
func (r *run) loadExcused(ctx context.Context) error {
	k := r.expected
	where, err := k.predicate("expected-where", r.spec.Expected.Where)
	if err != nil {
		return err
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
		return nil, fmt.Errorf("--expected-due: %s: %w", k.table.name, fmt.Errorf(noTime, k.columns[at], typ))
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
