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
	for {
		f, ok := in.node.(FilterNode)
		if !ok {
			break
		}
		h.where, in = expr.AllOf(f.Where, h.where), f.In
	}
	h.table = in.Table()
	return h, plain && h.left != "" && h.table != ""
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
	case !within(f.Columns(), slices.Concat(keys, h.where.Columns())):
		return false
	case f.Term.Class() == Keyed:
		return len(f.Term.Columns()) == len(keys) && within(f.Term.Columns(), keys)
	}
	return f.Term.Op == OpCount || f.Term.Op == OpCountIf
}

// hold reads the statements of tables that a join holds all folds of off that join. It
// returns the statements that are left, and those that were held.
func (p *planner) hold(ctx context.Context, statements []*Statement, of map[*Statement]*pool) (left, apart []*Statement) {
	left = slices.Clone(statements)
	for _, st := range statements {
		h, ok := holderOf(of[st].relation)
		if !ok || st.Class != Folded {
			continue
		}
		holds := func(t *Statement) bool {
			return t.Relation.Table() == h.table && !slices.ContainsFunc(t.Folds, func(f *Fold) bool { return !h.holds(f) })
		}
		var in []*Statement
		for _, t := range left {
			if holds(t) {
				in = append(in, t)
			}
		}
		if len(in) > 0 && p.holdIn(ctx, st, of[st], h, in) == nil {
			left = slices.DeleteFunc(left, holds)
			apart = append(apart, in...)
		}
	}
	return left, apart
}

// holdIn has a join's statement measure the folds of others. Where it has an error it
// changes nothing: they are then measured by themselves.
func (p *planner) holdIn(ctx context.Context, st *Statement, of *pool, h holder, in []*Statement) error {
	w := newWidening(h)
	var told []told
	for _, t := range in {
		for _, f := range t.Folds {
			told = append(told, w.tell(f))
		}
	}
	rel := w.relation()
	bound, err := p.allowed(ctx).bind(rel, union(of.wanted, w.names()))
	if err != nil {
		return err
	}
	exists, err := filter(w.exists(), bound.schema)
	if err != nil {
		return err
	}
	own := make([]*Fold, len(st.Folds))
	for i, f := range st.Folds {
		own[i] = newFold(rel, f.Term, expr.AllOf(f.Rows, exists), f.Where, f.By)
	}
	further := pool{folds: map[string]*Fold{}}
	by := make([]held, len(told))
	for i, x := range told {
		if by[i], err = x.over(rel, bound.schema, &further); err != nil {
			return err
		}
	}
	for i, f := range st.Folds {
		*f = *own[i]
	}
	for i, x := range told {
		x.of.held = &by[i]
	}
	st.Relation, st.Schema, st.Folds = bound, bound.schema, append(st.Folds, further.order...)
	for _, f := range st.Folds {
		f.Relation = bound
	}
	st.Columns = columnsOf(st)
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
		return into.fold(newFold(rel, t, expr.Expr{}, expr.Expr{}, by)), err
	}
	if out.rows, err = add(x.rows); err != nil {
		return out, err
	}
	out.value, err = add(x.value)
	return out, err
}
