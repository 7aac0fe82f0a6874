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
// rows. Tables are read once each, from the gap's first date on and their key columns
// only; the rows are kept in memory, some hundred bytes each.
//
// A lost row whose columns do not say whether it would have counted is taken to count.
// All else that is named does differ in what it is made from; its value can be the same
// by chance, or be refused either way, as at the begin of a season.
//
// Values here are not changed by anything once made, and are safe for concurrent use.
package lineage
