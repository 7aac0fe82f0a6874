//go:build unix

package emulator

import (
	"net"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

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
