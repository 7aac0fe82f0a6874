package emulator

import (
	"context"
	"sync"
	"time"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

// TB is what this package needs of [testing.TB].
type TB interface {
	Helper()
	Name() string
	Context() context.Context
	Cleanup(func())
	Skip(args ...any)
	Fatal(args ...any)
	Errorf(format string, args ...any)
}

// shared is the one server of this process. It is never closed: it ends with
// the process, because its standard input does.
var shared struct {
	sync.Once
	srv *Server
	err error
}

// Require returns the server that all tests of this process share, and starts
// it for the first. Where there is no emulator the test is skipped with the
// command that builds one; with INTACT_REQUIRE_EMULATOR=1 it fails. An
// emulator that is there and does not start always fails.
func Require(t TB) *Server {
	t.Helper()
	shared.Do(func() {
		// The first test's context must not end the server of all the others.
		shared.srv, shared.err = Start(context.WithoutCancel(t.Context()))
	})
	if shared.err != nil {
		sidecar.SkipOrFail(t, shared.err, EnvRequire)
		return nil
	}
	return shared.srv
}

// cleanupTimeout bounds what a test does after its end.
const cleanupTimeout = 30 * time.Second

// NewDataset returns a fresh dataset on the shared server and removes it with
// its tables when the test ends. It skips or fails as [Require] does.
func NewDataset(t TB) *Dataset {
	t.Helper()
	srv := Require(t)
	if srv == nil {
		return nil
	}
	client, err := srv.Client(t.Context())
	if err != nil {
		t.Fatal(err)
		return nil
	}
	ds, err := srv.CreateDataset(t.Context(), client, UniqueID(t.Name()))
	if err != nil {
		_ = client.Close()
		t.Fatal(err)
		return nil
	}
	t.Cleanup(func() {
		// t's context has ended by now.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(t.Context()), cleanupTimeout)
		defer cancel()
		if err := ds.Remove(ctx); err != nil {
			t.Errorf("%v", err)
		}
		_ = client.Close()
	})
	return ds
}
