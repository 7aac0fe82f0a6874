package reference

import (
	"context"
	"sync"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

// TB is what this package needs of [testing.TB].
type TB interface {
	Helper()
	Context() context.Context
	Skip(args ...any)
	Fatal(args ...any)
}

// shared is the one evaluator of this process. It ends with the process.
var shared struct {
	sync.Once
	ev  *Evaluator
	err error
}

// Require returns the evaluator that all tests of this process share, and
// starts it for the first. Where it is not installed the test is skipped with
// the command that installs it; with INTACT_REQUIRE_REFERENCE=1 it fails. One
// that is installed and does not start always fails.
func Require(t TB) *Evaluator {
	t.Helper()
	shared.Do(func() {
		// The first test's context must not end the evaluator of all others.
		shared.ev, shared.err = Start(context.WithoutCancel(t.Context()))
	})
	if shared.err != nil {
		sidecar.SkipOrFail(t, shared.err, EnvRequire)
		return nil
	}
	return shared.ev
}
