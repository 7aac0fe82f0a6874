package googlesql

import (
	"fmt"

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
