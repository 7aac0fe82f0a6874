// Package windows is the inside of the command intact window: the flags and files of a
// spec, and the rows written with their windows behind.
//
//	Settings ─▶ panel.Load ─▶ Panel.Compute ─▶ the rows as they were written, with answers behind
//
// A file is opened once and read twice: for the columns that the windows need, and for
// its text, which passes through to the output byte by byte. A file that is not the
// same both times is an error. Memory holds the columns and the answers, never the
// text.
package windows
