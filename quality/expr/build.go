package expr

import (
	"fmt"
	"slices"
)

// Col is a column of the row.
//
//	played := Col("is_dnp").IsNotTrue().And(Col("minutes_played").Gt(0))
func Col(name string) Expr { return Expr{ColumnExpr{Name: name}} }

// Lit is a constant; ValueOf lists the Go types it takes.
func Lit(v any) Expr {
	x, err := ValueOf(v)
	if err != nil {
		return Expr{invalidExpr{err}}
	}
	return Expr{LiteralExpr{x}}
}

// RawSQL is a GoogleSQL predicate that is passed on as it is. In memory it
// cannot be evaluated, and what needs it is unknown there. What is not one
// expression is a mistake, as ParseRawSQL says it.
func RawSQL(sql string) Expr {
	e, err := ParseRawSQL(sql)
	if err != nil {
		return Expr{invalidExpr{err}}
	}
	return e
}

// operand takes an Expr or a Go value.
func operand(v any) Expr {
	if e, ok := v.(Expr); ok {
		if e.IsZero() {
			return Expr{invalidExpr{fmt.Errorf("an operand is missing")}}
		}
		return e
	}
	return Lit(v)
}

func operands(vs []any) []Expr {
	out := make([]Expr, len(vs))
	for i, v := range vs {
		out[i] = operand(v)
	}
	return out
}

func (e Expr) compare(op CompareOp, v any) Expr {
	return Expr{CompareExpr{op, operand(e), operand(v)}}
}

// Eq is e = v, where v is an Expr or a Go value; so for all that follow.
func (e Expr) Eq(v any) Expr { return e.compare(Equal, v) }

// Ne is e != v.
func (e Expr) Ne(v any) Expr { return e.compare(NotEqual, v) }

// Lt is e < v.
func (e Expr) Lt(v any) Expr { return e.compare(Less, v) }

// Le is e <= v.
func (e Expr) Le(v any) Expr { return e.compare(LessEqual, v) }

// Gt is e > v.
func (e Expr) Gt(v any) Expr { return e.compare(Greater, v) }

// Ge is e >= v.
func (e Expr) Ge(v any) Expr { return e.compare(GreaterEqual, v) }

// And is e AND others; chains are one flat node however they are grouped.
func (e Expr) And(others ...Expr) Expr { return logic(And, append([]Expr{e}, others...)) }

// Or is e OR others.
func (e Expr) Or(others ...Expr) Expr { return logic(Or, append([]Expr{e}, others...)) }

func logic(op LogicOp, parts []Expr) Expr {
	var flat []Expr
	for _, p := range parts {
		if l, ok := p.node.(LogicExpr); ok && l.Op == op {
			flat = append(flat, l.Operands...)
			continue
		}
		flat = append(flat, operand(p))
	}
	if len(flat) == 1 {
		return flat[0]
	}
	return Expr{LogicExpr{op, flat}}
}

// AllOf is AND of the expressions. A zero Expr stands for every row and is left out;
// of nothing else the result is zero too.
func AllOf(of ...Expr) Expr {
	of = slices.DeleteFunc(slices.Clone(of), Expr.IsZero)
	if len(of) == 0 {
		return Expr{}
	}
	return logic(And, of)
}

// AnyOf is OR of the expressions, of which there is at least one.
func AnyOf(of ...Expr) Expr { return logic(Or, of) }

// Not is NOT e.
func (e Expr) Not() Expr { return Expr{NotExpr{operand(e)}} }

// In is e IN (values...).
func (e Expr) In(values ...any) Expr { return Expr{InExpr{operand(e), operands(values)}} }

// NotIn is NOT e IN (values...).
func (e Expr) NotIn(values ...any) Expr { return e.In(values...).Not() }

// Between is e BETWEEN low AND high, both inclusive.
func (e Expr) Between(low, high any) Expr {
	return Expr{BetweenExpr{operand(e), operand(low), operand(high)}}
}

func (e Expr) is(what IsWhat, not bool) Expr { return Expr{IsExpr{operand(e), what, not}} }

// IsNull is e IS NULL.
func (e Expr) IsNull() Expr { return e.is(IsNull, false) }

// IsNotNull is e IS NOT NULL.
func (e Expr) IsNotNull() Expr { return e.is(IsNull, true) }

// IsTrue is e IS TRUE.
func (e Expr) IsTrue() Expr { return e.is(IsTrue, false) }

// IsNotTrue is e IS NOT TRUE: FALSE or NULL.
func (e Expr) IsNotTrue() Expr { return e.is(IsTrue, true) }

// IsFalse is e IS FALSE.
func (e Expr) IsFalse() Expr { return e.is(IsFalse, false) }

// IsNotFalse is e IS NOT FALSE: TRUE or NULL.
func (e Expr) IsNotFalse() Expr { return e.is(IsFalse, true) }

// Like is e LIKE pattern.
func (e Expr) Like(pattern string) Expr { return Expr{LikeExpr{operand(e), pattern}} }

func (e Expr) arith(op ArithOp, v any) Expr { return Expr{ArithExpr{op, operand(e), operand(v)}} }

// Plus is e + v.
func (e Expr) Plus(v any) Expr { return e.arith(Add, v) }

// Minus is e - v; of two dates, the days between them.
func (e Expr) Minus(v any) Expr { return e.arith(Subtract, v) }

// Times is e * v.
func (e Expr) Times(v any) Expr { return e.arith(Multiply, v) }

// Over is e / v, NULL where v is 0.
func (e Expr) Over(v any) Expr { return e.arith(Divide, v) }

// Negated is -e.
func (e Expr) Negated() Expr {
	if l, ok := e.node.(LiteralExpr); ok {
		switch v := l.Value; v.Type() {
		case Int64:
			if v.int() != minInt64 {
				return Expr{LiteralExpr{intValue(Int64, -v.int())}}
			}
		case Float64:
			return Expr{LiteralExpr{floatValue(-v.float())}}
		}
	}
	return Expr{NegateExpr{operand(e)}}
}

const minInt64 = -1 << 63

// Date is DATE(e), the calendar day of a DATETIME, or of a TIMESTAMP in UTC.
func (e Expr) Date() Expr { return Expr{DateExpr{X: operand(e)}} }

// DateOf is DATE(e, zone), the calendar day of a TIMESTAMP in a time zone such
// as America/New_York.
func (e Expr) DateOf(zone string) Expr {
	if zone == "" { // which would be DATE(e)
		_, err := LoadZone(zone)
		return Expr{invalidExpr{err}}
	}
	return Expr{DateExpr{operand(e), zone}}
}

// DateDiff is DATE_DIFF(e, from, part).
func (e Expr) DateDiff(from any, part DatePart) Expr {
	return Expr{DateDiffExpr{operand(e), operand(from), part}}
}

// Coalesce is the first of the values that is not NULL.
func Coalesce(values ...any) Expr { return Expr{CoalesceExpr{operands(values)}} }

// Populated is TRUE where e holds a value: not NULL, for FLOAT64 finite, and
// none of the values declared missing.
func (e Expr) Populated(missing ...Value) Expr {
	return Expr{PopulatedExpr{operand(e), missing}}
}
