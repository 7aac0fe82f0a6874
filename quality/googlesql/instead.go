package googlesql

import "github.com/intactdata/intact/quality/expr"

// Instead is what a table would be: the rows of another one of the same columns stand in
// the place of some of its own.
type Instead struct {
	// Of is bound, and TRUE of the rows that are not there any more. It is no NULL.
	Of expr.Expr
	// By is the other table.
	By TableName
}

// would is a table as it would be, in parentheses.
func (w *writer) would(t TableName, i Instead) string {
	names, table := w.names, w.table
	w.names, w.table = nil, nil
	defer func() { w.names, w.table = names, table }()
	snapshot := w.snapshot()
	return "(\n  SELECT * FROM " + t.SQL() + " AS " + rowAlias + snapshot + " WHERE NOT " + w.predicate(i.Of) +
		"\n  UNION ALL\n  SELECT * FROM " + i.By.SQL() + snapshot + "\n)"
}
