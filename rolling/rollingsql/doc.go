// Package rollingsql writes the windows of package rolling as one GoogleSQL statement,
// for tables of any size.
//
//	points, err := rolling.Parse("points_avg_last_10")
//	...
//	q := rollingsql.Query{
//		Rows: rollingsql.Source{Table: "nba.player_games", Schema: schema,
//			Keys: rollingsql.Keys{Entity: []string{"player"}, At: "game_date", Reset: "season"}},
//		Counted:  expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes_played").Gt(0)),
//		Expected: &rollingsql.Expected{Source: sheet},
//		Specs:    []rolling.Spec{points},
//	}
//	statement, err := q.Select(googlesql.Renderer{Project: "acme"})
//
// A point has its value, or NULL and a reason, the counts behind it and the times of its
// oldest and newest place: what package rolling answers, by the same rules. The text is the
// same for BigQuery, its emulator and Google's reference implementation, on the last two of
// which tests hold it against package rolling. Names are quoted and values are parameters,
// but in a view and in scripts, which have none: there they are literals.
//
// What is an error of a batch is one of the statement, raised as it runs: a key that lacks
// a part, and one that is expected in two ways.
//
// # Arithmetic
//
// Integers and decimals are summed exactly and give the same values as in Go. A mean of
// FLOAT64 is an AVG, which answers where a SUM overflows; a sum is that times the number.
// Values differ from the exact ones by some units in the last place of the largest value
// of the window. So where values cancel, a ratio whose denominator is 0 but for rounding is
// undefined in one and large in the other. A deviation squares its values as parts of the
// largest, so that none is beyond a FLOAT64 and constants differ by nothing more than that.
//
// # Shape
//
// A statement is a row of stages, each of which reads the one before and nothing else, for
// BigQuery evaluates a [common table expression] wherever it is referred to:
//
//	source                    rows, expected keys and points under one another
//	keyed                     one row for each key and each point        by key
//	seen numbered spanned     with a reset: which history a key is in    by entity
//	judged                    what a key is there: a place, at fault, due
//	ranked                    the places so far                          by history
//	framed folded taken       windows over rows, and points behind them  by history, place
//	reached answered          windows over days                          by history, point
//	valued reasoned           statistics and reasons
//
// A table is read once, and of it the columns named, however many windows there are. Read
// again are the keys of rows: twice, to tell whose team missed a game ([Expected.Team]), and
// once, grouped, to tell when histories began before the days that are asked for.
//
// # Cost
//
// What is told at the right is what rows are sent by from worker to worker. Let n be the
// rows and expected keys together. Four or five of these shuffles move n rows or up to 2n:
// each row that is a point is a key and a point. What moves is the key, a few flags, and
// 8 bytes for each value and frame; text that is no part of a key never does.
//
// The windows of a history are found by one worker, after one sort of its keys. So the
// slot-time grows with n, with the number of different windows times n, and with the
// logarithm of the longest history; the elapsed time shrinks with more slots for as long as
// there are more histories than slots. Entities of unlike sizes are no matter until one
// has more rows than a worker can sort: an entity is a player or a shop, not a country.
//
// A window over rows makes no rows, whatever its n. A window over d days makes d+1 rows
// of each place: that is the one stage that grows faster than the input, by the longest
// of the ranges and not by their number. The values of decimals over rows, and of
// deviations, are brought together as an array that is folded in the next stage. Where
// times are not dates, what is met on a day is such an array, of the places that one
// entity has in d+1 days.
//
// A row whose reset is NULL is seen by every history of its entity, and makes as many rows.
//
// A test counts the rows of each stage on growing tables ([Statement.CountRows] does on any):
// for each row of a table with as many expected keys that is 2 up to the windows, 1 after
// them, and d+2 where days are reached, for any n. At 100 TB nothing was run; by these
// counts a table of 10^12 rows with a window of 10 rows moves five times 2·10^12 rows of
// some 60 bytes, and one of 30 days 3·10^13 rows of them: ask for those by months
// ([Query.From], [Query.To]), whose scans are then bounded as well.
//
// [Query.From] and [Query.To] bound what is scanned of a table partitioned by time where
// that can not change an answer: above always, below where all windows are over days. A
// window over rows reaches back as far as it takes.
//
// [common table expression]: https://cloud.google.com/bigquery/docs/best-practices-performance-compute#avoid_multiple_evaluations_of_the_same_common_table_expressions_ctes
package rollingsql
