// Package expr is the rows that quality speaks of, and what can be said of one:
// values of GoogleSQL's types, columns of them, and expressions over columns.
//
//	played := expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0))
//
// An expression is built in Go or read by [ParseExpr], bound to a [Schema], and
// then computed over batches in memory by an [Evaluator], or written as GoogleSQL
// by package googlesql. Both mean what BigQuery means: three-valued logic, exact
// decimals, and NULL where BigQuery would fail on a row.
//
// A [Source] is where rows come from: typed columns, read in batches. A column can be a
// part of another one, a field or an element: [Part].
package expr
