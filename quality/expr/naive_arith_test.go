package expr_test

import (
	"fmt"
	"math"
	"math/big"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Arithmetic of the naive evaluator: numbers and dates.

func (n naive) arith(x expr.ArithExpr) any {
	left, right := n.typeOf(x.Left), n.typeOf(x.Right)
	if left == expr.Date || right == expr.Date {
		return n.dateArith(x)
	}
	v := n.alike(x.Left, x.Right)
	a, b := v[0], v[1]
	if a == nil || b == nil {
		return nil
	}
	switch a := a.(type) {
	case int64:
		if x.Op == expr.Divide {
			return divide(float64(a), float64(b.(int64)))
		}
		r := new(big.Int)
		big1, big2 := big.NewInt(a), big.NewInt(b.(int64))
		switch x.Op {
		case expr.Add:
			r.Add(big1, big2)
		case expr.Subtract:
			r.Sub(big1, big2)
		case expr.Multiply:
			r.Mul(big1, big2)
		}
		if !r.IsInt64() {
			return nil
		}
		return r.Int64()
	case float64:
		b := b.(float64)
		switch x.Op {
		case expr.Add:
			return unlessOverflow(a+b, a, b)
		case expr.Subtract:
			return unlessOverflow(a-b, a, b)
		case expr.Multiply:
			return unlessOverflow(a*b, a, b)
		}
		return divide(a, b)
	case *big.Rat:
		return decimal(x.Op, a, b.(*big.Rat))
	}
	panic(fmt.Sprintf("%T is no number", a))
}

func divide(a, b float64) any {
	if b == 0 {
		return nil
	}
	return unlessOverflow(a/b, a, b)
}

func unlessOverflow(r, a, b float64) any {
	finite := func(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }
	if finite(a) && finite(b) && !finite(r) {
		return nil
	}
	return r
}

// decimal has NUMERIC's 29 digits before the point and 9 behind it, and rounds
// halves away from zero.
func decimal(op expr.ArithOp, a, b *big.Rat) any {
	r := new(big.Rat)
	switch op {
	case expr.Add:
		r.Add(a, b)
	case expr.Subtract:
		r.Sub(a, b)
	case expr.Multiply:
		r.Mul(a, b)
	case expr.Divide:
		if b.Sign() == 0 {
			return nil
		}
		r.Quo(a, b)
	}
	rounded, _ := new(big.Rat).SetString(r.FloatString(9)) // halves away from zero, too
	largest, _ := new(big.Rat).SetString("99999999999999999999999999999.999999999")
	if new(big.Rat).Abs(rounded).Cmp(largest) > 0 {
		return nil
	}
	return rounded
}

func negative(v any) any {
	switch v := v.(type) {
	case int64:
		if v == math.MinInt64 {
			return nil
		}
		return -v
	case float64:
		return -v
	case *big.Rat:
		return new(big.Rat).Neg(v)
	}
	return nil
}

func (n naive) dateArith(x expr.ArithExpr) any {
	a, b := n.eval(x.Left), n.eval(x.Right)
	if x.Op == expr.Subtract && n.typeOf(x.Left) == expr.Date {
		b = n.orDate(x.Right)
	}
	if x.Op == expr.Subtract && n.typeOf(x.Right) == expr.Date {
		a = n.orDate(x.Left)
	}
	if a == nil || b == nil {
		return nil
	}
	if days, ok := a.(int64); ok {
		return addDays(b.(civil.Date), days)
	}
	switch b := b.(type) {
	case civil.Date:
		return int64(a.(civil.Date).DaysSince(b))
	case int64:
		if x.Op == expr.Subtract {
			if b == math.MinInt64 {
				return nil
			}
			b = -b
		}
		return addDays(a.(civil.Date), b)
	}
	panic("no date arithmetic")
}

// orDate is a value, where a text literal is a date.
func (n naive) orDate(e expr.Expr) any {
	if l, ok := e.Node().(expr.LiteralExpr); ok && l.Value.Type() == expr.String {
		return n.as(e, expr.Date)
	}
	return n.eval(e)
}

func addDays(d civil.Date, days int64) any {
	if days > 4_000_000 || days < -4_000_000 {
		return nil
	}
	return inCalendar(d.AddDays(int(days)))
}

// inCalendar is NULL for the days that BigQuery's DATE does not have.
func inCalendar(d civil.Date) any {
	if d.Year < 1 || d.Year > 9999 {
		return nil
	}
	return d
}

// dateDiff counts the boundaries between two dates by truncating both.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff
func dateDiff(a, b civil.Date, part expr.DatePart) any {
	backTo := func(d civil.Date, w time.Weekday) civil.Date {
		for d.In(time.UTC).Weekday() != w {
			d = d.AddDays(-1)
		}
		return d
	}
	months := func(d civil.Date) int { return d.Year*12 + int(d.Month) - 1 }
	switch part {
	case expr.Week:
		return int64(backTo(a, time.Sunday).DaysSince(backTo(b, time.Sunday)) / 7)
	case expr.ISOWeek:
		return int64(backTo(a, time.Monday).DaysSince(backTo(b, time.Monday)) / 7)
	case expr.Month:
		return int64(months(a) - months(b))
	case expr.Quarter:
		return int64(months(a)/3 - months(b)/3)
	case expr.Year:
		return int64(a.Year - b.Year)
	}
	return int64(a.DaysSince(b))
}
