// Package bq measures plans on BigQuery.
//
//	client, err := bigquery.NewClient(ctx, "my-project")
//	…
//	engine, err := bq.New(client, bq.Options{MaxBytesBilled: 100 << 30})
//	…
//	report, err := quality.Run(ctx, engine, time.Now(), suite)
//
// Each statement of a plan is one query: all counts by predicate over a table,
// whatever they are grouped by, are one scan of just the columns named, and
// uniqueness is one more for each key set. [Renderer] writes them, [Engine] runs
// them.
//
// All statements of a plan read their tables at one instant, FOR SYSTEM_TIME AS
// OF, or a write between two of them would make them disagree. Unless
// [Options.SnapshotAt] names it, it is when measuring starts, by BigQuery's clock:
// SELECT CURRENT_TIMESTAMP() reads no table and is billed nothing. A plan of one
// statement needs neither, for a query reads one instant by itself.
// [Options.NoSnapshot] is for what has no time travel.
//
// Checks only read: raw SQL is one expression, and what it is part of is run only
// once a dry run calls it a SELECT. A statement that is refused (raw SQL, a column
// that may not be read) is taken apart until what is at fault stands alone;
// everything else is measured. Answers that cannot all be true of one result, such
// as a total that changes from page to page, are none.
//
// [Versions] keeps in a dataset what package claim needs: versions of states, each of
// which one caller puts.
//
// https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax,
// https://cloud.google.com/bigquery/docs/parameterized-queries,
// https://cloud.google.com/bigquery/docs/access-historical-data,
// https://cloud.google.com/bigquery/docs/reference/rest/v2/Job
package bq
