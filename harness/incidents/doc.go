// Package incidents holds what went wrong in real pipelines, each with the suite that
// finds it. It has no code but its test.
//
// An incident is a section of a text file in this folder: its tables, the suite that
// a user would write, and what that suite finds. A row that begins with - is as it
// was, one that begins with + as it should have been: with the first the tables are the
// broken twin, of which the findings that do not pass are written down; with the second
// they are the clean twin, on which the suite must be silent.
//
//	incident A12 Players who did not play were stored with 0 points.
//
//	table nba.player_game
//	  player  is_dnp  points
//	  STRING  BOOL    INT64
//	  ann     false   12
//	- bob     true    0
//	+ bob     true    null
//
//	suite
//	  suite: player_game
//	  table: nba.player_game
//	  checks:
//	    - implies: {if: is_dnp IS TRUE, then: points IS NULL}
//
//	finds
//	  fail implies:is_dnp IS TRUE
//	    fail 1/2 if_true_rows=1
//
// Tables and findings are written as in package quality/enginetest, whose Incident is
// what is read. Further sections are
//
//   - features, in the place of suite: a set of features whose checks are run;
//   - claims, and in lines marked like rows the table, two dates and who claims them, in the
//     place of suite: what others claim in the store while the command runs;
//   - at 2026-01-09T12:00:00Z, the clock of the run where it is not noon of 6 January 2026, UTC;
//   - clean, findings on the clean twin that block nothing that was due: warned, waived,
//     or waiting;
//   - refused, parts of the error by which a suite is refused that cannot mean anything;
//   - command 1 check suite.yaml, how intact exits when it is run on the broken twin as
//     files, and below it parts of what it prints; on the clean twin it exits 0;
//   - sent nba.player_game 2026-01-03 2026-01-04, the rows that a job sends to those days of a
//     table, written as tables are; dropped, how many of them are lost on the way; blocks, parts
//     of the reason why the broken twin's are not published; aside, parts of what is said of
//     those of them that are set aside, while the others are published. The clean twin's are
//     all published, and the key is that which the suite declares of its table;
//   - only memory: and why, where one engine alone can judge;
//   - open, and what is missing, for one that nothing here can show yet.
//
// go test -v -run TestIncidents ./harness/incidents prints how many are caught, of how
// many, and which are open.
package incidents
