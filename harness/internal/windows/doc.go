// Package windows computes rolling windows over a file of rows: it is the inside
// of the command intact window.
//
//	Spec ─▶ load the columns needed ─▶ rolling.Compute ─▶ the rows as they were written, with answers behind
//
// A file is read three times: for its types, for the columns that the windows
// need, and for its text, which passes through to the output byte by byte. Memory
// holds the columns and the answers, never the text.
package windows
