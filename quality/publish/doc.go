// Package publish puts rows into a table only once they have been judged there, where
// nobody sees them yet.
//
// The rows go beside the table. Suites then run on what the table would be: the new rows
// in the days that are written, and those that are there outside of them. Only where
// everything passes are they swapped in, at one stroke, so that a reader sees the table
// as it was or as it is to be and never anything between.
//
// Guards stand beside the suites. They are checks as any others are, over the rows sent
// ([Sent]), the table as it is ([Present]) and the table as it would be:
//
//   - fits: the types of the rows are the table's, and no column of it is missing;
//   - in_days: every row has a date, of the days that are written;
//   - key: no key is there twice, in the rows sent and in the table as it would be, nor does
//     one that is sent stand in other days as well, where keys have no date in them;
//   - some: there are rows, unless the calendar says that nothing was due;
//   - kept: every key that those days have now is among the rows sent, but for keys that
//     the oracle no longer lists. [Request.MayShrink] lets it through, with a reason;
//   - written: as many rows stand in those days as were sent.
//
// What cannot be evaluated blocks as what fails does.
//
// # Rows set aside
//
// Rows that break a rule with [quality.Rule.SetAside] are taken out of what is sent, each
// with the rules that it breaks, and the rest is judged. Where they are more than the rule
// allows, nothing is published. Rows read are rows sent and rows set aside, or it is
// refused.
//
// # Once, and by whom
//
// A run has a name, which the swap writes down. A run that is tried again, for its answer
// was lost, finds it and does nothing. And a swap is refused to a token that is lower than
// one that has been seen for any of its days: a writer whose claim was taken over while it
// slept cannot publish.
package publish
