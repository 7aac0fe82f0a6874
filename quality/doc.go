// Package quality says what must be true of a table, and decides whether it is.
//
// # Measure, then judge
//
// A [Check] never reads rows. The way of the data is
//
//	Suite ─▶ Relations ─▶ Plan ─▶ Engine.Measure ─▶ Measurements ─▶ Findings ─▶ Report
//
// A [Suite] is rules on one table, each a check with the rows and segments it is for. A
// check says what it must have measured: each [Request] is a [Metric] over a
// [Relation], which is the table's rows or rows made from them and from other tables
// ([Reader]) by the operators of relational algebra. The [Plan] resolves columns and
// types, bounds every table by its dates, and pools what all suites want: one statement
// for each relation, and none for what another one holds. An [Engine] measures the
// statements: package rows in memory, bq on BigQuery. The [Measurements] are read back
// by the metrics, and the check judges them: a [Finding] for each segment, whose worst
// is the verdict of the [Report].
//
// [Run] goes all the way. Terms, operators and expressions are closed sets, so that
// every engine knows all of them; checks and metrics are open, and composed of those.
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
