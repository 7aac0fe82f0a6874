package harness

import (
	"testing"
	"time"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality"
)

// Options say how suites are run under go test. The functions of this package that have
// the names of its methods are those of the zero Options.
type Options struct {
	// Now is the clock that waivers expire by, rows become due by and days count back
	// from. Defaults to time.Now.
	Now func() time.Time
	// Container starts the emulator in a container, where INTACT_ENGINE=container:
	// container.Require of package harness/emulator/container. Handed in, so that tests
	// which do not have it compile none of Docker's client.
	Container func(emulator.TB) *emulator.Server
}

func (o Options) now() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

// Run measures the suites on the engine and reports each check as a subtest of t, named
// suite/check, with a subtest for each segment that does not pass. The engine is asked
// once for all suites, and has until shortly before the deadline of go test.
func (o Options) Run(t *testing.T, engine quality.Engine, suites ...quality.Suite) {
	t.Helper()
	run(adapter{t}, engine, o.now(), suites)
}

// Fails is the opposite of [Options.Run], for suites on broken rows: a subtest for each
// suite, which fails if the suite lets the rows go on, and logs what it says otherwise.
// That it passes on whole rows is a test of its own.
func (o Options) Fails(t *testing.T, engine quality.Engine, suites ...quality.Suite) {
	t.Helper()
	fails(adapter{t}, engine, o.now(), suites)
}

// Judge measures the suites on the engine and asserts nothing of what they say: see
// [Golden]. That they could not be run at all fails the test.
func (o Options) Judge(t *testing.T, engine quality.Engine, suites ...quality.Suite) *quality.Report {
	t.Helper()
	report := judged(adapter{t}, engine, o.now(), suites)
	if report == nil {
		t.FailNow()
	}
	return report
}

// Run is [Options.Run] of the zero Options.
func Run(t *testing.T, engine quality.Engine, suites ...quality.Suite) {
	t.Helper()
	Options{}.Run(t, engine, suites...)
}

// Fails is [Options.Fails] of the zero Options.
func Fails(t *testing.T, engine quality.Engine, suites ...quality.Suite) {
	t.Helper()
	Options{}.Fails(t, engine, suites...)
}

// Judge is [Options.Judge] of the zero Options.
func Judge(t *testing.T, engine quality.Engine, suites ...quality.Suite) *quality.Report {
	t.Helper()
	return Options{}.Judge(t, engine, suites...)
}

// Load is [Options.Load] of the zero Options.
func Load(t testing.TB, fixtures ...Fixture) quality.Engine {
	t.Helper()
	return Options{}.Load(t, fixtures...)
}

// Engine is [Options.Engine] of the zero Options.
func Engine(t testing.TB) quality.Engine {
	t.Helper()
	return Options{}.Engine(t)
}
