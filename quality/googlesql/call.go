package googlesql

import (
	"fmt"
	"math"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// calls are what functions are written as, by name. SAFE. makes an error NULL, as
// in memory. Where the documented form is wrong on an engine that Intact is tested
// on, one that is right on all of them stands here.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/functions-reference#safe_prefix
var calls map[string]func(*writer, expr.CallExpr) string

func init() {
	calls = map[string]func(*writer, expr.CallExpr) string{
		"ABS":              plain("SAFE.ABS"),
		"CAST":             (*writer).cast,
		"CEIL":             plain("SAFE.CEIL"),
		"CHAR_LENGTH":      plain("CHAR_LENGTH"),
		"COALESCE":         (*writer).coalesce,
		"DATE":             (*writer).date,
		"DATE_DIFF":        (*writer).dateDiff,
		"DATE_TRUNC":       (*writer).dateTrunc,
		"DIV":              (*writer).div,
		"EXTRACT":          (*writer).extract,
		"FARM_FINGERPRINT": plain("FARM_FINGERPRINT"),
		"FINGERPRINT":      (*writer).fingerprint,
		"FLOOR":            plain("SAFE.FLOOR"),
		"GREATEST":         plain("GREATEST"),
		"IF":               (*writer).choice,
		"LEAST":            plain("LEAST"),
		"LOWER":            plain("LOWER"),
		"MOD":              plain("SAFE.MOD"),
		"POPULATED":        (*writer).populated,
		"REGEXP_CONTAINS":  plain("REGEXP_CONTAINS"),
		"TRIM":             plain("TRIM"),
	}
}

// call writes a call. A strict one that has an argument which is always NULL is NULL,
// whatever its function.
func (w *writer) call(n expr.CallExpr) string {
	write, ok := calls[n.Name]
	if !ok {
		return w.fail(fmt.Errorf("%s stands for the run's clock, which nothing has put in its place", n.Name))
	}
	if n.Strict() {
		for _, a := range n.Args {
			if a.Type() == expr.Null {
				return nullOf(n.Type)
			}
		}
	}
	return write(w, n)
}

func plain(function string) func(*writer, expr.CallExpr) string {
	return func(w *writer, n expr.CallExpr) string { return w.list(function, n.Args) }
}

func (w *writer) list(function string, args []expr.Expr) string {
	parts := make([]string, len(args))
	for i, a := range args {
		parts[i] = w.expr(a)
	}
	return function + "(" + strings.Join(parts, ", ") + ")"
}

func (w *writer) coalesce(n expr.CallExpr) string {
	var args []expr.Expr
	for _, a := range n.Args {
		if a.Type() != expr.Null {
			args = append(args, a)
		}
	}
	return w.list("COALESCE", args)
}

func (w *writer) choice(n expr.CallExpr) string {
	return "IF(" + w.predicate(n.Args[0]) + ", " + w.typed(n.Args[1], n.Type) + ", " + w.typed(n.Args[2], n.Type) + ")"
}

// populated is never NULL: the first part is FALSE where the others are NULL.
func (w *writer) populated(n expr.CallExpr) string {
	of := n.Args[0]
	if of.Type() == expr.Null {
		return "FALSE"
	}
	x := w.expr(of)
	parts := []string{x + " IS NOT NULL"}
	if of.Type() == expr.Float64 {
		parts = append(parts, "NOT IS_NAN("+x+")", "NOT IS_INF("+x+")")
	}
	var missing []string
	for _, a := range n.Args[1:] {
		m := a.Node().(expr.LiteralExpr).Value
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

// div of decimals takes off what is left first, so that the quotient is whole and
// ROUND changes nothing but on the emulator, whose MOD is not exact and whose DIV of
// decimals is none.
func (w *writer) div(n expr.CallExpr) string {
	if n.Type == expr.Int64 {
		return w.list("SAFE.DIV", n.Args)
	}
	a, b := w.expr(n.Args[0]), w.expr(n.Args[1])
	return "ROUND(SAFE_DIVIDE(SAFE_SUBTRACT(" + a + ", SAFE.MOD(" + a + ", " + b + ")), " + b + "))"
}
