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
