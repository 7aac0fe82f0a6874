// Package report writes what a run came to: as a table for people ([Table]), as JSON for
// programs ([JSON]), as JUnit XML for CI systems ([JUnit]) and as Markdown for pull requests
// ([Markdown]).
//
// # The JSON report
//
// The contract has a version, schema_version, which grows when a field changes
// its meaning or goes away; fields may be added without that. [Schema] is its
// JSON Schema.
//
//	{"schema_version": 2,
//	 "at": "2026-01-02T06:00:00Z",             the clock of the run
//	 "engine": "rows",                         what measured
//	 "version": "v0.3.0",                      of the program, null if it does not say
//	 "queries": 2,                             statements of all suites
//	 "bytes_scanned": null,                    null where the engine does not know
//	 "bytes_billed": null,
//	 "verdict": "fail",                        the worst of the suites
//	 "suites": [{
//	   "suite": "player_game_summary",
//	   "table": "nba_analytics.player_game_summary",
//	   "owner": "analytics",
//	   "scope": {                              the rows looked at
//	     "date": "game_date", "from": "2021-10-01", "to": null, "zone": "UTC",
//	     "where": null, "where_counts": null}, the suite's own filter
//	   "verdict": "fail",                      the worst of the checks
//	   "queries": 2,                           statements that served the suite
//	   "bytes_scanned": null,                  null where the engine does not know
//	   "checks": [{
//	     "id": "complete:usage_rate by season",
//	     "kind": "complete",
//	     "columns": ["usage_rate"],
//	     "claim": "usage_rate populated at_least 95%",
//	     "where": "minutes_played > 0",        null without a filter
//	     "where_counts": {"true": 61499, "false": 0, "null": 14605, "nan": 0},
//	     "verdict": "fail",
//	     "reason": "season=2022-23: 12,087 of 25,244 rows …",
//	     "segments": [{
//	       "segment": {"season": "2022-23"},   {} without group-by columns
//	       "verdict": "fail",
//	       "reason": "12,087 of 25,244 rows …",
//	       "subject": null,                    the column, where the check has several
//	       "unit": "share",                    share, count, number, date, timestamp, datetime, age, distance
//	       "observed": 0.4788,                 for reading: the nearest float
//	       "numerator": 12087,                 of shares and counts: exact
//	       "denominator": 25244,               of shares
//	       "text": "12,087 of 25,244",
//	       "bound": "at_least 0.95"
//	     }]}]}]}
//
// Verdicts are pass, waived, warn, waiting, unknown and fail. Where nothing could
// be observed, observed is null, and numerator and denominator are null or 0, never
// a number that was not measured. An age is observed in seconds, a date in days
// since 1970-01-01; the text has them as they are written. What stands beside is
// "details", by name, with unit, observed, numerator, denominator and text: a
// unique check has distinct keys as its numerator, rows as its denominator, and
// the counts duplicate_keys, surplus_rows and null_keys.
//
// "rows_at_fault" are some of the rows that a failure is due to, one object for each
// sort of them, where the check knows them and they were asked for:
//
//	{"name": null,                             what they are, null for rows of the table
//	 "columns": ["game_date", "usage_rate"],   those that tell one row from another first
//	 "redacted": [],                           columns whose values are not printed
//	 "of": 13157,                              how many there are, null if not known
//	 "rows": [{"values": ["2022-10-18", null], one for each column; a long text ends with …
//	           "times": null,                  how often a duplicate key occurs
//	           "file": "night/games.csv",      null for rows of no file
//	           "line": 2}]}                    null if not known
//
// "explain" is the query of all of them, a SELECT of GoogleSQL for each sort, where
// --explain asks for it.
//
// Of the rows that a filter was counted for, "nan" rest on a NaN: were it NULL, the
// filter would be something else.
//
// "reason" beside the verdict says why there is no suite, or why the verdict is worse than
// that of the suites: what intact serve could not run, or a run that could not be kept.
//
// A suite that claims the same twice has "warnings", a list of texts. A check with a
// waiver has "waiver": owner, reason, until, expired, waives (the findings that it lets
// through), meets_nothing (it can be taken out) and unmet (those of its segments in
// which nothing fails).
//
// Values of segments are strings but for INT64, BOOL and NULL, and shortened beyond 256
// bytes: "aaaa… (1,048,576 bytes, CRC-32 8f3a91c2)". Rows without a date
// belong to no segment; what is found of them stands under {"the date column":
// null}, whatever the check is grouped by.
package report
