// Package rolling computes averages over the last rows or the last days of an
// entity, and refuses those that are not whole.
//
// An average over a player's last ten games is only that if the ten games are
// there. Where one was lost, where a value is NULL, where a key occurs twice or
// history is too short, other tools average what is left and say nothing. Here a
// window is whole and has a value, or it is refused and has a [Reason], the counts
// behind it and the keys at fault. There is no switch that turns a partial window
// into a number.
//
//	spec, err := rolling.Parse("points_avg_last_10")
//	...
//	var res rolling.Result
//	err = rolling.Compute(&res, &rolling.Batch{
//		Rows:     rolling.Rows{Keys: keys, Counted: counted},
//		Expected: &rolling.Expected{Keys: sheet},
//		Columns:  []rolling.Column{rolling.Float64s("points", points, valid)},
//		Specs:    []rolling.Spec{spec},
//	})
//	...
//	for i := range res.Windows(0).Len() {
//		mean, reason := res.Windows(0).Float64(i)
//	}
//
// # What a window is over
//
// A row belongs to an entity and has a time. It is counted if the entity took
// part, excused if it did not, and null where that or the value is not known. The
// expected keys are the list of what was due, kept apart from the rows; a key on
// it without a row is missing. Counted, null and missing keys are places, and an
// excused row takes none:
//
//   - [Last](n) is over the newest n places before the point, however old. So the
//     newest game lost is a gap, and a hole behind the oldest place is not.
//   - [Days](d) is over the places of the d days before the point. Of timestamps
//     those are 24 hours each, or the calendar days of a zone: over the end of
//     summer time a daily game at noon is in seven of the one and in six of the other.
//
// A window is asked for as of a point, by default each row's own, and sees nothing
// of the point's own time unless it is [Including]. The predicate that says
// whether a row is counted is the caller's. Where rows of games not played have
// NULL minutes, it is
//
//	is_dnp IS NOT TRUE AND minutes_played > 0
//
// which is FALSE for them and stays NULL where it is not known.
//
// # What was expected
//
// Expected keys must come from elsewhere than the rows: for a player from the
// sheets of the games, played, did not play and inactive alike. Every team's
// schedule is no such list for its players, since not all of them are on every
// sheet: where only games are known, [ByTeam] makes keys that find games lost
// altogether. Without expected keys holes can not be seen, and [Detail] says so.
//
// # Arithmetic
//
// A mean is the exact sum of the values divided by their number, rounded once to
// the nearest float64, for every input. No rounded sum is ever taken off another:
// running sums are of cuts that add up exactly. So a batch, a stream, a stream that
// was stopped and restored, and any number of workers give the same bits.
//
// # Batch and stream
//
// [Compute] answers whole columns. A [Calculator] is kept per entity by a process
// that gets its rows one by one; it is told what to expect, because a hole can not
// be seen in what did not come.
//
// # Map
//
// A batch goes through five steps, by which files are named:
//
//	build    rows and expected keys into places    internal/places, internal/calendar
//	find     the places that each window is over   internal/places
//	prepare  a column over those places            prepare.go
//	compute  a statistic of each window            compute.go, internal/exact
//	read     values, reasons, details, messages    read.go
//
// A stream (stream.go) sees places as a batch does and computes alike. What is called
// load only makes columns, out of structs, texts and schedules.
package rolling
