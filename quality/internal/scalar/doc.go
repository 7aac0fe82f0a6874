// Package scalar reads the text of single values: numbers, dates and times, each
// by one grammar with one parser, which says at once what a text is and what its
// value is. Nothing here allocates for the usual cell: every cell of every file
// that is read passes through it.
package scalar

// Text is what values are read from.
type Text interface{ ~string | ~[]byte }
