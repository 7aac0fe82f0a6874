package expr_test

import (
	"math"
	"math/big"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// Types and conversions of the naive evaluator.

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
