package expr

import "math"

// RestsOnNaN is TRUE where a bound predicate would be something else if every NaN
// were NULL, and FALSE everywhere else: NaN > 0 is FALSE, NaN != 0 and NaN IS NOT
// NULL are TRUE, so that a number that was lost looks like one that is known. It is
// the zero Expr where the predicate meets nothing that can be NaN. POPULATED knows
// NaN, and does not rest on it.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#comparison_operators
func (e Expr) RestsOnNaN() Expr {
	other, meets := nanForNull(e)
	if !meets {
		return Expr{}
	}
	return e.IsTrue().Ne(other.IsTrue()).Or(e.IsFalse().Ne(other.IsFalse()))
}

// nanForNull is a bound predicate, or a part of one, that takes NaN for NULL, and
// whether it can meet any.
func nanForNull(e Expr) (Expr, bool) {
	if e.Type() == Float64 && e.finite() {
		return e, false
	}
	switch n := e.node.(type) {
	case CompareExpr:
		x, meets := eachNaNForNull(n.Left, n.Right)
		return Expr{CompareExpr{n.Op, x[0], x[1]}}, meets
	case BetweenExpr:
		x, meets := eachNaNForNull(n.X, n.Low, n.High)
		return Expr{BetweenExpr{x[0], x[1], x[2]}}, meets
	case InExpr:
		x, meets := eachNaNForNull(append([]Expr{n.X}, n.List...)...)
		return Expr{InExpr{x[0], x[1:]}}, meets
	case LogicExpr:
		x, meets := eachNaNForNull(n.Operands...)
		return Expr{LogicExpr{n.Op, x}}, meets
	case NotExpr:
		x, meets := nanForNull(n.X)
		return Expr{NotExpr{x}}, meets
	case IsExpr:
		x, meets := nanForNull(n.X)
		return Expr{IsExpr{x, n.What, n.Not}}, meets
	case CoalesceExpr:
		x, meets := eachNaNForNull(n.Args...)
		return Expr{CoalesceExpr{x}}, meets
	}
	if e.Type() == Float64 {
		return Expr{NaNAsNullExpr{nanForNullWithin(e)}}, true
	}
	return e, false
}

// nanForNullWithin is a number of which COALESCE takes NaN for NULL. Arithmetic
// hands both on, so that its result is as good as its operands.
func nanForNullWithin(e Expr) Expr {
	switch n := e.node.(type) {
	case ArithExpr:
		return Expr{ArithExpr{n.Op, nanForNullWithin(n.Left), nanForNullWithin(n.Right)}}
	case NegateExpr:
		return Expr{NegateExpr{nanForNullWithin(n.X)}}
	case CoalesceExpr:
		x, _ := nanForNull(e)
		return x
	}
	return e
}

func eachNaNForNull(es ...Expr) (out []Expr, meets bool) {
	for _, e := range es {
		x, met := nanForNull(e)
		out, meets = append(out, x), meets || met
	}
	return out, meets
}

// finite reports whether a number is made of finite constants and exact columns
// alone: arithmetic with those gives NULL where it would give anything else.
func (e Expr) finite() bool {
	finite := true
	e.Walk(func(n Node) {
		switch n := n.(type) {
		case ColumnExpr:
			finite = finite && n.Type != Float64
		case LiteralExpr:
			if f, ok := n.Value.Go().(float64); ok {
				finite = finite && !math.IsNaN(f) && !math.IsInf(f, 0)
			}
		}
	})
	return finite
}

// nanAsNull copies the numbers that are none of NaN.
func nanAsNull(in, out *Vector, rows int) {
	each(in, rows, func(i int) {
		if f := in.Floats[i]; !math.IsNaN(f) {
			out.Floats[i] = f
			out.Valid.Set(i)
		}
	})
}
