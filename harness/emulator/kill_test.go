//go:build unix

package emulator

import (
	"bufio"
	"net"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/sidecar"
	"github.com/intactdata/intact/harness/internal/sidecar/sidecartest"
)

func TestKilledTestLeavesNoEmulatorBehind(t *testing.T) {
	Require(t)
	temp := t.TempDir()
	var address string
	sidecartest.KillParent(t, []string{envRole + "=parent", "TMPDIR=" + temp}, func(line string) {
		var isURL bool
		address, isURL = strings.CutPrefix(line, "http://")
		require.True(t, isURL, "the parent said %q", line)
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err, "the emulator answers while its parent lives")
		require.NoError(t, conn.Close())
	})
	_, err := net.Dial("tcp", address)
	assert.Error(t, err, "somebody still answers")
	left, err := os.ReadDir(temp)
	require.NoError(t, err)
	assert.Empty(t, left, "the emulator left its data behind")
}

// Nobody can clean up behind a process that is killed but the next one.
func TestKilledEmulatorsDataGoAtTheNextStart(t *testing.T) {
	Require(t)
	machine, err := sidecar.ThisMachine()
	require.NoError(t, err)
	loc, err := locate(machine)
	require.NoError(t, err)
	if loc.path == "" {
		t.Skipf("%s names no program that could be killed", EnvEmulator)
	}
	temp := t.TempDir()
	t.Setenv("TMPDIR", temp)
	held := func() []string {
		entries, err := os.ReadDir(temp)
		require.NoError(t, err)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return names
	}

	killed := exec.Command(loc.path)
	stdin, err := killed.StdinPipe()
	require.NoError(t, err)
	defer stdin.Close()
	stdout, err := killed.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, killed.Start())
	_, err = bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	require.NoError(t, killed.Process.Kill())
	_ = killed.Wait()
	before := held()
	require.Len(t, before, 1)

	next, err := open(t.Context(), loc)
	require.NoError(t, err)
	assert.Len(t, held(), 1)
	assert.NotEqual(t, before, held())
	require.NoError(t, next.Close())
	assert.Empty(t, held())
}
