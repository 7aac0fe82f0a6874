package quality

import (
	"context"
	"strings"
)

// pool is the folds over one relation, each once, with the columns that they want
// of it.
type pool struct {
	relation Relation
	wanted   []string
	folds    map[string]*Fold
	order    []*Fold
}

func (p *planner) pool(rel Relation) *pool {
	if known, ok := p.pools[rel.Key()]; ok {
		return known
	}
	out := &pool{relation: rel, folds: map[string]*Fold{}}
	p.pools[rel.Key()] = out
	p.order = append(p.order, out)
	return out
}

func (p *pool) fold(f *Fold) *Fold {
	if known, ok := p.folds[f.Key()]; ok {
		known.MaxSegments = max(known.MaxSegments, f.MaxSegments)
		return known
	}
	p.folds[f.Key()] = f
	p.order = append(p.order, f)
	return f
}

// statements groups the folds: one statement for those of a relation, and one for
// each of its key sets. Only now is known which columns of a relation are wanted
// in all. What joins hold of others is measured with them, and those are returned apart.
func (p *planner) statements(ctx context.Context) (out, held []*Statement, err error) {
	binder := p.allowed(ctx)
	if _, ok := p.engine.(Sharer); ok {
		binder.shared = &sharing{wanted: map[string][]string{}}
	}
	of := map[*Statement]*pool{}
	for {
		if out, err = p.bound(binder, of); err != nil {
			return nil, nil, err
		}
		if binder.shared == nil || !binder.shared.grew {
			break
		}
		binder.shared.grew = false // what one place wants may be more for those before it
	}
	out, held = p.hold(ctx, out, of)
	return out, held, nil
}

func (p *planner) bound(b relationBinder, of map[*Statement]*pool) ([]*Statement, error) {
	var out []*Statement
	for _, pool := range p.order {
		if len(pool.order) == 0 {
			continue
		}
		bound, err := b.bind(pool.relation, pool.wanted)
		if err != nil {
			return nil, err
		}
		for _, st := range pool.statements(bound) {
			of[st] = pool
			out = append(out, st)
		}
	}
	return out, nil
}

func (p *pool) statements(rel Relation) []*Statement {
	var out []*Statement
	at := map[string]*Statement{}
	for _, f := range p.order {
		f.Relation = rel
		class := f.Term.Class()
		key := class.String()
		if class == Keyed {
			key += "\n" + strings.Join(f.Term.Columns(), "\n")
		}
		s, ok := at[key]
		if !ok {
			s = &Statement{Class: class, Relation: rel, Schema: rel.schema}
			at[key] = s
			out = append(out, s)
		}
		s.Folds = append(s.Folds, f)
	}
	for _, s := range out {
		s.Columns = columnsOf(s)
	}
	return out
}
