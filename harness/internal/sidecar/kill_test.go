//go:build unix

package sidecar

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/sidecar/sidecartest"
)

func TestProcessEndsWithAParentThatIsKilled(t *testing.T) {
	sidecartest.KillParent(t, []string{envRole + "=parent"}, func(line string) {
		require.Equal(t, "started", line)
	})
}
