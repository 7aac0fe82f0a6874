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
	if c, ok := e.node.(CallExpr); ok && c.Name == populatedName || e.Type() == Float64 && e.finite() {
		return e, false
	}
	if e.Type() == Float64 && !e.choosesNaN() {
		x := nanForNullWithin(e)
		return If(x.Eq(x), x, Expr{LiteralExpr{}}).typed(Float64), true
	}
	return eachNaNForNull(e)
}

// typed says the type of a call that was made bound.
func (e Expr) typed(t Type) Expr {
	c := e.node.(CallExpr)
	c.Type = t
	return Expr{c}
}

// choosesNaN reports whether a number is one of others, which are NaN or not.
func (e Expr) choosesNaN() bool {
	c, ok := e.node.(CallExpr)
	return ok && (c.Name == "COALESCE" || c.Name == "IF")
}

// nanForNullWithin is a number of which COALESCE and IF take NaN for NULL. What
// spreads NaN hands both on, so that its result is as good as its operands.
func nanForNullWithin(e Expr) Expr {
	if e.Type() != Float64 || e.choosesNaN() {
		x, _ := nanForNull(e)
		return x
	}
	spreads := false
	switch n := e.node.(type) {
	case ArithExpr, NegateExpr:
		spreads = true
	case CallExpr:
		spreads = functions[n.Name].spreadsNaN || n.Name == castName
	}
	if !spreads {
		return e
	}
	var of []Expr
	for _, child := range children(e.node) {
		of = append(of, nanForNullWithin(child))
	}
	return with(e.node, of)
}

func eachNaNForNull(e Expr) (Expr, bool) {
	var of []Expr
	meets := false
	for _, child := range children(e.node) {
		x, met := nanForNull(child)
		of, meets = append(of, x), meets || met
	}
	if !meets {
		return e, false
	}
	return with(e.node, of), true
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
		case CallExpr: // of text, which can be NaN
			finite = finite && !(n.Name == castName && n.Type == Float64 && n.Args[0].Type() == String)
		}
	})
	return finite
}
