// Package history keeps what runs came to, so that a figure can be seen over time.
//
// A run is some records: one for each finding of each check, and one for each value of
// a term that they rest on. They are appended to a store and never changed there: an
// NDJSON file ([File]), or a table in BigQuery ([Table]). Both hold plain rows with the
// same flat columns, those of [Record], which suites can read like any other table:
//
//	suite: figures
//	table: d.history
//	source: history.ndjson
//	date: run_at
//	from: today
//	to: today
//	checks:
//	  - against:
//	      measure: {mean: observed}
//	      baseline: {from: today-7d, to: yesterday}
//	      least: 3
//	      change: ±10%
//	    where: record = 'finding' AND check_id = 'complete:usage by season'
//	    by: segment
//
// So a share that is within its bound, and was better all week, is found to have fallen.
// A line of a file that is none makes such a suite unknown: of a run that was killed take
// out the line that intact history names.
//
// # What a run is
//
// The records of a run have its id, and say how many they are. An id stands for one
// run: what is appended again under it is not there twice, neither in a file nor in a
// table, so that a scheduler can give its own id and repeat what it is not sure of.
//
// # What was measured
//
// Records of terms keep what the engine measured, exactly and by segment, with whether
// values of parts merge. Two runs over days that have none in common, such as of two
// partitions, tell together what one over both would: quality.Term.Merge. Which rows a
// term was asked of stands in Asked, in words that are the same for all days.
package history
