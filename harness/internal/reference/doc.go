// Package reference runs GoogleSQL on Google's own reference implementation
// of the language, so that tests have a judge of SQL that nobody here wrote.
//
//	ev := reference.Require(t)
//	db, err := ev.Load(t.Context(), reference.Table{
//		Name:    "nba.games",
//		Columns: []reference.Column{{Name: "points", Type: "FLOAT64"}},
//		Rows:    [][]any{{31.0}, {math.NaN()}, {nil}},
//	})
//	res, err := db.Query(t.Context(), "SELECT COUNTIF(IS_NAN(points)) FROM nba.games")
//
// The implementation is the server of ZetaSQL (https://github.com/google/zetasql)
// as the npm package @fivetrandevelopers/zetasql ships it. bridge.js, run by
// node, passes calls on to it. The package is looked for in the folder named
// by the environment variable INTACT_REFERENCE and in .bin/reference beside
// the nearest go.mod upward; where it is not, [Require] skips the test with
// the command that installs it, and fails it where INTACT_REQUIRE_REFERENCE=1.
//
// It evaluates queries over the tables given, of some thousand rows; joins on
// equality are fast, IN (subquery), EXISTS and other joins quadratic. It knows
// no APPROX_ functions, ROLLUP, GROUP BY ALL, scripts, DDL or metadata, and
// accepts some things that BigQuery refuses: a value that agrees says much, a
// statement that is accepted says little. FLOAT64 sums are exact, so compare
// them with a tolerance.
package reference
