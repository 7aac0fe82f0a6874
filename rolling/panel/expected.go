package panel

import (
	"context"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// expectations are the keys that were due, loaded.
type expectations struct {
	*keys
	owedBy  *predicate // nil: every key owes a row
	excused []bool     // nil: none is
	due     []int64    // nil: all are
	unkeyed int        // keys that are not whole and owe no row
}

// loadExpected loads the list of what was due.
func (p *Panel) loadExpected(ctx context.Context, t Table) error {
	s := &p.spec
	in, err := p.open(ctx, t, "expected")
	if err != nil {
		return err
	}
	in.hint = func(column string) string {
		return "; where it goes by another name there, say " + s.Wording.Say("expected_map", column+"=NAME")
	}
	codes := &p.shared.entities
	if s.Expected.By != "" {
		codes = &p.shared.teams
	}
	k, err := p.newKeys(in, s.owner(), codes, s.InExpected)
	if err != nil {
		return err
	}
	if s.OrderExpected(in.schema) {
		if err := k.findOrder(s.InExpected); err != nil {
			return err
		}
	}
	x := &expectations{keys: k}
	p.expected = x
	due, err := x.findDue(s.Expected.Due, s.Zone)
	if err != nil {
		return err
	}
	if x.owedBy, err = k.predicate("expected_where", p.clocked(s.Expected.Where)); err != nil {
		return err
	}
	return k.scan(ctx, func(b *expr.Batch) error {
		owes, err := x.owedBy.truths(nil, b)
		if err != nil {
			return err
		}
		return x.load(b, owes, due)
	})
}

// load appends the keys of a batch, given which of its rows owe one, if that is not
// all of them, and when, if that is known. What owes no row needs no key, as a fixture
// whose date is not known yet.
func (x *expectations) load(b *expr.Batch, owes []rolling.Truth, due func(*expr.Batch, int) int64) error {
	if err := x.begin(b); err != nil {
		return err
	}
	for i := range b.Rows {
		// Only what is known to owe no row is excused.
		excused := owes != nil && owes[i] == rolling.False
		for _, owner := range x.owners {
			if excused && x.lacks(b, i, owner) >= 0 {
				x.unkeyed++
				continue
			}
			if err := x.loadKey(b, i, owner); err != nil {
				return err
			}
			if owes != nil {
				x.excused = append(x.excused, excused)
			}
			if due != nil {
				x.due = append(x.due, due(b, i))
			}
		}
	}
	return nil
}

// owesNone reports whether a key is known to owe no row.
func (x *expectations) owesNone(i int) bool { return x.excused != nil && x.excused[i] }
