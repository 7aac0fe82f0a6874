package panel

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// Table is where rows are read from.
type Table struct {
	Name   string // in messages
	Source expr.Source
	// At says in messages where a row is, by the File and Lines of its batch. Nil is
	// file:line, and the number of the row where there is no file.
	At func(file string, line int64) string
}

// Tables are what windows are computed from.
type Tables struct {
	Rows Table
	// Expected are the keys that were due, kept apart from the rows. Without a Source
	// none are known, and no hole can be seen.
	Expected Table
	// Points are the keys that windows are asked for as of. Without a Source those are
	// the rows'.
	Points Table
}

// Panel is what has been loaded: the observations of entities over time, the keys that
// were due, and the points that windows are asked for as of. It does not change.
type Panel struct {
	spec     Spec
	now      time.Time
	shared   shared
	rows     *observations
	expected *expectations // nil: none
	points   *keys         // nil: the rows
}

// shared is what the keys of all tables have in common.
type shared struct {
	entities, teams, resets rolling.Dictionary
	// exact see to it that FLOAT64 keys which differ in their digits only are not taken
	// for one, by what a part of a key is for.
	exact map[string]*expr.ExactKeys
}

// Load reads the columns that the windows need. Now is when keys are due against, and
// the clock of predicates. What the first rows of a source seem to be can turn out
// otherwise: then it reads them again, with what all rows say. The error is a Mistake
// where the spec is wrong and not the rows.
func Load(ctx context.Context, spec Spec, from Tables, now time.Time) (*Panel, error) {
	err := spec.Validate()
	if from.Expected.Source == nil {
		err = errors.Join(err, spec.checkNoneExpected())
	}
	if err != nil {
		return nil, err
	}
	for settled := false; ; {
		p, err := load(ctx, spec, from, now)
		switch {
		case errors.Is(err, expr.ErrRevised):
		case err == nil || settled:
			return p, err
		default:
			settled = true
			for _, t := range []Table{from.Rows, from.Expected, from.Points} {
				if s, ok := t.Source.(expr.Settler); ok {
					_ = s.Settle(ctx) // the schema has the same error
				}
			}
		}
	}
}

func load(ctx context.Context, spec Spec, from Tables, now time.Time) (*Panel, error) {
	p := &Panel{spec: spec, now: now, shared: shared{exact: map[string]*expr.ExactKeys{}}}
	if err := p.loadRows(ctx, from.Rows); err != nil {
		return nil, err
	}
	if from.Expected.Source != nil {
		if same(from.Expected.Source, from.Rows.Source) {
			return nil, p.spec.Wording.mistake("expected", "%s is the input itself: what is missing there cannot be found there", from.Expected.Name)
		}
		if err := p.loadExpected(ctx, from.Expected); err != nil {
			return nil, err
		}
	}
	if from.Points.Source == nil {
		return p, nil
	}
	return p, p.loadPoints(ctx, from.Points)
}

// same reports whether two sources are known to have a file in common.
func same(a, b expr.Source) bool {
	of := func(s expr.Source) []string {
		if known, ok := s.(expr.Identified); ok {
			if files, err := known.Identity(); err == nil {
				return files
			}
		}
		return nil
	}
	all := of(a)
	return slices.ContainsFunc(of(b), func(file string) bool { return slices.Contains(all, file) })
}

// clocked is a predicate at the time of the run, in the zone of the windows.
func (p *Panel) clocked(e expr.Expr) expr.Expr {
	if p.spec.Zone == nil {
		return e.At(p.now, time.UTC)
	}
	return e.At(p.now, p.spec.Zone)
}

// itself: a column of the rows goes by its own name.
func itself(column string) []string { return []string{column} }

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
			if err := v.load(b); err != nil {
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

// loadPoints loads the keys that windows are asked for as of.
func (p *Panel) loadPoints(ctx context.Context, t Table) error {
	in, err := p.open(ctx, t, "points")
	if err != nil {
		return err
	}
	if p.points, err = p.newKeys(in, p.spec.Entity, &p.shared.entities, itself); err != nil {
		return err
	}
	return p.points.scan(ctx, p.points.load)
}

// asked are the keys that windows are asked for as of.
func (p *Panel) asked() *keys {
	if p.points != nil {
		return p.points
	}
	return p.rows.keys
}

// open asks for the columns of a table; setting is what errors name it by.
func (p *Panel) open(ctx context.Context, t Table, setting string) (selection, error) {
	schema, err := t.Source.Schema(ctx)
	if err != nil && setting != "" {
		err = fmt.Errorf("%s: %w", p.spec.Wording.say(setting, ""), err)
	}
	return selection{table: t, schema: schema, setting: setting, words: p.spec.Wording}, err
}
