package panel

import (
	"context"
	"slices"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// observations are the rows, loaded.
type observations struct {
	*keys
	values    []*column
	counted   []rolling.Truth // nil: every row
	countedBy *predicate      // nil: there is none
}

func (p *Panel) loadRows(ctx context.Context, t Table) error {
	in, err := p.open(ctx, t, "")
	if err != nil {
		return err
	}
	k, err := p.newKeys(in, p.spec.Entity, &p.shared.entities, itself)
	if err != nil {
		return err
	}
	if err := k.findOrder(itself); err != nil {
		return err
	}
	k.nullReset = true
	p.rows = &observations{keys: k}
	if err := p.findValues(); err != nil {
		return err
	}
	if by := p.spec.Expected.By; by != "" {
		if k.team, _, err = k.add("expected_by", by); err != nil {
			return err
		}
		k.part("team 0", k.team)
	}
	if p.rows.countedBy, err = k.predicate("counted", p.clocked(p.spec.Counted)); err != nil {
		return err
	}
	return k.scan(ctx, func(b *expr.Batch) error {
		if err := k.load(b); err != nil {
			return err
		}
		for _, v := range p.rows.values {
			if err := v.load(b, 0, b.Rows); err != nil {
				return err
			}
		}
		p.rows.counted, err = p.rows.countedBy.truths(p.rows.counted, b)
		return err
	})
}

// findValues finds the columns that the windows are over, each once.
func (p *Panel) findValues() error {
	for _, w := range p.spec.Windows {
		setting := "value"
		if w.Statistic().Per() != "" {
			setting = "ratio"
		}
		for _, name := range []string{w.Statistic().Column(), w.Statistic().Per()} {
			if name == "" || slices.ContainsFunc(p.rows.values, func(v *column) bool { return v.name == name }) {
				continue
			}
			v, err := newValues(&p.rows.selection, setting, name)
			if err != nil {
				return err
			}
			p.rows.values = append(p.rows.values, v)
		}
	}
	return nil
}
