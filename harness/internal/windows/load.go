package windows

import (
	"context"
	"fmt"
)

// load reads the columns of all files.
func (r *run) load(ctx context.Context, path, name string) error {
	var err error
	if r.windows, err = r.spec.windows(); err != nil {
		return err
	}
	t, err := r.openTable(ctx, path, name, r.spec.Types, r.spec.typesOfExpected())
	if err != nil {
		return err
	}
	t.origin = r.sources.origin
	if err := r.loadRows(ctx, t); err != nil {
		return err
	}
	if err := r.loadExpected(ctx); err != nil {
		return err
	}
	if err := r.loadPoints(ctx); err != nil {
		return err
	}
	return r.checkFormats()
}

// itself: a column of the rows goes by its own name.
func itself(column string) []string { return []string{column} }

func (r *run) loadRows(ctx context.Context, t *table) error {
	k, err := newKeys(selection{table: t}, r.spec, r.spec.Entity, itself)
	if err != nil {
		return err
	}
	if err := k.findOrder(r.spec, itself); err != nil {
		return err
	}
	k.codes, k.teamCodes, k.resetCodes, k.apart, k.nullReset = &r.entities, &r.teams, &r.resets, r.apart, true
	r.rows = k
	if err := r.findValues(); err != nil {
		return err
	}
	if by := r.spec.Expected.By; by != "" {
		if k.team, _, err = k.add("expected-by", by); err != nil {
			return err
		}
	}
	counted, err := k.predicate("counted", r.spec.Counted)
	if err != nil {
		return err
	}
	if r.countedBy, err = k.prepare(counted); err != nil {
		return err
	}
	for b, err := range t.rows(ctx, k.columns) {
		if err != nil {
			return err
		}
		if err := k.load(b); err != nil {
			return err
		}
		for _, v := range r.values {
			if err := v.load(b); err != nil {
				return err
			}
		}
		if r.counted, err = r.countedBy.truths(r.counted, b); err != nil {
			return err
		}
	}
	return nil
}

// findValues finds the columns that the windows are over, each once.
func (r *run) findValues() error {
	seen := map[string]bool{}
	for _, w := range r.windows {
		for _, name := range []string{w.Statistic().Column(), w.Statistic().Per()} {
			if name == "" || seen[name] {
				continue
			}
			seen[name] = true
			setting := "value"
			if w.Statistic().Per() != "" {
				setting = "ratio"
			}
			v, err := newValueColumn(&r.rows.selection, setting, name)
			if err != nil {
				return err
			}
			r.values = append(r.values, v)
		}
	}
	return nil
}

// loadPoints loads the keys that windows are asked for as of.
func (r *run) loadPoints(ctx context.Context) error {
	if r.spec.Points == "" {
		return nil
	}
	types := r.spec.typesOfPoints()
	t, err := r.openTable(ctx, r.spec.Points, r.spec.Points, types, types)
	if err != nil {
		return fmt.Errorf("--points: %w", err)
	}
	k, err := newKeys(selection{table: t, setting: "points"}, r.spec, r.spec.Entity, itself)
	if err != nil {
		return err
	}
	k.codes, k.resetCodes, k.apart = &r.entities, &r.resets, r.apart
	r.points = k
	for b, err := range t.rows(ctx, k.columns) {
		if err != nil {
			return err
		}
		if err := k.load(b); err != nil {
			return err
		}
	}
	return nil
}

// asked are the keys that windows are asked for as of.
func (r *run) asked() *keys {
	if r.points != nil {
		return r.points
	}
	return r.rows
}
