package rows

import (
	"context"
	"errors"
	"fmt"
	"slices"

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
}

// made is a relation and why there are no rows of it.
type made struct {
	stage *stage
	needs []*input
	err   error
}

// measured is the folds over one relation.
type measured struct {
	scan  *scan
	of    []*quality.Statement
	from  *made
	whole bool // all rows came
	err   error
}

// input is rows that are read: a table's, those of a derivation, or literal ones.
type input struct {
	name    string
	source  expr.Source
	columns []string
	readers []*reader
	// before are the inputs whose rows must be there first, for a join to stream.
	before []*input
	read   bool
}

// reader takes some columns of an input's batches.
type reader struct {
	*stage
	at    []int
	batch expr.Batch
	err   error
}

func newGraph(e *Engine) *graph { return &graph{engine: e, made: map[string]*made{}} }

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

// relation makes a relation out of its inputs, unless that is done.
func (g *graph) relation(r quality.Relation) *made {
	if known, ok := g.made[r.Key()]; ok {
		return known
	}
	m := &made{stage: &stage{schema: r.Schema()}}
	g.made[r.Key()] = m
	m.err = g.build(r, m)
	return m
}

func (g *graph) build(r quality.Relation, m *made) error {
	s := m.stage
	one := func(in quality.Relation, op sink, err error) error {
		from := g.relation(in)
		m.needs = append(m.needs, from.needs...)
		if err := errors.Join(from.err, err); err != nil {
			return err
		}
		from.stage.out = append(from.stage.out, op)
		return nil
	}
	switch n := r.Node().(type) {
	case quality.ReadNode:
		src, err := g.engine.source(n.Table)
		if err != nil {
			return err
		}
		return g.read("read "+n.Table, src, m)
	case quality.DerivedNode:
		var inputs []expr.Source
		for _, in := range n.Derivation.Inputs() {
			src, err := g.engine.source(in.Table())
			if err != nil {
				return err
			}
			inputs = append(inputs, src)
		}
		return g.read(r.Key(), n.Derivation.Rows(inputs), m)
	case quality.ValuesNode:
		return g.read(r.Key(), literal{n}, m)
	case quality.FilterNode:
		op, err := newFilter(n, s)
		return one(n.In, op, err)
	case quality.ProjectNode:
		op, err := newExpand(n.In.Schema(), [][]quality.Column{n.Columns}, s)
		return one(n.In, op, err)
	case quality.ExpandNode:
		op, err := newExpand(n.In.Schema(), n.Lists, s)
		return one(n.In, op, err)
	case quality.UnionNode:
		open := new(int)
		for _, in := range n.In {
			op, err := newBranch(in.Schema(), s, open)
			if err := one(in, op, err); err != nil {
				return err
			}
		}
		return nil
	case quality.AggregateNode:
		op, err := newAggregate(n, s)
		return one(n.In, op, err)
	case quality.PreviousNode:
		op, err := newPrevious(n, s)
		return one(n.In, op, err)
	case quality.RunningNode:
		op, err := newRunning(n, s)
		return one(n.In, op, err)
	case quality.DaysNode:
		op, err := newDays(n, s)
		return one(n.In, op, err)
	case quality.JoinNode:
		op, err := newJoin(n, s)
		if err != nil {
			return err
		}
		if err := one(n.Right, rightSide{op}, nil); err != nil {
			return err
		}
		right := slices.Clone(m.needs)
		m.needs = nil
		if err := one(n.Left, leftSide{op}, nil); err != nil {
			return err
		}
		for _, in := range m.needs {
			in.before = append(in.before, right...)
		}
		m.needs = append(m.needs, right...)
		return nil
	}
	return fmt.Errorf("rows of %s cannot be made in memory", r)
}

// read adds a reader to an input.
func (g *graph) read(name string, src expr.Source, m *made) error {
	at := slices.IndexFunc(g.inputs, func(in *input) bool { return in.name == name })
	if at < 0 {
		at = len(g.inputs)
		g.inputs = append(g.inputs, &input{name: name, source: src})
	}
	in := g.inputs[at]
	r := &reader{stage: m.stage}
	for _, f := range m.stage.schema {
		c := slices.Index(in.columns, f.Name)
		if c < 0 {
			c = len(in.columns)
			in.columns = append(in.columns, f.Name)
		}
		r.at = append(r.at, c)
	}
	r.batch.Columns = make([]expr.Vector, len(r.at))
	in.readers = append(in.readers, r)
	m.needs = append(m.needs, in)
	return nil
}

// run reads the inputs, those first that others wait for.
func (g *graph) run(ctx context.Context) {
	for _, s := range g.scans {
		s.connect()
	}
	for _, in := range g.inputs {
		in.run(ctx)
	}
}

func (in *input) run(ctx context.Context) {
	if in.read {
		return
	}
	in.read = true
	for _, b := range in.before {
		b.run(ctx)
	}
	if ctx.Err() != nil {
		return
	}
	err := quality.Guard(sourcePanicked, func() error { return in.scan(ctx) })
	if err == nil {
		err = ctx.Err() // a source that stopped for it may not have said so
	}
	if err != nil {
		in.fail(err)
		return
	}
	for _, r := range in.readers {
		if r.err == nil {
			r.err = r.finish()
		}
	}
}

func (in *input) scan(ctx context.Context) error {
	for b, err := range in.source.Scan(ctx, in.columns) {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		for _, r := range in.readers {
			r.take(b)
		}
	}
	return nil
}

func (in *input) fail(err error) {
	for _, r := range in.readers {
		r.err = err
	}
}

func (r *reader) take(b *expr.Batch) {
	if r.err != nil {
		return
	}
	r.batch.Rows = b.Rows
	for i, c := range r.at {
		r.batch.Columns[i] = b.Columns[c]
	}
	r.err = r.send(&r.batch)
}

// connect lets the folds take the rows of their relation.
func (m *measured) connect() {
	if m.err = m.from.err; m.err != nil {
		return
	}
	m.scan = newScan(names(m.from.stage.schema))
	for _, st := range m.of {
		for _, f := range st.Folds {
			m.scan.add(f)
		}
	}
	m.from.stage.out = append(m.from.stage.out, m)
}

func (m *measured) take(b *expr.Batch) error {
	m.scan.consume(b)
	return nil
}

func (m *measured) end() error {
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
	for _, m := range g.scans {
		err := m.err
		if err == nil && !m.whole {
			err = m.from.why()
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
	for _, in := range m.needs {
		for _, r := range in.readers {
			if r.err != nil {
				return r.err
			}
		}
	}
	return errors.New("its rows did not all come, and nobody says why")
}
