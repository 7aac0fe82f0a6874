// Package harness runs suites under go test: a subtest for each check, and one
// below it for each segment that does not pass.
//
//	func TestDeployment(t *testing.T) {
//		suites, err := suitefile.Load(os.DirFS("../testdata"), "player_game_summary.yaml", standard.Kinds()...)
//		...
//		engine := harness.Load(t, harness.Files("nba_analytics.player_game_summary", "player_game.csv.gz"))
//		harness.Run(t, engine, suites[0].Suite)
//	}
//
// A processor asks the same suite about the rows that it is about to write, and a
// training about those that it is about to learn from: see the examples.
//
// # Where it is measured
//
// [Load] makes fixtures the tables of the test, [Declared] those that a suite's file
// names: in memory, unless the environment variable INTACT_ENGINE says emulator,
// container or bigquery. The verdicts, the counts and the segments are the same there;
// what differs is said by package emulator, NaN above all. [Engine] measures the tables
// that are there already, such as those of a deployment.
//
//	INTACT_ENGINE=emulator go test ./...
//	INTACT_ENGINE=bigquery INTACT_PROJECT=my-project go test ./...
//
// A container is started by who hands in how, once for all tests of a package:
//
//	var on = harness.Options{Container: container.Require}
//	...
//	harness.Run(t, on.Load(t, fixtures...), suite)
//
// # What fails
//
// What blocks fails its test: fail, unknown and waiting. Warnings and waivers are
// logged. Below the reason stand rows at fault and the query of all of them, to look
// further with in BigQuery. [Golden] holds a whole report against a file.
//
// That a suite holds broken rows back is asserted by [Break] and [Fails].
package harness
