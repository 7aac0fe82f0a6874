package emulator

import (
	"context"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// startRole starts this test binary in a role as if it were the emulator.
func startRole(t *testing.T, ctx context.Context, role string) (*process, error) {
	t.Helper()
	t.Setenv(envRole, role)
	self, err := os.Executable()
	require.NoError(t, err)
	return startProcess(ctx, self)
}

func TestProcessEndsWithItsLifeline(t *testing.T) {
	p, err := startRole(t, t.Context(), "emulator")
	require.NoError(t, err)
	assert.Equal(t, "http://127.0.0.1:1", p.endpoint)
	require.NoError(t, p.stop(), "it ends by itself")
	require.NoError(t, p.stop(), "stopping twice is harmless")
}

func TestProcessThatDiesTellsWhatItSaid(t *testing.T) {
	_, err := startRole(t, t.Context(), "broken")
	require.Error(t, err)
	assert.ErrorContains(t, err, "exit status 3")
	assert.ErrorContains(t, err, "cannot open the database")
}

func TestProcessThatIsAnotherProgramIsRefused(t *testing.T) {
	_, err := startRole(t, t.Context(), "stranger")
	assert.ErrorContains(t, err, `printed "hello, world" instead of its endpoint`)
}

func TestProcessThatNeverAnswersEndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(errors.New("enough"))
	_, err := startRole(t, ctx, "silent")
	assert.ErrorContains(t, err, "printed no endpoint in time: enough")
}

func TestProgramThatIsNoneIsNamed(t *testing.T) {
	_, err := startProcess(t.Context(), "/no/such/emulator")
	assert.ErrorContains(t, err, "/no/such/emulator")
}

// A client waits for a server to come back; this one will not.
func TestCallsEndWhenTheEmulatorDies(t *testing.T) {
	p, err := startRole(t, t.Context(), "fleeting")
	require.NoError(t, err)
	ctx, cancel := (&Server{proc: p}).within(t.Context())
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

func TestTailKeepsTheLastBytes(t *testing.T) {
	said := &tail{max: 4}
	for _, s := range []string{"abc", "de", "f"} {
		_, _ = said.Write([]byte(s))
	}
	assert.Equal(t, "\n\tcdef", said.String())
	assert.Empty(t, (&tail{max: 4}).String())
}
