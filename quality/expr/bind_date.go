package expr

import "fmt"

// dateArith allows DATE - DATE, DATE ± INT64 and INT64 + DATE.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/operators#date_arithmetics_operators
func dateArith(op ArithOp, left, right Expr) (Expr, error) {
	if l, ok := right.node.(LiteralExpr); ok && l.Value.Type() == String && op == Subtract {
		if v, err := l.Value.Coerce(Date); err == nil {
			right = Expr{LiteralExpr{v}}
		}
	}
	if l, ok := left.node.(LiteralExpr); ok && l.Value.Type() == String && op == Subtract {
		if v, err := l.Value.Coerce(Date); err == nil {
			left = Expr{LiteralExpr{v}}
		}
	}
	l, r := left.Type(), right.Type()
	ok := op == Subtract && (r == Date || r == Int64 || r == Null) && l == Date ||
		op == Subtract && l == Null && r == Date ||
		op == Add && (l == Date && (r == Int64 || r == Null) || r == Date && (l == Int64 || l == Null))
	if !ok {
		return Expr{}, fmt.Errorf("%s %s %s: a DATE takes - DATE, or + and - days as INT64", l, op, r)
	}
	return Expr{ArithExpr{op, left, right}}, nil
}
