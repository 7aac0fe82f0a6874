//go:build unix

package reference

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// envParent turns this test binary into one that starts an evaluator and
// waits to be killed.
const envParent = "INTACT_TEST_PARENT"

func TestMain(m *testing.M) {
	if os.Getenv(envParent) == "" {
		os.Exit(m.Run())
	}
	if _, err := Start(context.Background()); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("started")
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// TestKilledTestLeavesNoBridgeBehind kills a process that has started the
// bridge and waits for the bridge to follow. The wait is a read: both inherit
// the writing end of a pipe, which ends when the last of them does. The bridge
// kills its server before it ends.
func TestKilledTestLeavesNoBridgeBehind(t *testing.T) {
	Require(t)
	self, err := os.Executable()
	require.NoError(t, err)
	held, inherited, err := os.Pipe()
	require.NoError(t, err)
	defer held.Close()

	parent := exec.Command(self)
	parent.Env = append(os.Environ(), envParent+"=1")
	parent.ExtraFiles = []*os.File{inherited}
	stdin, err := parent.StdinPipe()
	require.NoError(t, err)
	defer stdin.Close()
	stdout, err := parent.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, parent.Start())
	require.NoError(t, inherited.Close())
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	require.Equal(t, "started", strings.TrimSpace(line))

	require.NoError(t, parent.Process.Kill())
	_ = parent.Wait()

	// The bound only turns a leak into a failure; nothing waits for it.
	require.NoError(t, held.SetReadDeadline(time.Now().Add(time.Minute)))
	_, err = io.ReadAll(held)
	require.NoError(t, err, "the bridge lives on after its parent was killed")
}
