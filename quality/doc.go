// Package quality says what must be true of a table, and decides whether it is.
//
// # Measure, then judge
//
// A [Check] never reads rows. It says which [Metric]s it needs and judges what
// was measured. The metrics of all suites are pooled into a [Plan], an [Engine]
// measures it in as few statements as their classes allow, and the checks judge:
//
//	Suite ─▶ Plan ─▶ Engine.Measure ─▶ Measurements ─▶ Findings ─▶ Report
//
// [Run] goes all the way. Package rows measures Go values and local files in
// memory. Metrics and expressions are closed sets, so that every engine knows all of
// them; checks are open. A check that needs other rows than the table's makes a
// [Relation] of them, one that reads other tables says so as a [Reader], and one that
// knows which rows are at fault as a [Tracer].
//
// # What never passes
//
// Nothing to judge is [Unknown], which blocks: no rows, a filter that is TRUE
// for none of them, an expected segment that is absent. So is an error. Bounds
// are compared as integers and rationals. Predicates are TRUE, FALSE or NULL,
// and each is counted. BigQuery's meaning decides; where it would fail at run
// time (overflow, division by zero) an expression is NULL.
//
// Expressions, suites and plans are values that nothing here changes: they are
// safe for concurrent use.
package quality
