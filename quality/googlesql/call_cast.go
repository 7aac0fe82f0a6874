package googlesql

import "github.com/intactdata/intact/quality/expr"

// cast is SAFE_CAST. Of text only what BigQuery takes for a value is handed on: the
// emulator takes more for one, an empty text for 0 among it. Numbers are rounded by
// ROUND, which it does right, and compared with 0 where a BOOL is meant.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/conversion_functions#safe_casting
func (w *writer) cast(n expr.CallExpr) string {
	from, x := n.Args[0].Type(), w.expr(n.Args[0])
	switch {
	case from == expr.String:
		pattern, err := expr.ValueOf(expr.CastText(n.Type))
		if err != nil {
			return w.fail(err)
		}
		x = "REGEXP_EXTRACT(" + x + ", " + w.value(pattern) + ")"
		if n.Type == expr.Date { // two digits for a month and a day, which the emulator asks for
			two := func(pattern string) string { return "LPAD(REGEXP_EXTRACT(" + x + ", r'" + pattern + "'), 2, '0')" }
			x = "CONCAT(SUBSTR(" + x + ", 1, 5), " + two("-([0-9]+)-") + ", '-', " + two("([0-9]+)$") + ")"
		}
	case n.Type == expr.Bool:
		return "(" + x + " != 0)"
	case n.Type == expr.Int64 && from.IsNumber():
		x = "SAFE.ROUND(" + x + ")"
	}
	return "SAFE_CAST(" + x + " AS " + string(n.Type) + ")"
}
