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

// statements are those of all pools. Only now is known which columns of a relation are
// wanted in all. What joins hold of tables is measured with them; the statements that
// it would take by itself are returned apart.
func (p *planner) statements(ctx context.Context) (out, held []*Statement, err error) {
	apart := p.hold(ctx)
	if held, err = bound(p.allowed(ctx), apart); err != nil {
		return nil, nil, err
	}
	binder := p.allowed(ctx)
	if _, ok := p.engine.(Sharer); ok {
		binder.shared = &sharing{wanted: map[string][]string{}}
	}
	for {
		out, err = bound(binder, p.order)
		if err != nil || binder.shared == nil || !binder.shared.grew {
			return out, held, err
		}
		binder.shared.grew = false // what one place wants may be more for those before it
	}
}

func bound(b relationBinder, pools []*pool) ([]*Statement, error) {
	var out []*Statement
	for _, pool := range pools {
		if len(pool.order) == 0 {
			continue
		}
		rel, err := b.bind(pool.relation, pool.wanted)
		if err != nil {
			return nil, err
		}
		out = append(out, pool.statements(rel)...)
	}
	return out, nil
}

// groups are the folds of each statement: one for those of the relation, and one for
// each of its key sets.
func (p *pool) groups() [][]*Fold {
	var out [][]*Fold
	at := map[string]int{}
	for _, f := range p.order {
		key := f.Term.Class().String()
		if f.Term.Class() == Keyed {
			key += "\n" + strings.Join(f.Term.Columns(), "\n")
		}
		if _, ok := at[key]; !ok {
			at[key] = len(out)
			out = append(out, nil)
		}
		out[at[key]] = append(out[at[key]], f)
	}
	return out
}

func (p *pool) statements(rel Relation) []*Statement {
	var out []*Statement
	for _, folds := range p.groups() {
		s := &Statement{Class: folds[0].Term.Class(), Relation: rel, Schema: rel.schema, Folds: folds}
		for _, f := range folds {
			f.Relation = rel
		}
		s.Columns = columnsOf(s)
		out = append(out, s)
	}
	return out
}
