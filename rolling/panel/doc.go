// Package panel computes rolling windows over panel data: rows of entities over time,
// as tables and files have them.
//
//	Spec ─▶ Load the columns needed ─▶ Compute the windows ─▶ Answers by point
//
// A Spec says what the columns of the rows mean and which windows are asked for. Its
// parts are read from Go, or from YAML by the keys that they describe ([Spec.Keys],
// [Expected.Keys], [Windows.Keys]), alone or within a document of somebody else. [Load]
// reads the rows, the keys that were due and the points from any [expr.Source]; what is
// computed of them, and why a window is refused, is package rolling's.
package panel
