package container

import (
	"context"
	"os"
	"sync"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/sidecar"
)

const (
	// EnvImage names the environment variable that holds the name of the image.
	EnvImage = "INTACT_IMAGE"
	// EnvRequire names the environment variable that, set to 1, makes tests fail
	// rather than skip where there is no Docker.
	EnvRequire = "INTACT_REQUIRE_CONTAINER"
)

// shared is the one container of this process. It ends with the process.
var shared struct {
	sync.Once
	srv *emulator.Server
	err error
}

// Require returns the server that all tests of this process share, as
// [emulator.Require] does: in a container of the image that INTACT_IMAGE names, else of
// PublicImage. Where there is no Docker the test is skipped; with
// INTACT_REQUIRE_CONTAINER=1 it fails. A container that does not start always fails.
func Require(t emulator.TB) *emulator.Server {
	t.Helper()
	shared.Do(func() {
		// The first test's context must not end the server of all the others.
		shared.srv, shared.err = Start(context.WithoutCancel(t.Context()), Options{Image: os.Getenv(EnvImage)})
	})
	if shared.err != nil {
		sidecar.SkipOrFail(t, shared.err, EnvRequire)
		return nil
	}
	return shared.srv
}
