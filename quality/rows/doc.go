// Package rows measures rows in memory: Go structs, columns, and whatever else
// is a expr.Source, such as the local files of package files.
//
// It reads a relation once for all the suites of a plan, in batches, and keeps
// counts: memory grows with the number of segments, and with the number of keys
// where uniqueness is measured, but not with the rows.
package rows
