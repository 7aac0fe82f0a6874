package quality

import "math"

// RestsOnNaN is TRUE where a bound predicate is TRUE or FALSE only for how NaN
// compares, and FALSE everywhere else: were NaN NULL there, the predicate would be.
// NaN > 0 is FALSE and NaN != 0 is TRUE, so that a lost number looks like one. It
// is the zero Expr where nothing is compared that can be NaN.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#comparison_operators
func (e Expr) RestsOnNaN() Expr {
	if read, changed := comparingNull(e); changed {
		return e.IsNotNull().And(read.IsNull())
	}
	return Expr{}
}

// comparingNull is a predicate whose comparisons read NaN as NULL, and whether any
// can meet it. What asks for NaN itself, as POPULATED does, is left as it is.
func comparingNull(e Expr) (Expr, bool) {
	switch n := e.node.(type) {
	case CompareExpr:
		x, changed := mapped(operandAsNull, n.Left, n.Right)
		return Expr{CompareExpr{n.Op, x[0], x[1]}}, changed
	case BetweenExpr:
		x, changed := mapped(operandAsNull, n.X, n.Low, n.High)
		return Expr{BetweenExpr{x[0], x[1], x[2]}}, changed
	case InExpr:
		x, changed := mapped(operandAsNull, append([]Expr{n.X}, n.List...)...)
		return Expr{InExpr{x[0], x[1:]}}, changed
	case LogicExpr:
		x, changed := mapped(comparingNull, n.Operands...)
		return Expr{LogicExpr{n.Op, x}}, changed
	case NotExpr:
		x, changed := comparingNull(n.X)
		return Expr{NotExpr{x}}, changed
	case IsExpr:
		x, changed := comparingNull(n.X)
		return Expr{IsExpr{x, n.What, n.Not}}, changed
	case CoalesceExpr:
		x, changed := mapped(comparingNull, n.Args...)
		return Expr{CoalesceExpr{x}}, changed
	}
	return e, false
}

// operandAsNull is what is compared: a number that can be NaN, or a predicate with
// comparisons of its own.
func operandAsNull(e Expr) (Expr, bool) {
	switch {
	case e.Type() != Float64:
		return comparingNull(e)
	case e.finite():
		return e, false
	}
	return Expr{NaNAsNullExpr{e}}, true
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

func mapped(f func(Expr) (Expr, bool), es ...Expr) (out []Expr, changed bool) {
	for _, e := range es {
		x, differs := f(e)
		out, changed = append(out, x), changed || differs
	}
	return out, changed
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
