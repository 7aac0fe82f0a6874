// Package audit holds stored averages against recomputed ones.
//
// A table of features says points_avg_last_10 of each player and day. Whether that is so
// is told by computing it again from the games: [Stored] is the check, the kind window of
// suites. Each stored value has a [Class]: it is right, or it is what somebody computes who
// lets the window see the day's own game, counts games not played as 0, averages what
// happens to be there, or takes days for rows. A [Definition] is such a way.
//
// No row is dropped: one whose entity the games do not know is told, and so is one whose
// key has a NULL part.
package audit
