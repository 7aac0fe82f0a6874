package quality

import (
	"context"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// A full join whose right side is a table's rows, counted by key, holds what some folds
// of that table tell: how many rows there are, and how often keys occur. They are then
// read off the join, and the table is not read for them again.

// held says which folds over a join tell a fold of a table.
type held struct{ rows, value *Fold }

// holder is a join that folds of a table can be read off.
type holder struct {
	join  JoinNode
	right AggregateNode
	left  string // a column of the left side that is NULL in no row of it
	table string
	where expr.Expr // of the rows on the right side
}

// holderOf takes a relation for one, if it is.
func holderOf(rel Relation) (holder, bool) {
	join, ok := rel.node.(JoinNode)
	if !ok || join.Kind != FullJoin {
		return holder{}, false
	}
	h := holder{join: join}
	left, ok1 := join.Left.node.(AggregateNode)
	right, ok2 := join.Right.node.(AggregateNode)
	if !ok1 || !ok2 {
		return holder{}, false
	}
	h.right = right
	for _, t := range left.Terms {
		if t.Term.Counts() {
			h.left = t.Name
		}
	}
	plain := !slices.ContainsFunc(right.Keys, func(c Column) bool { return c.Of.String() != expr.Col(c.Name).String() }) &&
		!slices.ContainsFunc(join.On, func(on On) bool { return on.Left != on.Right })
	in := right.In
	if f, ok := in.node.(FilterNode); ok {
		h.where, in = f.Where, f.In
	}
	h.table = in.Table()
	return h, plain && h.left != "" && h.table != "" && !h.where.Raw()
}

// holds reports whether a fold of the table can be read off the join: it counts rows or
// keys, of columns that the join reads anyhow, in segments of the key.
func (h holder) holds(f *Fold) bool {
	keys := names(h.right.Keys)
	within := func(columns, of []string) bool {
		return !slices.ContainsFunc(columns, func(name string) bool { return !expr.Named(of, name) })
	}
	for _, c := range f.By {
		if !within(c.Of.Columns(), keys) {
			return false
		}
	}
	switch {
	case f.Rows.Raw() || f.Where.Raw() || slices.ContainsFunc(f.Term.Args, expr.Expr.Raw):
		return false // what is grouped has other names
	case !within(f.Columns(), slices.Concat(keys, h.where.Columns())):
		return false
	case f.Term.Class() == Keyed:
		return len(f.Term.Columns()) == len(keys) && within(f.Term.Columns(), keys)
	}
	return f.Term.Op == OpCount || f.Term.Op == OpCountIf
}

// hold has joins measure the folds of tables that they hold, where those are all that a
// statement would measure. It returns pools of the folds that were moved.
func (p *planner) hold(ctx context.Context) (apart []*pool) {
	for _, join := range p.order {
		h, ok := holderOf(join.relation)
		table := p.pools[Read(h.table).Key()]
		if !ok || table == nil || len(join.order) == 0 {
			continue
		}
		var in, left []*Fold
		for _, folds := range table.groups() {
			if slices.ContainsFunc(folds, func(f *Fold) bool { return !h.holds(f) }) {
				left = append(left, folds...)
			} else {
				in = append(in, folds...)
			}
		}
		if len(in) > 0 && p.holdIn(ctx, join, h, in) == nil {
			table.order = left
			apart = append(apart, &pool{relation: table.relation, wanted: table.wanted, order: in})
		}
	}
	return apart
}

// holdIn has a join measure folds of its table. Where it has an error it changes
// nothing: they are then measured by themselves.
func (p *planner) holdIn(ctx context.Context, join *pool, h holder, in []*Fold) error {
	w := newWidening(h)
	var told []told
	for _, f := range in {
		told = append(told, w.tell(f))
	}
	rel, wanted := w.relation(), union(join.wanted, w.names())
	bound, err := p.allowed(ctx).bind(rel, wanted)
	if err != nil {
		return err
	}
	exists, err := filter(w.exists(), bound.schema)
	if err != nil {
		return err
	}
	own := make([]*Fold, len(join.order))
	for i, f := range join.order {
		own[i] = newFold(rel, f.Term, expr.AllOf(f.Rows, exists), f.Where, f.By)
		own[i].MaxSegments = f.MaxSegments
	}
	further := pool{folds: map[string]*Fold{}}
	by := make([]held, len(told))
	for i, x := range told {
		if by[i], err = x.over(rel, bound.schema, &further); err != nil {
			return err
		}
	}
	for i, f := range join.order {
		*f = *own[i]
	}
	for i, x := range told {
		x.of.held = &by[i]
	}
	join.relation, join.wanted, join.order = rel, wanted, append(join.order, further.order...)
	return nil
}

// told is a fold of the table, and terms over the join that tell how many rows it is
// over and its value.
type told struct {
	of          *Fold
	rows, value Term
}

// over are the folds of the terms, in the segments of the fold that they tell.
func (x told) over(rel Relation, schema expr.Schema, into *pool) (out held, err error) {
	by := slices.Clone(x.of.By)
	for i, c := range by {
		if by[i].Of, err = c.Of.Bind(schema); err != nil {
			return out, err
		}
	}
	add := func(t Term) (*Fold, error) {
		t, err := t.bind(schema)
		f := newFold(rel, t, expr.Expr{}, expr.Expr{}, by)
		f.MaxSegments = x.of.MaxSegments
		return into.fold(f), err
	}
	if out.rows, err = add(x.rows); err != nil {
		return out, err
	}
	out.value, err = add(x.value)
	return out, err
}
