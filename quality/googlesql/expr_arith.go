package googlesql

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality/expr"
)

// safe are the functions that answer NULL where the operators fail.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#safe_add
var safe = map[expr.ArithOp]string{
	expr.Add:      "SAFE_ADD",
	expr.Subtract: "SAFE_SUBTRACT",
	expr.Multiply: "SAFE_MULTIPLY",
	expr.Divide:   "SAFE_DIVIDE",
}

func (w *writer) arith(n expr.ArithExpr) string {
	left, right := w.expr(n.Left), w.expr(n.Right)
	switch l, r := n.Left.Type(), n.Right.Type(); {
	case l == expr.Date && r == expr.Date:
		return "DATE_DIFF(" + left + ", " + right + ", DAY)"
	case l == expr.Date && n.Op == expr.Subtract:
		return "SAFE.DATE_SUB(" + left + ", INTERVAL " + right + " DAY)"
	case l == expr.Date:
		return "SAFE.DATE_ADD(" + left + ", INTERVAL " + right + " DAY)"
	case r == expr.Date:
		return "SAFE.DATE_ADD(" + right + ", INTERVAL " + left + " DAY)"
	}
	name, ok := safe[n.Op]
	if !ok {
		return w.fail(fmt.Errorf("%q is no arithmetic operator", n.Op))
	}
	return name + "(" + left + ", " + right + ")"
}

// date is the calendar day of an instant, in UTC where no zone is named; that of
// a DATETIME needs none.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date
func (w *writer) date(n expr.DateExpr) string {
	switch n.X.Type() {
	case expr.Null:
		return nullOf(expr.Date)
	case expr.Date:
		return w.expr(n.X)
	case expr.DateTime:
		return "DATE(" + w.expr(n.X) + ")"
	}
	zone, err := expr.ValueOf(cmp.Or(n.Zone, "UTC"))
	if err != nil {
		return w.fail(err)
	}
	return "SAFE.DATE(" + w.expr(n.X) + ", " + w.value(zone) + ")"
}

var dateParts = []expr.DatePart{expr.Day, expr.Week, expr.ISOWeek, expr.Month, expr.Quarter, expr.Year}

// dateDiff counts boundaries, as DATE_DIFF does; its part is a keyword.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff
func (w *writer) dateDiff(n expr.DateDiffExpr) string {
	if n.Left.Type() == expr.Null || n.Right.Type() == expr.Null {
		return nullOf(expr.Int64)
	}
	if !slices.Contains(dateParts, n.Part) {
		return w.fail(fmt.Errorf("%q is no part of a date", n.Part))
	}
	left, right := w.expr(n.Left), w.expr(n.Right)
	if n.Part == expr.ISOWeek { // which the emulator miscounts
		return "DIV(DATE_DIFF(DATE_TRUNC(" + left + ", ISOWEEK), DATE_TRUNC(" + right + ", ISOWEEK), DAY), 7)"
	}
	return "DATE_DIFF(" + left + ", " + right + ", " + string(n.Part) + ")"
}
