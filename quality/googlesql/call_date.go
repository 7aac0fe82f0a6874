package googlesql

import "github.com/intactdata/intact/quality/expr"

// date is the calendar day of an instant, in UTC where no zone is named; that of
// a DATETIME needs none.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date
func (w *writer) date(n expr.CallExpr) string {
	switch x := n.Args[0]; x.Type() {
	case expr.Date:
		return w.expr(x)
	case expr.DateTime:
		return "DATE(" + w.expr(x) + ")"
	}
	return w.list("SAFE.DATE", withZone(n.Args))
}

// withZone names UTC where no zone is named.
func withZone(args []expr.Expr) []expr.Expr {
	if len(args) > 1 {
		return args
	}
	return []expr.Expr{args[0], expr.Lit("UTC")}
}

// dateDiff counts boundaries, as DATE_DIFF does; its part is a keyword, which
// binding has checked.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#date_diff
func (w *writer) dateDiff(n expr.CallExpr) string {
	left, right := w.expr(n.Args[0]), w.expr(n.Args[1])
	if n.Word == string(expr.ISOWeek) { // which the emulator miscounts
		return "DIV(DATE_DIFF(DATE_TRUNC(" + left + ", ISOWEEK), DATE_TRUNC(" + right + ", ISOWEEK), DAY), 7)"
	}
	return "DATE_DIFF(" + left + ", " + right + ", " + n.Word + ")"
}

func (w *writer) dateTrunc(n expr.CallExpr) string {
	return "SAFE.DATE_TRUNC(" + w.expr(n.Args[0]) + ", " + n.Word + ")"
}

// extract is of the local time of an instant.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/date_functions#extract
func (w *writer) extract(n expr.CallExpr) string {
	x := w.expr(n.Args[0])
	if n.Args[0].Type() == expr.Timestamp {
		x = w.list("SAFE.DATETIME", withZone(n.Args))
	}
	if n.Word == string(expr.Week) { // which the emulator counts as ISOWEEK
		return "DIV(EXTRACT(DAYOFYEAR FROM " + x + ") - EXTRACT(DAYOFWEEK FROM " + x + ") + 7, 7)"
	}
	return "EXTRACT(" + n.Word + " FROM " + x + ")"
}
