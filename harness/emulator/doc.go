// Package emulator gives tests a BigQuery that runs on this machine.
//
// A test asks for a dataset of its own and has it removed at its end:
//
//	func TestGames(t *testing.T) {
//		ds := emulator.NewDataset(t)
//		source, err := files.Open([]string{"games.csv"}, files.Options{}) // or rows.Of(structs)
//		...
//		games, err := ds.Load(t.Context(), "games", source)
//		rows, err := ds.Query(t.Context(), "SELECT AVG(points) FROM "+games.SQL())
//	}
//
// The emulator is the program intact-emulator, a process of its own. It is
// looked for in the environment variable INTACT_EMULATOR (a URL or a path),
// in .bin beside the nearest go.mod upward, and on PATH. Where there is none,
// [Require] and [NewDataset] skip the test with the command that builds it,
// and fail it where INTACT_REQUIRE_EMULATOR=1.
//
// All tests of one test binary share one server, started by the first that
// asks. No TestMain is needed: the server ends when the process that started
// it does, however that happens.
//
// That process is the test binary: where go test itself is killed, as by kill -9, its
// test binary lives on until its tests have ended or -timeout is over, and the emulator
// with it.
//
// A server answers the more slowly the more it has been asked, also where its datasets
// have been removed. One that INTACT_EMULATOR names, and that several runs share, is to
// be started anew now and then; without it each test binary has its own.
//
// # What the emulator does not do
//
// It answers wrongly, without an error, for NaN (stored as NULL), the sign of
// zero (lost), INT64 overflow (wraps), LIKE with _ and IS TRUE of NULL. It
// knows no bytes billed, no partitions, no quotas and no credentials. A test
// of those needs another judge. This package works around what it can:
// tables are created by DDL, values are sent in the form that arrives intact,
// every call has a deadline, and [Dataset] says why tables are named in full.
package emulator
