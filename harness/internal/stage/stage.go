// Package stage measures rows of any source by SQL: it loads them into the emulator,
// or into BigQuery.
package stage

import (
	"context"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// Place is where rows are loaded to be measured: the emulator, or BigQuery itself.
type Place struct {
	Name    string // as errors call it
	Client  *bigquery.Client
	Options bq.Options
	// Dataset makes a fresh dataset for the tables of one measuring, and Remove is told
	// when it has served.
	Dataset func(context.Context) (*emulator.Dataset, error)
	Remove  func(context.Context, *emulator.Dataset)
	// Absent says what can be done about a table that has no rows here and that the place
	// does not have either. It is nil where the place is not to be asked for any.
	Absent func(error) error
	// NaN is why the place cannot hold one, nil if it can.
	NaN error
}

// Engine is an engine that loads rows into a place: of each table the columns that a
// plan reads, once it is measured.
type Engine struct {
	quality.Engine // on the tables that the place has already
	place          Place
	sources        map[string]expr.Source // by table
}

// New is an engine on sources by the names of their tables.
func New(place Place, sources map[string]expr.Source) (*Engine, error) {
	s := &Engine{place: place, sources: sources}
	var err error
	s.Engine, err = s.engine(nil)
	return s, err
}

// engine measures what has been loaded, given the names that tables have there.
func (s *Engine) engine(tables map[string]string) (*bq.Engine, error) {
	options := s.place.Options
	options.Tables = tables
	return bq.New(s.place.Client, options)
}

// Tables tells of the sources, where there are some.
func (s *Engine) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	for _, name := range names { // rows are loaded by types that are no guess
		if src, ok := s.sources[name].(expr.Settler); ok {
			_ = src.Settle(ctx) // the schema has the same error
		}
	}
	if s.place.Absent == nil {
		return rows.NewEngine(s.sources).Tables(ctx, names...)
	}
	return Tables(ctx, s.sources, names, func(absent []string) ([]quality.TableInfo, error) {
		out, err := s.Engine.Tables(ctx, absent...)
		for i, t := range out {
			if t.Err != nil {
				out[i].Err = s.place.Absent(t.Err)
			}
		}
		return out, err
	})
}

// Measure loads what the plan reads into a dataset of its own, so that nobody is in
// anybody's way on one server, and measures it there. A fold that reads what
// could not be loaded fails for that reason, and no other does.
func (s *Engine) Measure(ctx context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	l := s.newLoad(plan)
	defer func() {
		if l.dataset != nil {
			s.place.Remove(ctx, l.dataset)
		}
	}()
	l.run(ctx)
	engine, err := s.engine(l.names())
	if err != nil {
		return nil, err
	}
	sound, faulty := &quality.Plan{}, map[*quality.Fold]error{}
	for _, st := range plan.Statements {
		part := *st
		part.Folds = nil
		for _, r := range st.Folds {
			if err := l.fault(r); err != nil {
				faulty[r] = err
				continue
			}
			part.Folds = append(part.Folds, r)
		}
		if len(part.Folds) > 0 {
			sound.Statements = append(sound.Statements, &part)
		}
	}
	out, err := engine.Measure(ctx, sound)
	if err != nil {
		return nil, err
	}
	for r, err := range faulty {
		out.Fail(r, err)
	}
	return out, nil
}
