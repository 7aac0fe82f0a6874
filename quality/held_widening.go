package quality

import (
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// widening is the join over all rows of the table that some fold wants: its right side
// counts for each of them, and what the join had of it is of the rows it had.
type widening struct {
	holder
	filters []expr.Expr // that of the join first
	terms   []NamedTerm
}

func newWidening(h holder) *widening {
	return &widening{holder: h, filters: []expr.Expr{h.where}}
}

// term is the column of a count of rows by key.
func (w *widening) term(where expr.Expr) string {
	t := CountRows().of(where)
	for _, known := range w.terms {
		if known.Term.Key() == t.Key() {
			return known.Name
		}
	}
	name := fmt.Sprintf("held(%d)", len(w.terms))
	w.terms = append(w.terms, t.Named(name))
	return name
}

// tell counts what tells a fold.
func (w *widening) tell(f *Fold) told {
	where := expr.AllOf(f.Rows, f.Where)
	if !slices.ContainsFunc(w.filters, func(e expr.Expr) bool { return e.String() == where.String() }) {
		w.filters = append(w.filters, where)
	}
	n := expr.Col(w.term(where))
	var parts []expr.Expr
	for _, k := range w.right.Keys {
		parts = append(parts, expr.Col(k.Name).IsNotNull())
	}
	whole := expr.AllOf(parts...)
	out := told{f, SumOf(n), SumOf(n)}
	switch f.Term.Op {
	case OpCountIf:
		if f.Term.Args[0].AlwaysTrue() {
			break
		}
		out.value = SumOf(expr.Col(w.term(expr.AllOf(where, f.Term.Args[0]))))
	case OpKeyDistinct:
		out.value = CountWhere(whole.And(n.Gt(0)))
	case OpKeyDuplicated:
		out.value = CountWhere(whole.And(n.Gt(1)))
	case OpKeySurplus:
		out.value = SumOf(expr.If(whole.And(n.Gt(0)), n.Minus(1), 0))
	case OpKeyNull:
		out.value = SumOf(expr.If(whole, 0, n))
	}
	return out
}

// wide reports whether some fold is over rows that the join does not have.
func (w *widening) wide() bool { return len(w.filters) > 1 }

const present = "held()" // how many rows of a key the join has

func (w *widening) names() []string {
	var out []string
	for _, t := range w.terms {
		out = append(out, t.Name)
	}
	if w.wide() {
		out = append(out, present, w.left)
	}
	return out
}

// exists is TRUE for the rows that the join has.
func (w *widening) exists() expr.Expr {
	if !w.wide() {
		return expr.Expr{}
	}
	return expr.Col(w.left).IsNotNull().Or(expr.Col(present).Gt(0))
}

// relation is the join with the counts, over rows enough.
func (w *widening) relation() Relation {
	if !w.wide() {
		right := w.right.In.Aggregate(w.right.Keys, append(slices.Clone(w.right.Terms), w.terms...)...)
		return w.join.Left.Join(FullJoin, right, w.join.On...)
	}
	rows := Read(w.table)
	if !slices.ContainsFunc(w.filters, expr.Expr.IsZero) {
		rows = rows.Filter(expr.AnyOf(w.filters...))
	}
	terms := []NamedTerm{CountRows().of(w.where).Named(present)}
	var masked []Column
	for _, t := range w.right.Terms {
		terms = append(terms, t.Term.of(w.where).Named(t.Name))
		masked = append(masked, As(t.Name, expr.If(expr.Col(present).Gt(0), expr.Col(t.Name), nil)))
	}
	right := rows.Aggregate(w.right.Keys, append(terms, w.terms...)...)
	return w.join.Left.Join(FullJoin, right, w.join.On...).Project(masked...)
}
