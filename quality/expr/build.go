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

// Conjuncts are the parts of a predicate that are joined by AND: itself where none are,
// and none of the zero Expr.
func (e Expr) Conjuncts() []Expr {
	if e.IsZero() {
		return nil
	}
	if l, ok := e.node.(LogicExpr); ok && l.Op == And {
		return slices.Clone(l.Operands)
	}
	return []Expr{e}
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

// call makes a call; its mistakes are told when it is bound.
func call(name string, args ...any) Expr { return Expr{CallExpr{Name: name, Args: operands(args)}} }

func callOf(name string, word any, args ...any) Expr {
	return Expr{CallExpr{Name: name, Args: operands(args), Word: fmt.Sprint(word)}}
}

// Date is DATE(e), the calendar day of a DATETIME, or of a TIMESTAMP in UTC.
func (e Expr) Date() Expr { return call("DATE", e) }

// DateOf is DATE(e, zone), the calendar day of a TIMESTAMP in a time zone such
// as America/New_York.
func (e Expr) DateOf(zone string) Expr { return call("DATE", e, zone) }

// DateDiff is DATE_DIFF(e, from, part): how many boundaries of the part lie
// between two dates.
func (e Expr) DateDiff(from any, part DatePart) Expr { return callOf("DATE_DIFF", part, e, from) }

// DateTrunc is DATE_TRUNC(e, part), the first day of the part that a DATE lies in.
func (e Expr) DateTrunc(part DatePart) Expr { return callOf("DATE_TRUNC", part, e) }

// Extract is EXTRACT(part FROM e), of a DATE, DATETIME or TIME, or of a TIMESTAMP
// in UTC.
func (e Expr) Extract(part DatePart) Expr { return callOf("EXTRACT", part, e) }

// ExtractIn is EXTRACT(part FROM e AT TIME ZONE zone), of a TIMESTAMP.
func (e Expr) ExtractIn(part DatePart, zone string) Expr { return callOf("EXTRACT", part, e, zone) }

// Today is the day of the run's clock in the suite's zone, and Now is that clock.
// Planning puts constants in their place: see Expr.At.
func Today() Expr { return call(todayName) }

// Now is the run's clock, a TIMESTAMP.
func Now() Expr { return call(nowName) }

// Coalesce is the first of the values that is not NULL.
func Coalesce(values ...any) Expr { return call("COALESCE", values...) }

// If is one value where the condition is TRUE, and otherwise, also for NULL, the
// other.
func If(condition Expr, then, otherwise any) Expr { return call("IF", condition, then, otherwise) }

// Greatest is the greatest of the values, NULL if one of them is.
func Greatest(values ...any) Expr { return call("GREATEST", values...) }

// Least is the least of the values, NULL if one of them is.
func Least(values ...any) Expr { return call("LEAST", values...) }

// Abs is ABS(e).
func (e Expr) Abs() Expr { return call("ABS", e) }

// Div is DIV(e, v), the quotient of INT64 or NUMERIC without its fraction, NULL
// where v is 0.
func (e Expr) Div(v any) Expr { return call("DIV", e, v) }

// Mod is MOD(e, v), what DIV leaves, of e's sign; NULL where v is 0.
func (e Expr) Mod(v any) Expr { return call("MOD", e, v) }

// Floor is FLOOR(e), a FLOAT64 for INT64.
func (e Expr) Floor() Expr { return call("FLOOR", e) }

// Ceil is CEIL(e), a FLOAT64 for INT64.
func (e Expr) Ceil() Expr { return call("CEIL", e) }

// CharLength is CHAR_LENGTH(e), in characters.
func (e Expr) CharLength() Expr { return call("CHAR_LENGTH", e) }

// Lower is LOWER(e).
func (e Expr) Lower() Expr { return call("LOWER", e) }

// Trim is TRIM(e), without white space at the ends.
func (e Expr) Trim() Expr { return call("TRIM", e) }

// TrimOf is TRIM(e, characters), without those characters at the ends.
func (e Expr) TrimOf(characters any) Expr { return call("TRIM", e, characters) }

// RegexpContains is REGEXP_CONTAINS(e, pattern), where the pattern is RE2's.
func (e Expr) RegexpContains(pattern string) Expr { return call("REGEXP_CONTAINS", e, pattern) }

// FarmFingerprint is FARM_FINGERPRINT(e) of a STRING or BYTES.
func (e Expr) FarmFingerprint() Expr { return call("FARM_FINGERPRINT", e) }

// Fingerprint is the FARM_FINGERPRINT of a text of values that is the same for equal
// ones, whatever their type: 5, 5.0 and NUMERIC 5.00 are one, and so are -0 and 0; NULL,
// NaN and the infinities each have a text of their own. It is never NULL. A FLOAT64 is
// the shorter of the decimals with 15 or 17 digits that is read back as it.
func Fingerprint(of ...any) Expr { return call(fingerprintName, of...) }

// Cast is CAST(e AS t), NULL where the value is none of the type, as BigQuery's
// SAFE_CAST. BOOL and INT64, INT64, FLOAT64, NUMERIC and BIGNUMERIC, DATE and
// DATETIME are cast to each other; all of them but DATETIME to STRING; and STRING to
// all but DATETIME. Hexadecimal text is an INT64 and no FLOAT64.
func (e Expr) Cast(t Type) Expr { return callOf(castName, t, e) }

// Populated is TRUE where e holds a value: not NULL, for FLOAT64 finite, and
// none of the values declared missing. It is never NULL.
func (e Expr) Populated(missing ...Value) Expr {
	args := []any{e}
	for _, m := range missing {
		args = append(args, m)
	}
	return call(populatedName, args...)
}
