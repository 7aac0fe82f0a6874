package cli

import (
	"context"
	"fmt"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/ending"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq"
	"github.com/intactdata/intact/quality/expr"
)

// openEmulator measures local rows by SQL, on the emulator. One that is running
// already goes on.
func openEmulator(ctx context.Context, j *job, sources map[string]expr.Source, server *emulator.Server) error {
	if server == nil {
		var err error
		if server, err = emulator.Start(ctx); err != nil {
			return evaluationError{err}
		}
		j.onClose(func() { shutDown(ctx, server) })
	}
	client, err := server.Client(ctx)
	if err != nil {
		return evaluationError{err}
	}
	j.onClose(func() { client.Close() })
	j.engine, err = newStage(server, client, sources)
	return err
}

// shutDown ends an emulator, and does not wait long for it once the context has
// ended. What it held is of no use to anybody.
func shutDown(ctx context.Context, server *emulator.Server) {
	ctx, stop := ending.Afterwards(ctx, cleanupTimeout)
	defer stop()
	_ = server.Shutdown(ctx)
}

// stage is an engine on the emulator that loads local rows into it: of each table
// the columns that a plan reads, once it is measured.
type stage struct {
	quality.Engine // on the tables that the emulator has already
	server         *emulator.Server
	client         *bigquery.Client
	sources        map[string]expr.Source // by table
}

func newStage(server *emulator.Server, client *bigquery.Client, sources map[string]expr.Source) (*stage, error) {
	s := &stage{server: server, client: client, sources: sources}
	var err error
	s.Engine, err = s.engine(nil)
	return s, err
}

// engine measures what has been loaded, given the names that tables have there.
func (s *stage) engine(tables map[string]string) (*bq.Engine, error) {
	return bq.New(s.client, bq.Options{Project: emulator.Project, Dialect: bq.Emulator(), Parallel: 1, Tables: tables})
}

// Tables tells of the local rows, where there are some.
func (s *stage) Tables(ctx context.Context, names ...string) ([]quality.TableInfo, error) {
	for _, name := range names { // rows are loaded by types that are no guess
		if src, ok := s.sources[name].(expr.Settler); ok {
			_ = src.Settle(ctx) // the schema has the same error
		}
	}
	return tablesOf(ctx, s.sources, names, func(absent []string) ([]quality.TableInfo, error) {
		out, err := s.Engine.Tables(ctx, absent...)
		for i, t := range out {
			if t.Err != nil {
				out[i].Err = fmt.Errorf("%w; to load local rows, name them as source in the suite or with --data TABLE=PATH", t.Err)
			}
		}
		return out, err
	})
}

// Measure loads what the plan reads into a dataset of its own, so that nobody is in
// anybody's way on one server, and measures it there. A fold that reads what
// could not be loaded fails for that reason, and no other does.
func (s *stage) Measure(ctx context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	l := s.newLoad(plan)
	defer l.remove(ctx)
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
