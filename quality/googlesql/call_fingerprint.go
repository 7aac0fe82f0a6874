package googlesql

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// fingerprint is FARM_FINGERPRINT of the texts that values are told by.
func (w *writer) fingerprint(n expr.CallExpr) string {
	var parts []string
	for i, a := range n.Args {
		if i > 0 {
			parts = append(parts, "','")
		}
		parts = append(parts, w.told(a))
	}
	return "FARM_FINGERPRINT(CONCAT(" + strings.Join(parts, ", ") + "))"
}

// told is the text of a value, which is one for equal values of all numeric types.
func (w *writer) told(a expr.Expr) string {
	text, x := "", w.expr(a)
	counted := func(mark, count string) string { return "CONCAT('" + mark + "', CAST(" + count + " AS STRING))" }
	switch t := a.Type(); t {
	case expr.Null:
		return "'" + expr.ToldNull + "'"
	case expr.Float64:
		text = toldFloat(x)
	case expr.String:
		text = "CONCAT('" + expr.ToldText + "', CAST(BYTE_LENGTH(" + x + ") AS STRING), ':', " + x + ")"
	case expr.Bytes:
		text = "CONCAT('" + expr.ToldBytes + "', TO_HEX(" + x + "))"
	case expr.Date:
		text = counted(expr.ToldDate, "UNIX_DATE("+x+")")
	case expr.DateTime:
		text = counted(expr.ToldDateTime, "UNIX_MICROS(TIMESTAMP("+x+"))")
	case expr.Time:
		text = counted(expr.ToldTime, "TIME_DIFF("+x+", TIME '00:00:00', MICROSECOND)")
	case expr.Timestamp:
		text = counted(expr.ToldTimestamp, "UNIX_MICROS("+x+")")
	default:
		text = "CAST(" + x + " AS STRING)"
	}
	return "IFNULL(" + text + ", '" + expr.ToldNull + "')"
}

// toldFloat has 15 digits where they tell the number from all others, else 17, by FORMAT:
// how many CAST writes is not documented. As BIGNUMERIC they lose the exponent and the
// zeros at the end.
// https://cloud.google.com/bigquery/docs/reference/standard-sql/format-elements#format_string
func toldFloat(x string) string {
	digits := fmt.Sprintf("IF(SAFE_CAST(FORMAT('%%.14e', %s) AS FLOAT64) = %[1]s, FORMAT('%%.14e', %[1]s), FORMAT('%%.16e', %[1]s))", x)
	return fmt.Sprintf("CASE WHEN IS_NAN(%s) THEN 'nan' WHEN IS_INF(%[1]s) THEN IF(%[1]s > 0, 'inf', '-inf') WHEN %[1]s = 0 THEN '0'"+
		" WHEN ABS(%[1]s) >= %[2]g AND ABS(%[1]s) < %[3]g THEN CAST(SAFE_CAST(%[4]s AS BIGNUMERIC) AS STRING) ELSE %[4]s END",
		x, expr.LeastToldFloat, expr.LargeToldFloat, digits)
}
