//go:build unix

package command

import (
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// stopped runs a shell that is to be stopped once it has written a line.
func stopped(t *testing.T, script string, grace time.Duration) End {
	t.Helper()
	out, in, err := os.Pipe()
	require.NoError(t, err)
	defer out.Close()
	cmd := exec.Command("sh", "-c", script)
	cmd.Stdout = in
	after := make(chan struct{})
	go func() {
		_, _ = out.Read(make([]byte, 1))
		close(after)
	}()
	end, err := Listen(t.Context()).Run(t.Context(), cmd, Stop{after, grace})
	require.NoError(t, err)
	require.NoError(t, in.Close())
	return end
}

func TestAProgramThatIsStoppedCanCleanUp(t *testing.T) {
	assert.Equal(t, End{Code: 7}, stopped(t, "trap 'exit 7' TERM; echo begun; while :; do sleep 0.01; done", time.Hour))
}

func TestAProgramThatDoesNotHeedItIsKilled(t *testing.T) {
	assert.Equal(t, End{Code: 137, Signal: "SIGKILL"}, stopped(t, "trap '' TERM; echo begun; while :; do sleep 0.01; done", time.Millisecond))
}
