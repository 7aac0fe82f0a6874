// Package league invents a basketball league and derives its tables the way a
// box score pipeline does, so that tests have data that looks real and belongs
// to nobody.
//
// The rules are those of the sport: 30 teams play 82 games each between the
// real first and last day of a season, pause for the All-Star break, trade
// players, postpone games that keep their id, and play overtime until somebody
// wins. Teams have their real codes; every player is invented.
//
//	l, err := league.Generate(league.Config{
//		Seed:    1,
//		Seasons: []string{"2023-24"},
//		Through: civil.Date{Year: 2023, Month: time.November, Day: 30},
//	})
//	offense := league.TeamOffense(l.Lines)
//	players := league.PlayerGames(l.Lines, offense)
//
// The data goes the pipeline's way, and each step can be run again on rows that
// a test has damaged:
//
//	Lines ─────────────▶ TeamOffense ──▶ PlayerGames (usage_rate by a join on game_id and team)
//	raw box score          team totals
//
// [Overwrite] with [NightBackfills] damages team_offense as two backfills once
// did, so that the join misses and usage_rate stays NULL.
//
// # The same bytes everywhere
//
// Everything is drawn from one seed by PCG and counted in integers; a float
// appears only as the last division of a finished number of tenths. Each topic
// (a season's schedule, a game, a player's injuries) draws from a stream of its
// own, so a league narrowed to a few teams or dates holds the very rows of the
// whole one.
//
// The files below testdata at the root of the module are written by
// go generate; a test generates them again and compares.
package league

//go:generate go run ./generate -out ../../../testdata
