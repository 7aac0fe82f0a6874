//go:build unix

package reference

import (
	"context"
	"fmt"
	"io"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/sidecar/sidecartest"
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

// The bridge, which is watched here, kills its server before it ends.
func TestKilledTestLeavesNoBridgeBehind(t *testing.T) {
	Require(t)
	sidecartest.KillParent(t, []string{envParent + "=1"}, func(line string) {
		require.Equal(t, "started", line)
	})
}
