package enginetest

import (
	"math/big"

	"github.com/intactdata/intact/quality/expr"
)

// predicate draws what is TRUE, FALSE or NULL, at most so deep.
func (d *draw) predicate(depth int) expr.Expr {
	if depth == 0 {
		return d.shallow()
	}
	switch d.IntN(8) {
	case 0:
		return d.predicate(depth - 1).And(d.predicate(depth - 1))
	case 1:
		return d.predicate(depth-1).Or(d.predicate(depth-1), d.shallow())
	case 2:
		return d.predicate(depth - 1).Not()
	case 3:
		p := d.predicate(depth - 1)
		return pick(d, p.IsTrue(), p.IsNotTrue(), p.IsFalse(), p.IsNotFalse(), p.IsNull(), p.IsNotNull())
	case 4:
		return expr.Coalesce(d.predicate(depth-1), d.shallow(), expr.Lit(d.IntN(2) == 0))
	case 5:
		return d.numbers(depth)
	case 6:
		return d.dates()
	}
	return d.shallow()
}

// shallow draws a predicate of columns and constants.
func (d *draw) shallow() expr.Expr {
	switch d.IntN(7) {
	case 0:
		return expr.Col(pick(d, "b", "c"))
	case 1:
		return expr.Col("s").Like(pick(d, "%", "a%", "%b", "_", "a_b", `a\%b`, "%_%", "a%b%"))
	case 2:
		return d.in()
	case 3:
		return d.populated()
	case 4:
		return expr.Col(pick(d, "k", "s", "d", "x", "i")).IsNull()
	case 5:
		return d.compare(expr.Col("s"), pick(d, expr.Col("k"), expr.Lit(d.text())))
	}
	return d.numbers(1)
}

func (d *draw) in() expr.Expr {
	var x expr.Expr
	var list []any
	switch d.IntN(3) {
	case 0:
		x, list = expr.Col("s"), []any{d.text(), d.text()}
	case 1:
		x, list = expr.Col("i"), []any{pick(d, d.integers...), expr.Col("j")}
	default:
		x, list = expr.Col("x"), []any{pick(d, d.floats...), 1, expr.Col("y")}
	}
	if d.IntN(3) == 0 {
		list = append(list, nil)
	}
	if d.IntN(2) == 0 {
		return x.NotIn(list...)
	}
	return x.In(list...)
}

func (d *draw) populated() expr.Expr {
	switch d.IntN(4) {
	case 0:
		return expr.Col("s").Populated(mustValue(""), mustValue("a"))
	case 1:
		return expr.Col("i").Populated(mustValue(pick(d, d.integers...)), expr.Value{})
	case 2:
		return expr.Col("x").Populated(mustValue(pick(d, d.floats...)))
	}
	return expr.Col(pick(d, drawnSchema...).Name).Populated()
}

func (d *draw) compare(a, b expr.Expr) expr.Expr {
	return pick(d, a.Eq(b), a.Ne(b), a.Lt(b), a.Le(b), a.Gt(b), a.Ge(b))
}

// numbers draws a comparison of numbers, which can be of different types.
func (d *draw) numbers(depth int) expr.Expr {
	a, b := d.number(depth), d.number(depth-1)
	if d.IntN(4) == 0 {
		return a.Between(b, d.number(0))
	}
	return d.compare(a, b)
}

func (d *draw) number(depth int) expr.Expr {
	if depth <= 0 || d.IntN(3) == 0 {
		switch d.IntN(10) {
		case 0:
			return expr.Lit(pick(d, d.integers...))
		case 1:
			return expr.Lit(pick(d, d.floats...))
		case 2:
			return expr.Lit(big.NewRat(int64(d.IntN(9)-4), 8))
		case 3:
			return expr.Lit(nil)
		}
		return expr.Col(pick(d, "g", "i", "j", "x", "y", "n", "m"))
	}
	a, b := d.number(depth-1), d.number(depth-1)
	switch d.IntN(6) {
	case 0:
		return a.Plus(b)
	case 1:
		return a.Minus(b)
	case 2:
		return a.Times(b)
	case 3:
		return a.Over(b)
	case 4:
		return a.Negated()
	}
	return expr.Coalesce(a, b)
}

// dates draws a comparison of days.
func (d *draw) dates() expr.Expr {
	parts := []expr.DatePart{expr.Day, expr.Week, expr.ISOWeek, expr.Month, expr.Quarter, expr.Year}
	switch d.IntN(4) {
	case 0:
		return d.date().DateDiff(d.date(), pick(d, parts...)).Ge(d.IntN(5) - 2)
	case 1:
		return d.date().Minus(d.date()).Lt(d.IntN(40) - 20)
	case 2:
		return d.date().Between(d.day(), d.date())
	}
	return d.compare(d.date(), d.date())
}

func (d *draw) date() expr.Expr {
	switch d.IntN(6) {
	case 0:
		return expr.Lit(d.day())
	case 1:
		return expr.Col("d").Plus(expr.Col("g"))
	case 2:
		return expr.Col("e").Minus(d.IntN(20))
	case 3:
		return expr.Col("ts").DateOf(pick(d, "UTC", "America/New_York", "Asia/Kolkata"))
	case 4:
		return expr.Col("dt").Date()
	}
	return expr.Col(pick(d, "d", "e"))
}
