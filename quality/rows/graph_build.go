package rows

import (
	"errors"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// relation makes a relation out of its inputs, unless that is done.
func (g *graph) relation(r quality.Relation) *made {
	if known, ok := g.made[r.Key()]; ok {
		return known
	}
	m := &made{stage: &stage{schema: r.Schema(), share: share{of: g.memory}}}
	g.made[r.Key()] = m
	m.err = g.build(r, m)
	return m
}

func (g *graph) build(r quality.Relation, m *made) error {
	s := m.stage
	one := func(in quality.Relation, op sink, err error) error {
		from := g.relation(in)
		m.from, m.needs = append(m.from, from), append(m.needs, from.needs...)
		if err := errors.Join(from.err, err); err != nil {
			return err
		}
		from.stage.out = append(from.stage.out, outlet{op, m.stage})
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
		g.inputs = append(g.inputs, &input{name: name, source: src, files: &g.files})
	}
	in := g.inputs[at]
	r := &reader{stage: m.stage}
	for _, f := range m.stage.schema {
		if f.Name == quality.PositionColumn {
			in.placed = true
			r.at = append(r.at, placed)
			continue
		}
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
