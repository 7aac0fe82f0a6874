// Package harness runs suites under go test: a subtest for each check, and one
// below it for each segment that does not pass.
//
//	func TestDeployment(t *testing.T) {
//		suites, err := suitefile.Load(os.DirFS("../testdata"), "player_game_summary.yaml", standard.Kinds()...)
//		...
//		harness.Run(t, engine, suites[0].Suite)
//	}
//
// A processor asks the same suite about the rows that it is about to write, and a
// training about those that it is about to learn from: see the examples.
//
// What blocks fails its test: fail, unknown and waiting. Warnings and waivers are
// logged.
//
// That a suite holds broken rows back is asserted by [Break] and [Fails].
package harness
