// Package enginetest proves that an engine measures what the others do.
//
// An engine's own test hands Exercise a way to load tables, as the example does.
//
// Exercise runs the same suites on the same tables everywhere, most of them as
// one plan, whose checks share statements, and some alone or in pairs, each on an
// engine of its own: what works beside others need not work alone. The answers to
// the cases that are written down were worked out by hand from the documentation
// of GoogleSQL; those to the cases drawn at random come from Subject.Oracle. What
// an engine is known to answer differently stands in Subject.Deviations, by the
// case's id and with the reason; a listed case that starts to agree fails, so
// that the list stays true.
//
// # Cases as text
//
// The cases that are written down stand in the files cases/*.txt. A section begins
// at the left edge, what belongs to it is indented by two spaces, and a line that
// begins with # is a comment. To add a case is to add a section, which every
// engine is then held to.
//
// load is a table: the names of its columns, their types, its rows. A cell is a
// word, or a text in double quotes as Go writes one; the bare word null is NULL, and
// as a type that of a column which never holds a value. A cell of a STRUCT or an ARRAY is
// JSON, in back-quotes. All files know the table.
//
//	load scores
//	  id     team    points
//	  INT64  STRING  FLOAT64
//	  1      BOS     12.5
//	  2      "a b"   null
//
// rows are expressions and their value in each row of a table by its column id: T,
// F or N for NULL.
//
//	rows scores
//	  points/high: TN  points > 10
//
// suite is a suite as package suitefile reads it, but for its name, which is the
// case's id; its tables are those of the dataset test. The expect below it is what is
// found: verdict and id of each check, with the TRUE, FALSE and NULL counts of its
// filter, and a line for each segment with what was observed (a share as 1/2, a number
// with nine digits at most) and its details, or the reason where there is neither, and a
// line on a waiver that is to be taken out. In a suite with rows_at_fault those of a
// finding stand below it: what they are and how many, and a line for each that is shown.
// Below "expect reasons" stands what each check says, instead.
//
//	suite points/by team
//	  table: test.scores
//	  checks:
//	    - id: there
//	      complete: points
//	      where: id > 0
//	      by: team
//	expect
//	  fail there where 2/0/0
//	    pass [team=BOS] 1/1
//	    fail [team=a b] 0/1
//
// Between the two can stand a line such as "at 2024-03-02T18:00:00Z", the clock of that
// suite, which is alone then.
//
// try is cases that have rows of their own: on its first line are columns and types, on
// each below it a name, the values of the columns in the case's rows (what is not there
// is NULL), a check, keys of its suite behind //, and the findings, without details that
// are 0. One whose name begins with alone has a plan of its own.
//
//	try mean
//	  x FLOAT64, team STRING
//	  NaN is left out  | x: 1 NaN 2          | mean: x, between: [1, 2]        | pass 1.5 nonfinite_rows=1
//	  by team          | x: 1 2; team: a b   | mean: x, by: team, at_most: 1   | pass [team=a] 1, fail [team=b] 2
//
// alone is a suite that is measured by a plan of its own. Beside the kinds of
// suitefile there are some that claim nothing and tell what was measured: tally: an
// expression; keys: columns; doubled, on a derivation; and terms, as
// [quality.Term.Key] writes them, over rows made by operators of which each takes the
// rows of the one above it:
//
//	checks:
//	  - id: best
//	    terms: [count(), max(total)]
//	    of:
//	      - read: scores
//	      - filter: points > 0
//	      - aggregate: {by: {team: team}, terms: {total: sum(points)}}
//
// The operators are read, values (lines as those of a load), filter, project and
// expand (columns by name), union (steps), aggregate, join (kind, on, right: steps),
// previous and running (partition, order, values or terms), and days (name, from, to).
package enginetest
