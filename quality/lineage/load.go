package lineage

import (
	"context"
	"fmt"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// load reads the rows of a table from a day on.
func (p *play) load(ctx context.Context, t *player, from day) error {
	reading := Reading{Table: t.Name, Columns: t.columns, Date: t.Date, From: dateOf(from), Zone: t.zone}
	starts := t.starts()
	if len(starts) > 0 {
		reading.From = civil.Date{}
	}
	src, err := p.rows.Read(ctx, reading)
	if err != nil {
		return err
	}
	var asked []*predicate
	for _, e := range t.asked {
		one, err := newPredicate(e, t.schema, t.columns)
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		asked = append(asked, one)
	}
	exact := make([]expr.ExactKeys, len(t.columns))
	for b, err := range expr.ScanWhole(ctx, src, t.columns) {
		if err != nil {
			return fmt.Errorf("table %s: %w", t.Name, err)
		}
		for c := range t.columns {
			if err := exact[c].Add(&b.Columns[c], b.Rows, nil); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		truths := make([][]truth, len(asked))
		for i, one := range asked {
			if truths[i], err = one.truths(b); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		for i := range b.Rows {
			if err := p.take(t, b, i, from, truths, starts); err != nil {
				return err
			}
		}
	}
	return nil
}

// starts are the flows for which it matters who was there before the gap.
func (t *player) starts() []*flow {
	var out []*flow
	for _, f := range t.out {
		if f.knows || f.teams != nil {
			out = append(out, f)
		}
	}
	return out
}

// take takes a row of a batch.
func (p *play) take(t *player, b *expr.Batch, i int, from day, truths [][]truth, starts []*flow) error {
	at := b.Columns[t.date].Value(i)
	if at.IsNull() {
		return nil // it is of no day, and nothing is made from it
	}
	d, err := dayIn(at, t.zone)
	if err != nil {
		return fmt.Errorf("table %s: %s: %w", t.Name, t.Date, err)
	}
	r := &row{day: d, values: make([]int32, len(t.columns))}
	for c := range t.columns {
		r.values[c] = p.codes.code(b.Columns[c].Value(i))
	}
	if d < from {
		for _, f := range starts {
			if err := p.before(f, r); err != nil {
				return fmt.Errorf("table %s: %w", t.Name, err)
			}
		}
		return nil
	}
	for _, v := range truths {
		r.truths = append(r.truths, v[i])
	}
	if p.read++; p.read > p.limits.rows() {
		return fmt.Errorf("more than %d rows are of %s and later, in the tables that the gap can reach: they are kept in memory", p.limits.rows(), dateOf(from))
	}
	t.add(r)
	return nil
}

func (t *player) add(r *row) {
	t.byDay[r.day] = append(t.byDay[r.day], r)
	t.last = max(t.last, r.day)
}

// before notes a row from before the gap.
func (p *play) before(f *flow, r *row) error {
	group := keyOf(r, f.onFrom)
	if f.known[group] = true; f.teams == nil {
		return nil
	}
	at, err := instant(p.codes.values[r.values[f.atFrom]])
	if err == nil {
		f.teams.carry(r, group, at)
	}
	return err
}
