package panel

import (
	"context"
	"errors"
	"time"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
)

// Panel is what has been loaded: the observations of entities over time, the keys that
// were due, and the points that windows are asked for as of. It does not change, and is
// safe for concurrent use.
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
	if from.Rows.Source == nil {
		err = errors.Join(err, Mistake{errors.New("there is no source of rows")})
	}
	if from.Expected.Source == nil {
		err = errors.Join(err, spec.checkNoneExpected())
	}
	if err != nil {
		return nil, err
	}
	settled := false
	for tries := 0; ; tries++ {
		p, err := load(ctx, spec, from, now)
		switch {
		case errors.Is(err, expr.ErrRevised) && tries < maxRevisions:
			continue
		case err == nil:
			return p, nil
		case settled, errors.As(err, new(Mistake)):
			return nil, err
		}
		settled = true
		for _, t := range []Table{from.Rows, from.Expected, from.Points} {
			if s, ok := t.Source.(expr.Settler); ok {
				_ = s.Settle(ctx) // the schema has the same error
			}
		}
	}
}

// maxRevisions is how often the sources may revise their schemas: each does so once for
// the columns that are read.
const maxRevisions = 100

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
	if from.Points.Source != nil {
		if err := p.loadPoints(ctx, from.Points); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// clocked is a predicate at the time of the run, in the zone of the windows.
func (p *Panel) clocked(e expr.Expr) expr.Expr {
	if p.spec.Zone == nil {
		return e.At(p.now, time.UTC)
	}
	return e.At(p.now, p.spec.Zone)
}
