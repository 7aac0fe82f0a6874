package googlesql

import (
	"slices"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// filter is what must be TRUE of a row, as parts joined by AND; no part is every
// row.
type filter []expr.Expr

// filterOf flattens a fold's filters, dates first as the plan has them.
func filterOf(r *quality.Fold) filter {
	var out filter
	for _, e := range []expr.Expr{r.Rows, r.Where} {
		out = append(out, e.Conjuncts()...)
	}
	return out.compact()
}

// disjuncts are the parts of a filter that are joined by OR.
func disjuncts(e expr.Expr) []expr.Expr {
	if l, ok := e.Node().(expr.LogicExpr); ok && l.Op == expr.Or {
		return slices.Clone(l.Operands)
	}
	return []expr.Expr{e}
}

// compact leaves out that a date which is compared is not NULL: that goes without
// saying.
func (f filter) compact() filter {
	var compared []string
	for _, e := range f {
		compared = append(compared, comparedColumn(e))
	}
	return slices.DeleteFunc(f, func(e expr.Expr) bool {
		c := notNullColumn(e)
		return c != "" && slices.Contains(compared, c)
	})
}

// within reports whether all rows of f are rows of g: every part of g is one of
// f's.
func (f filter) within(g filter) bool {
	return len(g.without(f)) == 0
}

// widest are the folds' filters, each once, without those whose rows lie
// within another's.
func widest(folds []*quality.Fold) []filter {
	var out []filter
	for _, r := range folds {
		out = widened(out, filterOf(r))
	}
	return out
}

// widened has the rows of one more filter.
func widened(filters []filter, f filter) []filter {
	if slices.ContainsFunc(filters, f.within) {
		return filters
	}
	filters = slices.DeleteFunc(filters, func(g filter) bool { return g.within(f) })
	for i, g := range filters {
		if both, ok := f.either(g); ok {
			return widened(slices.Delete(filters, i, i+1), both)
		}
	}
	return append(filters, f)
}

// either is what holds of the rows of f and of g, if the two differ in nothing
// but that a value is NULL in one and is not in the other. Rows with a date and
// rows without one are all rows.
func (f filter) either(g filter) (filter, bool) {
	ofF, ofG := f.without(g), g.without(f)
	if len(ofF) != 1 || len(ofG) != 1 {
		return nil, false
	}
	a, ok1 := ofF[0].Node().(expr.IsExpr)
	b, ok2 := ofG[0].Node().(expr.IsExpr)
	if !ok1 || !ok2 || a.What != expr.IsNull || b.What != expr.IsNull || a.Not == b.Not || a.X.String() != b.X.String() {
		return nil, false
	}
	return f.without(ofF), true
}

// without are the parts of f that are none of g's.
func (f filter) without(g filter) filter {
	var out filter
	for _, e := range f {
		if !g.has(e) {
			out = append(out, e)
		}
	}
	return out
}

func (f filter) has(part expr.Expr) bool {
	return slices.ContainsFunc(f, func(e expr.Expr) bool { return e.String() == part.String() })
}
