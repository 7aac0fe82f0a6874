//go:build unix

package cli

import (
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/intactdata/intact/harness/emulator"
)

// What a look needs first takes no longer than the time-out either: suites that
// nobody writes, an emulator that does not answer.
func TestTimeOutIsOfWhatGoesBeforeALook(t *testing.T) {
	over := make(chan struct{})
	silent := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-over }))
	defer silent.Close()
	defer close(over)
	t.Setenv(emulator.EnvEmulator, silent.URL)
	pipe := filepath.Join(t.TempDir(), "suite.yaml")
	require.NoError(t, unix.Mkfifo(pipe, 0o600))
	for name, args := range map[string][]string{
		"suites":      {pipe},
		"an emulator": {gamesSuite(t, "50%"), "--engine", "emulator"},
	} {
		for command, tail := range map[string][]string{"gate": {"--", "go", "version"}, "watch": {"--wait", "0s"}, "check": nil} {
			p, _, stderr := process(append(append([]string{command, "--timeout", "50ms"}, args...), tail...)...)
			assert.Equal(t, exitUnknown, Run(t.Context(), p), "%s, %s", command, name)
			assert.Contains(t, stderr.String(), "there was no answer within 50ms (--timeout)", "%s, %s", command, name)
		}
	}
}
