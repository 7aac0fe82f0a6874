// Package rows measures rows in memory: Go structs, columns, and whatever else
// is a expr.Source, such as the local files of package files.
//
// It reads a table once for all the suites of a plan, in batches and only the columns
// that somebody reads, and makes each relation once.
//
// # Memory
//
// What is counted of rows as they are grows with the segments. Of the operators
//
//   - Filter, Project, Expand, Union and Days keep nothing;
//   - an Aggregate keeps its groups: their keys and the values of its terms;
//   - a Join keeps its right side, and left rows that come before that is whole;
//   - Previous and Running keep all rows that they take, with 20 bytes for each;
//   - unique keeps its keys, with 14 to 20 bytes for each.
//
// A number, a date or a time takes 8 bytes, a text 8 and its own. All of a plan
// together is limited (see [MemoryLimit]). What passes the limit is sorted on disk,
// where a [Spiller] is handed in; without one the checks that needed it are unknown,
// and no others.
package rows
