package command

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNothingIsStartedAfterTheEnd(t *testing.T) {
	why := errors.New("interrupted")
	ctx, interrupt := context.WithCancelCause(t.Context())
	s := Listen(ctx)
	interrupt(why)
	cmd := exec.Command("go", "version")
	_, err := s.Run(ctx, cmd, Stop{})
	assert.ErrorIs(t, err, why)
	assert.Nil(t, cmd.Process)
}

func TestWhatCannotBeStartedHasACode(t *testing.T) {
	dir := t.TempDir()
	text := filepath.Join(dir, "text")
	require.NoError(t, os.WriteFile(text, nil, 0o600))
	script := filepath.Join(dir, "script")
	require.NoError(t, os.WriteFile(script, []byte("#!/no/such/interpreter\n"), 0o700))
	for name, want := range map[string]int{
		"no-such-command":             NotFound,
		filepath.Join(dir, "nothing"): NotFound,
		text:                          CannotRun,
		script:                        NotFound,
	} {
		_, err := Listen(t.Context()).Run(t.Context(), exec.Command(name), Stop{})
		require.Error(t, err)
		assert.Equal(t, want, StartCode(err), "%s: %v", name, err)
	}
}
