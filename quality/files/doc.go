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
// A declared type wins, and its cells are read as [expr.ParseValue] reads them; BYTES
// are base64.
// The type of every other column that is read is inferred from all its cells in all
// files. Each that is not empty is one of
//
//	typed     a number as formatters write it (1, -0.5, .5, 1.0E7, 1e+20, 1e15, NaN, -inf),
//	          2024-02-29, 2024-02-29T19:30:00 with or without a zone, true, false
//	dressed   a number in dress: +150, 45%, 1,234, $5.00, 0,25, padded
//	void      stands for no value: a blank, NA, N/A, NULL, None, nil, NaT, -, ?, \N,
//	          #DIV/0! and its kin, 0000-00-00, what its type cannot hold (1e999, a time
//	          finer than a microsecond), beside typed cells the column's own name, and
//	          NaN where no other cell is a number
//	code      any other with a digit: 007, 12A, 36:16, 12e4
//	word      any other
//
// Typed cells alone are of their type; INT64 and FLOAT64 together are FLOAT64, DATE
// and DATETIME are DATETIME. One code makes a column STRING, and so do dressed cells
// and words, but not where a column is undecided:
//
//   - it holds a void cell, and beside void ones only typed and dressed ones;
//   - it holds words and no code, and half of its cells at least are typed or dressed;
//   - it holds neither words nor codes, and typed cells of types that nothing joins.
//
// What reads an undecided column fails with an error that names the first odd cell;
// the other columns are good. A text is NULL where [dialect.Dialect] names it, or the
// check that reads the column declares it missing, and never unasked.
//
// In NDJSON texts are classed so beside bare numbers and booleans; texts alone are
// DATE, DATETIME, TIMESTAMP or STRING. A bare number is INT64 if written as an integer
// that fits, else FLOAT64; an integer whose digits neither holds makes the column
// STRING, each cell as it is written. Objects are STRUCTs, each field of which is typed by
// its own cells as a column is, and arrays ARRAYs of what their items are; their parts are
// referred to as [expr.Part] has it. Of arrays in arrays, and of mixtures with either
// (JSON), only NULL or not NULL is known. What is odd in an object, a key that it has
// twice say, is told to who reads it.
//
// Types are guessed by the first rows, and the guess is held against every row that is
// read: [expr.ErrRevised]. Columns that nobody reads are not looked at, so that
// their types stay a guess, and what is odd in them is not told.
//
// Parquet tells its types, and they become those that BigQuery loads them as:
// https://cloud.google.com/bigquery/docs/loading-data-cloud-storage-parquet#type_conversions.
// Groups are STRUCTs, lists ARRAYs, and maps ARRAYs of STRUCTs of a key and a value; of a
// nested column only the leaves that are asked for are read.
// A decimal is NUMERIC, or BIGNUMERIC where it does not fit. What is finer than a
// microsecond is dropped, as BigQuery drops it. Integers of one file beside doubles of
// another are FLOAT64, and keep their digits as keys; they can be declared NUMERIC.
//
// # NULL
//
// An empty CSV cell is NULL, quoted or not, and so is an empty line where there is
// one column only. In NDJSON null and a missing key are NULL, and "" is an empty
// string; keys that differ in case only are of one column, and an error in one object.
//
// # Errors
//
// A cell that does not fit its declared type spoils its own column, in
// [expr.Vector]'s Err. What makes rows uncertain ends them: a row with too many or
// too few cells, a row that is the header once more, one behind an empty line, a stray
// quote, a line end of another kind, a text that is not UTF-8, a file that is cut
// short or not the one that it was when it was opened, a footer of Parquet that counts
// otherwise than its groups or pages, a page that is not what its checksum was made
// of, encryption. Each error names the file, and the line or row where there is one.
package files
