package emulator

import (
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"

	"github.com/intactdata/intact/harness/internal/sidecar"
)

const startTimeout = time.Minute // a loaded machine takes a few seconds

// startProcess runs the program and returns it with its endpoint when it
// answers there.
func startProcess(ctx context.Context, path string) (*sidecar.Process, string, error) {
	ctx, cancel := context.WithTimeout(ctx, startTimeout)
	defer cancel()
	proc, err := sidecar.Start(exec.Command(path, "-project", Project))
	if err != nil {
		return nil, "", err
	}
	line, err := proc.FirstLine(ctx)
	if err != nil {
		return nil, "", fmt.Errorf("the emulator did not start: %w", err)
	}
	if !strings.HasPrefix(line, "http://") {
		_ = proc.Stop()
		return nil, "", fmt.Errorf("%s printed %q instead of its endpoint: it is not %s", path, line, program)
	}
	return proc, line, nil
}
