//go:build unix

package emulator

import (
	"bufio"
	"io"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKilledTestLeavesNoEmulatorBehind kills a process that has started an
// emulator and waits for the emulator to follow. The wait is a read: both
// inherit the writing end of a pipe, which ends when the last of them does.
func TestKilledTestLeavesNoEmulatorBehind(t *testing.T) {
	Require(t)
	self, err := os.Executable()
	require.NoError(t, err)
	held, inherited, err := os.Pipe()
	require.NoError(t, err)
	defer held.Close()

	temp := t.TempDir()
	parent := exec.Command(self)
	parent.Env = append(os.Environ(), envRole+"=parent", "TMPDIR="+temp)
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
	address, isURL := strings.CutPrefix(strings.TrimSpace(line), "http://")
	require.True(t, isURL, "the parent said %q", line)
	alive, err := net.Dial("tcp", address)
	require.NoError(t, err, "the emulator answers while its parent lives")
	defer alive.Close()

	require.NoError(t, parent.Process.Kill())
	_ = parent.Wait()

	// The bound only turns a leak into a failure; nothing waits for it.
	require.NoError(t, held.SetReadDeadline(time.Now().Add(time.Minute)))
	_, err = io.ReadAll(held)
	require.NoError(t, err, "the emulator lives on after its parent was killed")
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	assert.Empty(t, left, "the emulator left its data behind")
}
