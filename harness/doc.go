// Package harness runs suites under go test: a subtest for each check, and one
// below it for each segment that does not pass.
//
//	func TestPlayerGames(t *testing.T) {
//		src, err := rows.Of(playerGames)
//		...
//		engine := rows.NewEngine(map[string]expr.Source{"nba_analytics.player_game_summary": src})
//		harness.Run(t, engine, suite)
//	}
//
// What blocks fails its test: fail, unknown and waiting. Warnings and waivers are
// logged.
package harness
