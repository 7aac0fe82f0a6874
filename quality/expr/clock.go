package expr

import (
	"time"

	"cloud.google.com/go/civil"
)

// At puts constants in the place of today(), the day of a clock in a zone, and
// now(). What those and other constants make is a constant as well, so that
// partitions are pruned by game_date >= today() - 14.
func (e Expr) At(now time.Time, zone *time.Location) Expr {
	clock := false
	e.Walk(func(n Node) {
		c, ok := n.(CallExpr)
		clock = clock || ok && (c.Name == todayName || c.Name == nowName)
	})
	if !clock {
		return e
	}
	if c, ok := e.node.(CallExpr); ok {
		switch c.Name {
		case todayName:
			return Lit(civil.DateOf(now.In(zone)))
		case nowName:
			return Lit(now.UTC())
		}
	}
	var of []Expr
	constant := true
	for _, child := range children(e.node) {
		x := child.At(now, zone)
		_, literal := x.node.(LiteralExpr)
		of, constant = append(of, x), constant && literal
	}
	out := with(e.node, of)
	if v, ok := out.constant(); constant && ok {
		return Expr{LiteralExpr{v}}
	}
	return out
}

// constant is the value of an expression without columns, where it has one that a
// literal can tell: what is NULL would lose its type.
func (e Expr) constant() (Value, bool) {
	bound, err := e.Bind(nil)
	if err != nil {
		return Value{}, false // which is told where it is bound
	}
	ev := NewEvaluator(nil)
	c, err := ev.Prepare(bound)
	if err != nil {
		return Value{}, false
	}
	ev.Next(&Batch{Rows: 1})
	v, err := c.Vector()
	if err != nil || v.Type == Null || !v.Valid.Get(0) {
		return Value{}, false
	}
	return v.Value(0), true
}
