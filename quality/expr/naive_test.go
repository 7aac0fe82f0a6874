package expr_test

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// naive evaluates an expression that was never bound on one row, in the plainest
// way there is. It is written from the GoogleSQL reference and shares nothing
// with the Evaluator that it is the oracle for.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators
//
// A value is nil (NULL), bool, int64, float64, *big.Rat, string, civil.Date or
// time.Time.
type naive struct {
	types map[string]expr.Type
	row   map[string]any
	// nanIsNull: every NaN is taken for NULL.
	nanIsNull bool
}

func (n naive) eval(e expr.Expr) any {
	v := n.value(e)
	if f, ok := v.(float64); ok && math.IsNaN(f) && n.nanIsNull {
		return nil
	}
	return v
}

func (n naive) value(e expr.Expr) any {
	switch x := e.Node().(type) {
	case expr.ColumnExpr:
		return n.row[x.Name]
	case expr.LiteralExpr:
		return plain(x.Value)
	case expr.CompareExpr:
		return n.compare(x.Op, x.Left, x.Right)
	case expr.LogicExpr:
		all := n.eval(x.Operands[0])
		for _, o := range x.Operands[1:] {
			if x.Op == expr.And {
				all = and3(all, n.eval(o))
			} else {
				all = or3(all, n.eval(o))
			}
		}
		return all
	case expr.NotExpr:
		return not3(n.eval(x.X))
	case expr.InExpr:
		// X IN (a, b) is X = a OR X = b.
		v := n.alike(append([]expr.Expr{x.X}, x.List...)...)
		found := any(false)
		for _, y := range v[1:] {
			found = or3(found, compare3(expr.Equal, v[0], y))
		}
		return found
	case expr.BetweenExpr:
		v := n.alike(x.X, x.Low, x.High)
		return and3(compare3(expr.GreaterEqual, v[0], v[1]), compare3(expr.LessEqual, v[0], v[2]))
	case expr.IsExpr:
		return n.is(x)
	case expr.LikeExpr:
		text, ok := n.eval(x.X).(string)
		if !ok {
			return nil
		}
		return likePattern(x.Pattern).MatchString(text)
	case expr.ArithExpr:
		return n.arith(x)
	case expr.NegateExpr:
		return negative(n.eval(x.X))
	case expr.CallExpr:
		return n.call(x)
	}
	panic(fmt.Sprintf("%T has no naive meaning", e.Node()))
}

// Three-valued logic: the tables of
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#logical_operators

func and3(a, b any) any {
	switch {
	case a == false || b == false:
		return false
	case a == nil || b == nil:
		return nil
	}
	return true
}

func or3(a, b any) any {
	switch {
	case a == true || b == true:
		return true
	case a == nil || b == nil:
		return nil
	}
	return false
}

func not3(a any) any {
	if a == nil {
		return nil
	}
	return a == false
}

func (n naive) is(x expr.IsExpr) any {
	v := n.eval(x.X)
	var holds bool
	switch x.What {
	case expr.IsNull:
		holds = v == nil
	case expr.IsTrue:
		holds = v == true
	case expr.IsFalse:
		holds = v == false
	}
	return holds != x.Not
}

func (n naive) compare(op expr.CompareOp, left, right expr.Expr) any {
	v := n.alike(left, right)
	return compare3(op, v[0], v[1])
}

func compare3(op expr.CompareOp, a, b any) any {
	if a == nil || b == nil {
		return nil
	}
	var less, equal, greater bool
	switch a := a.(type) {
	case bool:
		less, equal, greater = !a && b.(bool), a == b.(bool), a && !b.(bool)
	case int64:
		less, equal, greater = a < b.(int64), a == b.(int64), a > b.(int64)
	case float64:
		less, equal, greater = a < b.(float64), a == b.(float64), a > b.(float64) // all false for NaN
	case *big.Rat:
		c := a.Cmp(b.(*big.Rat))
		less, equal, greater = c < 0, c == 0, c > 0
	case string:
		c := strings.Compare(a, b.(string))
		less, equal, greater = c < 0, c == 0, c > 0
	case civil.Date:
		less, equal, greater = a.Before(b.(civil.Date)), a == b.(civil.Date), a.After(b.(civil.Date))
	case time.Time:
		less, equal, greater = a.Before(b.(time.Time)), a.Equal(b.(time.Time)), a.After(b.(time.Time))
	}
	switch op {
	case expr.Equal:
		return equal
	case expr.NotEqual:
		return !equal
	case expr.Less:
		return less
	case expr.LessEqual:
		return less || equal
	case expr.Greater:
		return greater
	}
	return greater || equal
}

// likePattern is LIKE as a regular expression: % is any text, _ one character,
// and a backslash takes the meaning from what follows it.
func likePattern(pattern string) *regexp.Regexp {
	var b strings.Builder
	escaped := false
	for _, r := range pattern {
		switch {
		case !escaped && r == '\\':
			escaped = true
			continue
		case !escaped && r == '%':
			b.WriteString(".*")
		case !escaped && r == '_':
			b.WriteString(".")
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
		escaped = false
	}
	return regexp.MustCompile(`(?s)\A` + b.String() + `\z`)
}

func (n naive) populated(x expr.Expr, missing []expr.Expr) any {
	n.nanIsNull = false // it knows NaN
	v := n.eval(x)
	if v == nil {
		return false
	}
	if f, ok := v.(float64); ok && (math.IsNaN(f) || math.IsInf(f, 0)) {
		return false
	}
	for _, m := range missing {
		if compare3(expr.Equal, v, converted(plain(m.Node().(expr.LiteralExpr).Value), n.typeOf(x), true)) == true {
			return false
		}
	}
	return true
}

// Arithmetic as the SAFE_ functions do it: NULL for what cannot be.

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

// Types: what an expression is, and how values are brought to one type.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_rules

func (n naive) typeOf(e expr.Expr) expr.Type {
	switch x := e.Node().(type) {
	case expr.ColumnExpr:
		return n.types[x.Name]
	case expr.LiteralExpr:
		return x.Value.Type()
	case expr.NegateExpr:
		return n.typeOf(x.X)
	case expr.CallExpr:
		return n.typeOfCall(x)
	case expr.ArithExpr:
		left, right := n.typeOf(x.Left), n.typeOf(x.Right)
		switch {
		case left == expr.Null || right == expr.Null:
			return expr.Null
		case left == expr.Date && (right == expr.Date || right == expr.String):
			return expr.Int64
		case right == expr.Date && left == expr.String:
			return expr.Int64
		case left == expr.Date || right == expr.Date:
			return expr.Date
		}
		t := n.common([]expr.Expr{x.Left, x.Right})
		if t == expr.Int64 && x.Op == expr.Divide {
			return expr.Float64
		}
		return t
	}
	return expr.Bool
}

// common is the type that several expressions have in common: that of what is no
// literal first, since literals follow.
func (n naive) common(es []expr.Expr) expr.Type {
	rank := map[expr.Type]int{expr.Null: 0, expr.String: 1, expr.Int64: 1, expr.Numeric: 2, expr.Float64: 3}
	widest := func(literals bool, from expr.Type) expr.Type {
		for _, e := range es {
			_, literal := e.Node().(expr.LiteralExpr)
			t := n.typeOf(e)
			if literal != literals || t == expr.Null {
				continue
			}
			if literal && converted(plain(e.Node().(expr.LiteralExpr).Value), from, true) != nil {
				continue
			}
			r, ranked := rank[t]
			if !ranked || r > rank[from] {
				from = t
			}
		}
		return from
	}
	return widest(true, widest(false, expr.Null))
}

// alike evaluates several expressions and brings them to their common type.
func (n naive) alike(es ...expr.Expr) []any {
	common := n.common(es)
	out := make([]any, len(es))
	for i, e := range es {
		out[i] = n.as(e, common)
	}
	return out
}

func (n naive) as(e expr.Expr, t expr.Type) any {
	v := n.eval(e)
	if v == nil || t == expr.Null {
		return v
	}
	_, literal := e.Node().(expr.LiteralExpr)
	return converted(v, t, literal)
}

// converted brings a value to a type, or is nil where it does not go.
func converted(v any, t expr.Type, literal bool) any {
	switch v := v.(type) {
	case int64:
		switch t {
		case expr.Int64:
			return v
		case expr.Float64:
			return float64(v)
		case expr.Numeric:
			return new(big.Rat).SetInt64(v)
		}
	case float64:
		if t == expr.Float64 {
			return v
		}
		if t == expr.Numeric && literal && math.Abs(v) < 1e28 {
			r, _ := new(big.Rat).SetString(new(big.Rat).SetFloat64(v).FloatString(9))
			return r
		}
	case *big.Rat:
		switch t {
		case expr.Numeric:
			return v
		case expr.Float64:
			f, _ := v.Float64()
			return f
		}
	case string:
		switch {
		case t == expr.String:
			return v
		case t == expr.Date && literal:
			if d, err := civil.ParseDate(v); err == nil {
				return d
			}
		case t == expr.Timestamp && literal:
			if ts, err := time.Parse("2006-01-02 15:04:05Z07:00", v); err == nil {
				return ts
			}
		}
	case bool:
		if t == expr.Bool {
			return v
		}
	case civil.Date:
		if t == expr.Date {
			return v
		}
	case time.Time:
		if t == expr.Timestamp {
			return v
		}
	}
	return nil
}

// plain is a literal as a naive value.
func plain(v expr.Value) any { return v.Go() }
