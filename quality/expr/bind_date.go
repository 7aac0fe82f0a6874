package expr

import (
	"fmt"
	"time"
)

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

// date allows DATE(TIMESTAMP), DATE(TIMESTAMP, zone), DATE(DATETIME) and DATE(DATE).
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date
func (b binder) date(n DateExpr) (Expr, error) {
	x, err := b.bind(n.X)
	if err != nil {
		return Expr{}, err
	}
	switch t := x.Type(); {
	case t != Timestamp && t != DateTime && t != Date && t != Null:
		return Expr{}, fmt.Errorf("%s is %s: DATE takes a TIMESTAMP and a time zone, or a DATETIME", x, t)
	case n.Zone != "" && (t == DateTime || t == Date):
		return Expr{}, fmt.Errorf("%s is %s, a day that is the same in every time zone: write DATE(%s)", x, t, x)
	}
	if _, err := n.location(); err != nil {
		return Expr{}, err
	}
	return Expr{DateExpr{x, n.Zone}}, nil
}

// location is the zone whose day is meant: that of DATE(t) is UTC.
func (n DateExpr) location() (*time.Location, error) {
	if n.Zone == "" {
		return time.UTC, nil
	}
	return LoadZone(n.Zone)
}

// LoadZone finds a time zone of the tz database by name. It is time.LoadLocation
// without its "Local", which would be another zone on another machine.
func LoadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q is no time zone: write one such as UTC or America/New_York", name)
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("%q is no time zone: write one such as UTC or America/New_York", name)
	}
	return zone, nil
}
