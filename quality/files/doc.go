// Package files turns local files into relations: CSV and NDJSON, plain or
// gzipped, and Parquet; one file or several as one relation. Rows are streamed in
// batches: memory does not grow with them.
//
//	paths, err := files.Expand("export/player_game-*.csv.gz")
//	…
//	source, err := files.Open(paths, files.Options{Types: map[string]expr.Type{"game_id": expr.String}})
//	…
//	engine := rows.NewEngine(map[string]expr.Source{"nba.player_game": source})
//
// # Types
//
// A declared type wins, and its cells are read as [expr.ParseValue] reads
// them. The type of every other column is inferred from all its cells in all
// files, in a first pass:
//
//	INT64      -?(0|[1-9]\d*) that fits; -0 is a FLOAT64
//	FLOAT64    -?(0|[1-9]\d*)(\.\d+)?([eE][+-]\d+)?, NaN and the infinities
//	DATE       2024-02-29
//	TIMESTAMP  a date, a time of day and a zone offset: 2024-02-29T19:30:00-05:00
//	BOOL       true, false, in lower, upper or title case
//	NULL       no cell holds anything
//	STRING     all else
//
// INT64 and FLOAT64 together are FLOAT64, any other two are STRING. So a leading
// zero, an integer beyond 64 bits and 12e4, which no formatter writes but ids
// look like, make a column STRING.
//
// In NDJSON a string is a DATE, a TIMESTAMP or a STRING and never a number; a
// number is INT64 if written as an integer that fits, else FLOAT64; but an
// integer too long for FLOAT64 to print back makes the column STRING, as does any
// other mixture of strings, numbers and booleans: each then reads as it is
// written. Of objects (STRUCT), arrays (ARRAY) and mixtures with either (JSON)
// only NULL or not NULL is known.
//
// Parquet tells its types, and they become those that BigQuery loads them as:
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions.
// A decimal is NUMERIC, or BIGNUMERIC where it does not fit.
//
// # NULL
//
// An empty CSV cell is NULL, quoted or not, and so is an empty line where there is
// one column only. In NDJSON null and a missing key are NULL, and "" is an empty
// string.
//
// # Errors
//
// A cell that does not parse spoils its own column, in [expr.Vector]'s Err.
// What makes rows uncertain ends them: a row with too many or too few cells, a
// stray quote, a text that is not UTF-8, a file that is cut short. Each error
// names the file and the line.
package files
