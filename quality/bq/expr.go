package bq

import (
	"fmt"
	"math"
	"strings"

	"github.com/intactdata/intact/quality"
)

// rowAlias is the alias of the rows that expressions are about. Columns are always
// qualified by it: unqualified, a column called like it would be the whole row.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#range_variables
const rowAlias = "intact_row"

// writer renders expressions. Every text it returns stands by itself: it is a
// call, a name, or in parentheses. The first error is kept.
type writer struct {
	parameters *parameters
	raw        bool // there is raw SQL in it
	err        error
}

func (w *writer) fail(err error) string {
	if w.err == nil {
		w.err = err
	}
	return "NULL"
}

func (w *writer) column(name string) string {
	quoted, err := QuoteName(name)
	if err != nil {
		return w.fail(err)
	}
	return rowAlias + "." + quoted
}

func (w *writer) value(v quality.Value) string {
	text, err := w.parameters.value(v)
	if err != nil {
		return w.fail(err)
	}
	return text
}

// typed renders what must have a type even where it is nothing but NULL.
func (w *writer) typed(e quality.Expr, t quality.Type) string {
	if e.Type() == quality.Null {
		return nullOf(t)
	}
	return w.expr(e)
}

func nullOf(t quality.Type) string { return "CAST(NULL AS " + string(t) + ")" }

func (w *writer) predicate(e quality.Expr) string { return w.typed(e, quality.Bool) }

// expr renders a bound expression with the meaning that quality.Evaluator gives
// it. Where the documented form is wrong on an engine that Intact is tested on,
// a form that is right on all of them is written.
func (w *writer) expr(e quality.Expr) string {
	if e.Type() == quality.Null {
		return "NULL"
	}
	switch n := e.Node().(type) {
	case quality.ColumnExpr:
		return w.column(n.Name)
	case quality.LiteralExpr:
		return w.value(n.Value)
	case quality.CompareExpr:
		return w.compare(n.Left, n.Op, n.Right)
	case quality.BetweenExpr:
		return w.between(n)
	case quality.InExpr:
		return w.in(n)
	case quality.LogicExpr:
		return w.joined(n.Operands, " "+string(n.Op)+" ")
	case quality.NotExpr:
		return "(NOT " + w.predicate(n.X) + ")"
	case quality.IsExpr:
		return w.is(n)
	case quality.LikeExpr:
		return w.like(n)
	case quality.PopulatedExpr:
		return w.populated(n)
	case quality.CoalesceExpr:
		return w.coalesce(n)
	case quality.ArithExpr:
		return w.arith(n)
	case quality.NegateExpr:
		return "SAFE_NEGATE(" + w.expr(n.X) + ")"
	case quality.CastExpr:
		return "CAST(" + w.expr(n.X) + " AS " + string(n.To) + ")"
	case quality.NaNAsNullExpr:
		x := w.expr(n.X)
		return "IF(IS_NAN(" + x + "), NULL, " + x + ")"
	case quality.DateExpr:
		return w.date(n)
	case quality.DateDiffExpr:
		return w.dateDiff(n)
	case quality.RawExpr:
		w.raw = true
		return "(" + n.SQL + "\n)" // a comment at its end must not hide the parenthesis
	}
	return w.fail(fmt.Errorf("%s cannot be written as GoogleSQL", e))
}

func (w *writer) joined(predicates []quality.Expr, op string) string {
	parts := make([]string, len(predicates))
	for i, p := range predicates {
		parts[i] = w.predicate(p)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, op) + ")"
}

func (w *writer) compare(left quality.Expr, op quality.CompareOp, right quality.Expr) string {
	if left.Type() == quality.Null || right.Type() == quality.Null {
		return nullOf(quality.Bool)
	}
	return "(" + w.expr(left) + " " + string(op) + " " + w.expr(right) + ")"
}

// between says BETWEEN only of constants: the emulator answers NULL where one
// bound is NULL and the other refutes.
func (w *writer) between(n quality.BetweenExpr) string {
	if isConstant(n.Low) && isConstant(n.High) {
		return "(" + w.expr(n.X) + " BETWEEN " + w.expr(n.Low) + " AND " + w.expr(n.High) + ")"
	}
	return "(" + w.compare(n.X, quality.GreaterEqual, n.Low) + " AND " + w.compare(n.X, quality.LessEqual, n.High) + ")"
}

func isConstant(e quality.Expr) bool {
	l, ok := e.Node().(quality.LiteralExpr)
	return ok && !l.Value.IsNull()
}

// in lists constants alone. Other items are compared one by one, because the
// emulator passes over what is NULL in a list.
func (w *writer) in(n quality.InExpr) string {
	if len(n.List) == 0 {
		return "FALSE"
	}
	var constants, parts []string
	for _, x := range n.List {
		if isConstant(x) {
			constants = append(constants, w.expr(x))
			continue
		}
		parts = append(parts, w.compare(n.X, quality.Equal, x))
	}
	switch {
	case len(constants) == 0:
	case n.X.Type() == quality.Null:
		parts = append(parts, nullOf(quality.Bool))
	default:
		parts = append(parts, w.expr(n.X)+" IN ("+strings.Join(constants, ", ")+")")
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// is writes IS TRUE and IS FALSE as COALESCE: the emulator answers NULL for
// NULL.
func (w *writer) is(n quality.IsExpr) string {
	if n.What == quality.IsNull {
		not := ""
		if n.Not {
			not = "NOT "
		}
		return "(" + w.expr(n.X) + " IS " + not + "NULL)"
	}
	// x IS TRUE is COALESCE(x, FALSE), and x IS FALSE is NOT COALESCE(x, TRUE).
	isFalse := n.What == quality.IsFalse
	text := "COALESCE(" + w.predicate(n.X) + ", FALSE)"
	if isFalse {
		text = "COALESCE(" + w.predicate(n.X) + ", TRUE)"
	}
	if isFalse != n.Not {
		text = "(NOT " + text + ")"
	}
	return text
}

// populated is never NULL: the first part is FALSE where the others are NULL.
func (w *writer) populated(n quality.PopulatedExpr) string {
	if n.X.Type() == quality.Null {
		return "FALSE"
	}
	x := w.expr(n.X)
	parts := []string{x + " IS NOT NULL"}
	if n.X.Type() == quality.Float64 {
		parts = append(parts, "NOT IS_NAN("+x+")", "NOT IS_INF("+x+")")
	}
	var missing []string
	for _, m := range n.Missing {
		if f, ok := m.Go().(float64); m.IsNull() || ok && math.IsNaN(f) {
			continue // not populated as it is
		}
		missing = append(missing, w.value(m))
	}
	if len(missing) > 0 {
		parts = append(parts, x+" NOT IN ("+strings.Join(missing, ", ")+")")
	}
	return "(" + strings.Join(parts, " AND ") + ")"
}

func (w *writer) coalesce(n quality.CoalesceExpr) string {
	var args []string
	for _, a := range n.Args {
		if a.Type() != quality.Null {
			args = append(args, w.expr(a))
		}
	}
	return "COALESCE(" + strings.Join(args, ", ") + ")"
}
