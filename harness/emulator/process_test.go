package emulator

import (
	"context"
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

// A client would wait for the server to come back, and the kernel closes its
// connections before anybody is told of its end.
func TestEmulatorThatDiesIsNamed(t *testing.T) {
	for name, answer := range map[string]string{
		"before it answers":  "",
		"during its answer":  "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{",
		"behind its headers": "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv(envAnswer, answer)
			srv, err := openRole(t, "dying")
			require.NoError(t, err)
			client, err := srv.Client(t.Context())
			require.NoError(t, err)
			for range 2 { // the second call finds nobody at all
				_, err = srv.CreateDataset(t.Context(), client, "d")
				assert.ErrorContains(t, err, "has ended: exit status 5")
				assert.ErrorContains(t, err, "out of memory")
			}
		})
	}
}

func TestCallsHaveADeadline(t *testing.T) {
	err := (&Server{}).call(t.Context(), func(ctx context.Context) error {
		_, has := ctx.Deadline()
		assert.True(t, has)
		return nil
	})
	require.NoError(t, err)
}

// What answers may be no emulator, and a client trusts it.
func TestClientThatPanicsIsAnError(t *testing.T) {
	err := (&Server{}).call(t.Context(), func(context.Context) error { panic("no job in the answer") })
	assert.ErrorContains(t, err, "none of BigQuery's")
	assert.ErrorContains(t, err, "no job in the answer")
}

func TestEmulatorThatIsHungIsKilled(t *testing.T) {
	srv, err := openRole(t, "hung")
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.ErrorContains(t, srv.Shutdown(ctx), "was killed")
	<-srv.proc.Exited()
}
