// Package audit holds stored averages against recomputed ones.
//
// A table of features says points_avg_last_10 of each player and day. Whether that is so
// is told by computing it again from the games: [Stored] is the check, the kind window of
// suites. Each stored value has a [Class]: it is right, or it is what somebody computes who
// lets the window see the day's own game, counts games not played as 0, averages what
// happens to be there, or takes days for rows. A [Definition] is such a way.
//
// By which rule a column was made that nobody knows any more, [Guess] finds out: it tries
// what the column's name suggests, and then more.
//
// No row is dropped: one whose entity the games do not know is told, and so is one whose
// key has a NULL part.
//
// # In memory
//
// The stored rows are read for their keys and values, and once more for what a suite
// groups or filters by. Windows are computed as they are declared and as they would be
// with their own time; what is right then, rightly NULL, or a leak of whole windows is
// settled. Only for the rest, and their entities, are the variants computed. A table that is
// audited beside itself, without keys that were due, is read once for both.
//
// What is kept meanwhile is some 40 bytes for each row and column: both windows with their
// reasons, the values that they are over, and what is stored. It is not counted against
// rows.MemoryLimit, and none of it goes to disk: what is larger than the memory is audited
// in SQL.
//
// # In SQL
//
// One statement reads the rows that windows are over three times: for the windows as they
// are declared, by package rollingsql; for the variants, of which each [panel.Reading] is a
// part of the entity there, so that one more query answers all of them and moves three
// times the rows; and for which entities there are. The answers stand under the stored
// rows and are taken over by key, in one shuffle more and without a join. Of a table that
// is partitioned by its date the suite's days bound what is read: of the stored rows on
// both sides, of the others above, but for which entities there are: an entity is known
// whose rows are all of later days. So a table of rows that requires a filter on its
// partitions is refused, and is audited by a view that has one.
//
// The three are not folded into one. Variants are of rows taken otherwise, each a part of
// the entity, and move three times the rows: with the declared windows there it would be
// four, and those would lose what refuses a window. Which entities there are is a grouped
// read of the key alone, that in the declared windows' query would be one more pass of all
// rows by entity.
//
// A FLOAT64 that is a part of a key is taken in memory and refused in SQL, where no rows are
// [partitioned or grouped] by one: a view that casts it to an INT64 or a STRING is audited.
//
// [partitioned or grouped]: https://cloud.google.com/bigquery/docs/reference/standard-sql/data-types#groupable_data_types
package audit
