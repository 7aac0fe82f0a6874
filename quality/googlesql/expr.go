package googlesql

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// rowAlias is the alias of the rows that expressions are about. Columns are always
// qualified by it: unqualified, a column called like it would be the whole row.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax#range_variables
const rowAlias = "intact_row"

// writer renders expressions. Every text it returns stands by itself: it is a
// call, a name, or in parentheses. The first error is kept.
type writer struct {
	renderer   Renderer
	parameters *parameters
	raw        bool              // there is raw SQL in it
	selected   []string          // raw SQL of the SELECT that is being written
	ctes       []string          // the common table expressions so far
	names      map[string]string // what columns are written as where the text stands; others: as they are called
	table      expr.Schema       // whose parts a text without a plan is about
	reads      []string          // what a plan's statement reads of its table; nil: all that is wanted of it
	err        error
}

func (w *writer) fail(err error) string {
	if w.err == nil {
		w.err = err
	}
	return "NULL"
}

func (w *writer) column(name string) string {
	if text, ok := w.names[name]; ok {
		return text
	}
	if f, err := w.table.Field(name); err == nil && f.Part != nil {
		return w.part(f)
	}
	quoted, err := QuoteName(name)
	if err != nil {
		return w.fail(err)
	}
	return ofRow(quoted)
}

// ofRow is a column of the rows that expressions are about.
func ofRow(column string) string { return rowAlias + "." + column }

func (w *writer) value(v expr.Value) string {
	text, err := w.parameters.value(v)
	if err != nil {
		return w.fail(err)
	}
	return text
}

// typed renders what must have a type even where it is nothing but NULL.
func (w *writer) typed(e expr.Expr, t expr.Type) string {
	if e.Type() == expr.Null {
		return nullOf(t)
	}
	return w.expr(e)
}

func nullOf(t expr.Type) string { return "CAST(NULL AS " + string(t) + ")" }

func (w *writer) predicate(e expr.Expr) string { return w.typed(e, expr.Bool) }

// expr renders a bound expression with the meaning that expr.Evaluator gives
// it. Where the documented form is wrong on an engine that Intact is tested on,
// a form that is right on all of them is written.
func (w *writer) expr(e expr.Expr) string {
	if e.Type() == expr.Null {
		return "NULL"
	}
	switch n := e.Node().(type) {
	case expr.ColumnExpr:
		return w.column(n.Name)
	case expr.LiteralExpr:
		return w.value(n.Value)
	case expr.CompareExpr:
		return w.compare(n.Left, n.Op, n.Right)
	case expr.BetweenExpr:
		return w.between(n)
	case expr.InExpr:
		return w.in(n)
	case expr.LogicExpr:
		return w.joined(n.Operands, " "+string(n.Op)+" ")
	case expr.NotExpr:
		return "(NOT " + w.predicate(n.X) + ")"
	case expr.IsExpr:
		return w.is(n)
	case expr.LikeExpr:
		return w.like(n)
	case expr.ArithExpr:
		return w.arith(n)
	case expr.NegateExpr:
		return "SAFE_NEGATE(" + w.expr(n.X) + ")"
	case expr.CallExpr:
		return w.call(n)
	case expr.RawExpr:
		text := "(" + n.SQL + "\n)" // a comment at its end must not hide the parenthesis
		w.raw = true
		if !slices.Contains(w.selected, text) {
			w.selected = append(w.selected, text)
		}
		return text
	}
	return w.fail(fmt.Errorf("%s cannot be written as GoogleSQL", e))
}

func (w *writer) joined(predicates []expr.Expr, op string) string {
	parts := make([]string, len(predicates))
	for i, p := range predicates {
		parts[i] = w.predicate(p)
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, op) + ")"
}

func (w *writer) compare(left expr.Expr, op expr.CompareOp, right expr.Expr) string {
	if left.Type() == expr.Null || right.Type() == expr.Null {
		return nullOf(expr.Bool)
	}
	return "(" + w.expr(left) + " " + string(op) + " " + w.expr(right) + ")"
}

// between says BETWEEN only of constants: the emulator answers NULL where one
// bound is NULL and the other refutes.
func (w *writer) between(n expr.BetweenExpr) string {
	if isConstant(n.Low) && isConstant(n.High) {
		return "(" + w.expr(n.X) + " BETWEEN " + w.expr(n.Low) + " AND " + w.expr(n.High) + ")"
	}
	return "(" + w.compare(n.X, expr.GreaterEqual, n.Low) + " AND " + w.compare(n.X, expr.LessEqual, n.High) + ")"
}

func isConstant(e expr.Expr) bool {
	l, ok := e.Node().(expr.LiteralExpr)
	return ok && !l.Value.IsNull()
}

// in lists constants alone. Other items are compared one by one, because the
// emulator passes over what is NULL in a list.
func (w *writer) in(n expr.InExpr) string {
	if len(n.List) == 0 {
		return "FALSE"
	}
	var constants, parts []string
	for _, x := range n.List {
		if isConstant(x) {
			constants = append(constants, w.expr(x))
			continue
		}
		parts = append(parts, w.compare(n.X, expr.Equal, x))
	}
	switch {
	case len(constants) == 0:
	case n.X.Type() == expr.Null:
		parts = append(parts, nullOf(expr.Bool))
	default:
		parts = append(parts, w.expr(n.X)+" IN ("+strings.Join(constants, ", ")+")")
	}
	return "(" + strings.Join(parts, " OR ") + ")"
}

// is writes IS TRUE and IS FALSE as COALESCE: the emulator answers NULL for
// NULL.
func (w *writer) is(n expr.IsExpr) string {
	if n.What == expr.IsNull {
		not := ""
		if n.Not {
			not = "NOT "
		}
		return "(" + w.expr(n.X) + " IS " + not + "NULL)"
	}
	// x IS TRUE is COALESCE(x, FALSE), and x IS FALSE is NOT COALESCE(x, TRUE).
	isFalse := n.What == expr.IsFalse
	text := "COALESCE(" + w.predicate(n.X) + ", FALSE)"
	if isFalse {
		text = "COALESCE(" + w.predicate(n.X) + ", TRUE)"
	}
	if isFalse != n.Not {
		text = "(NOT " + text + ")"
	}
	return text
}
