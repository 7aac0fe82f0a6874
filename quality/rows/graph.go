package rows

import (
	"context"
	"errors"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// graph is the relations of a plan, each made once, between the tables they are
// read from and the statements that are measured over them. An error takes with it
// what is made of the rows that have it, and nothing else.
type graph struct {
	engine *Engine
	made   map[string]*made
	inputs []*input
	scans  []*measured
	memory *memory
	files  paths
}

// made is a relation and why there are no rows of it.
type made struct {
	stage *stage
	from  []*made
	needs []*input
	err   error
}

// measured is the folds over one relation.
type measured struct {
	stage *stage // where it keeps, and fails
	scan  *scan
	of    []*quality.Statement
	from  *made
	whole bool // all rows came
	err   error
}

func newGraph(e *Engine) *graph {
	return &graph{engine: e, made: map[string]*made{}, memory: e.budget()}
}

// measure prepares the folds of a statement; those over one relation share a scan.
func (g *graph) measure(st *quality.Statement) {
	m := g.relation(st.Relation)
	for _, s := range g.scans {
		if s.from == m {
			s.of = append(s.of, st)
			return
		}
	}
	g.scans = append(g.scans, &measured{of: []*quality.Statement{st}, from: m})
}

// run reads the inputs, those first that others wait for.
func (g *graph) run(ctx context.Context) {
	for _, s := range g.scans {
		s.connect()
	}
	g.memory.ctx = ctx
	defer g.memory.close()
	for _, in := range g.inputs {
		in.run(ctx)
	}
}

// connect lets the folds take the rows of their relation.
func (m *measured) connect() {
	if m.err = m.from.err; m.err != nil {
		return
	}
	m.stage = &stage{share: share{of: m.from.stage.of}}
	m.scan = newScan(names(m.from.stage.schema), &m.stage.share)
	for _, st := range m.of {
		for _, f := range st.Folds {
			m.scan.add(f)
		}
	}
	m.from.stage.out = append(m.from.stage.out, outlet{m, m.stage})
}

func (m *measured) take(b *expr.Batch) error {
	m.scan.consume(b)
	if m.scan.relieve(); m.stage.passes() {
		return m.stage.over("what is counted by segment")
	}
	return nil
}

func (m *measured) end() error {
	m.scan.settle()
	m.whole = true
	return nil
}

// revised says that rows of an input are not what its schema guessed, if that is so.
func (g *graph) revised() error {
	for _, in := range g.inputs {
		for _, r := range in.readers {
			if errors.Is(r.err, expr.ErrRevised) {
				return r.err
			}
		}
	}
	return nil
}

// report tells what was measured. Folds whose rows did not all come fail with the
// reason.
func (g *graph) report(out *quality.Measurements) {
	out.Files(g.files)
	for _, m := range g.scans {
		err := m.err
		if err == nil {
			err = m.stage.err
		}
		if err == nil && !m.whole {
			if err = m.from.why(); err == nil {
				err = errors.New("its rows did not all come, and nobody says why")
			}
		}
		if err == nil {
			m.scan.report(out)
			continue
		}
		for _, st := range m.of {
			for _, f := range st.Folds {
				out.Fail(f, err)
			}
		}
	}
}

// why says why the rows of a relation did not all come.
func (m *made) why() error {
	for _, err := range []error{m.err, m.stage.err} {
		if err != nil {
			return err
		}
	}
	for _, from := range m.from {
		if err := from.why(); err != nil {
			return err
		}
	}
	for _, in := range m.needs {
		for _, r := range in.readers {
			if r.err != nil {
				return r.err
			}
		}
	}
	return nil
}
