// Package lineage knows what tables are made from, and follows gaps along it.
//
// A file of tables says it beside each table, edge by edge:
//
//	nba.player_windows:
//	  date: game_date
//	  key: [game_date, player]
//	  build: python windows.py --from {from} --to {to} --players {player}
//	  suites: windows.yaml
//	  from:
//	    nba.player_game:
//	      window: {entity: player, last: 10, counted: minutes > 0, reset: season, value: points}
//	    nba.team_game:
//	      on: [game_id, team]
//	      makes: pace
//
// # Reach
//
// An edge says which rows of the other table a row is made from: those that agree in
// the columns of on and
//
//   - are of the same date ([Same]), which joins and aggregates are,
//   - are in a window ([Window]), whose words are those of package panel,
//   - or are of any date before, or of so many days before ([Earlier]).
//
// reads and makes say which columns the edge carries; without them it is all, and with
// them a row is followed only where it matters. What an edge gives from strictly
// earlier dates closes no cycle: predictions may feed the features of later dates.
//
// # What a gap spoils
//
// [Follow] answers which rows would differ were a table's lost or wrong rows as they
// should be. A point of a window over the last n places differs where a spoilt row is
// among the newest n places before it, the row counted as one: so a row spoils the next
// n places of its entity, the points in between, and no more. Spoilt rows spoil further
// rows, also of a table that dropped them for what they are joined with.
//
// Lost rows are told by the table's own list of what was due (expected), or given as
// keys. A lost row whose columns do not say whether it would have counted is taken to
// count, unless the window's own list says that it owes no row. All else that is named
// does differ in what it is made from; its value can be the same by chance, or be refused
// either way, as an average that is still warming up.
//
// Each table that the gap can reach is read once, from the gap's first date on and the
// columns needed only; its rows are kept in memory, some hundred bytes each, 20 million
// at most unless [Limits] say otherwise. Tables without dates and raw SQL are refused, not
// followed.
//
// A [Graph] is changed by nothing and safe for concurrent use.
package lineage
