package emulator

import (
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// openRole opens this test binary in a role as if it were the emulator.
func openRole(t *testing.T, role string) (*Server, error) {
	t.Helper()
	t.Setenv(envRole, role)
	self, err := os.Executable()
	require.NoError(t, err)
	return open(t.Context(), location{path: self})
}

func TestServerIsWhereTheProgramSays(t *testing.T) {
	srv, err := openRole(t, "emulator")
	require.NoError(t, err)
	assert.Equal(t, "http://127.0.0.1:1", srv.Endpoint())
	require.NoError(t, srv.Close())
	require.NoError(t, srv.Close(), "closing twice is harmless")
}

func TestProgramThatDiesTellsWhatItSaid(t *testing.T) {
	_, err := openRole(t, "broken")
	require.Error(t, err)
	assert.ErrorContains(t, err, "the emulator did not start")
	assert.ErrorContains(t, err, "cannot open the database")
}

func TestProgramThatIsAnotherIsRefused(t *testing.T) {
	_, err := openRole(t, "stranger")
	assert.ErrorContains(t, err, `printed "hello, world" instead of its endpoint`)
}

// A client waits for a server to come back; this one will not.
func TestCallsEndWhenTheEmulatorDies(t *testing.T) {
	srv, err := openRole(t, "fleeting")
	require.NoError(t, err)
	ctx, cancel := srv.within(t.Context())
	defer cancel()
	<-ctx.Done()
	err = explain(ctx, errors.New("the call"))
	assert.ErrorContains(t, err, "exit status 4")
	assert.ErrorContains(t, err, "out of memory")
	assert.ErrorContains(t, err, "the call")
}

func TestCallsHaveADeadline(t *testing.T) {
	ctx, cancel := (&Server{}).within(t.Context())
	defer cancel()
	_, has := ctx.Deadline()
	assert.True(t, has)
}
