package bq

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/intactdata/intact/quality"
)

// safe are the functions that answer NULL where the operators fail.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/mathematical_functions#safe_add
var safe = map[quality.ArithOp]string{
	quality.Add:      "SAFE_ADD",
	quality.Subtract: "SAFE_SUBTRACT",
	quality.Multiply: "SAFE_MULTIPLY",
	quality.Divide:   "SAFE_DIVIDE",
}

func (w *writer) arith(n quality.ArithExpr) string {
	left, right := w.expr(n.Left), w.expr(n.Right)
	switch l, r := n.Left.Type(), n.Right.Type(); {
	case l == quality.Date && r == quality.Date:
		return "DATE_DIFF(" + left + ", " + right + ", DAY)"
	case l == quality.Date && n.Op == quality.Subtract:
		return "SAFE.DATE_SUB(" + left + ", INTERVAL " + right + " DAY)"
	case l == quality.Date:
		return "SAFE.DATE_ADD(" + left + ", INTERVAL " + right + " DAY)"
	case r == quality.Date:
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
func (w *writer) date(n quality.DateExpr) string {
	switch n.X.Type() {
	case quality.Null:
		return nullOf(quality.Date)
	case quality.Date:
		return w.expr(n.X)
	case quality.DateTime:
		return "DATE(" + w.expr(n.X) + ")"
	}
	zone, err := quality.ValueOf(cmp.Or(n.Zone, "UTC"))
	if err != nil {
		return w.fail(err)
	}
	return "SAFE.DATE(" + w.expr(n.X) + ", " + w.value(zone) + ")"
}

var dateParts = []quality.DatePart{quality.Day, quality.Week, quality.ISOWeek, quality.Month, quality.Quarter, quality.Year}

// dateDiff counts boundaries, as DATE_DIFF does; its part is a keyword.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff
func (w *writer) dateDiff(n quality.DateDiffExpr) string {
	if n.Left.Type() == quality.Null || n.Right.Type() == quality.Null {
		return nullOf(quality.Int64)
	}
	if !slices.Contains(dateParts, n.Part) {
		return w.fail(fmt.Errorf("%q is no part of a date", n.Part))
	}
	left, right := w.expr(n.Left), w.expr(n.Right)
	if n.Part == quality.ISOWeek { // which the emulator miscounts
		return "DIV(DATE_DIFF(DATE_TRUNC(" + left + ", ISOWEEK), DATE_TRUNC(" + right + ", ISOWEEK), DAY), 7)"
	}
	return "DATE_DIFF(" + left + ", " + right + ", " + string(n.Part) + ")"
}
