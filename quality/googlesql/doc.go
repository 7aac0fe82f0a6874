// Package googlesql writes the statements of plans as GoogleSQL queries, and reads
// what their rows measure. It runs nothing and knows no client.
//
// Each statement of a plan is one query: all counts by predicate over a table,
// whatever they are grouped by, are one scan of just the columns named, and
// uniqueness is one more for each key set. [Renderer] writes them,
// [Statement.Report] reads their results.
//
// Names are checked and back-quoted, values are named parameters and never enter
// the text of a query. Expressions cannot fail on a row: arithmetic is written
// with the SAFE_ functions.
//
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax,
// https://cloud.google.com/bigquery/docs/parameterized-queries
package googlesql
