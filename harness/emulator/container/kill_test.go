//go:build unix

package container

import (
	"context"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/moby/moby/api/types/container"
	"github.com/moby/moby/client"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/testcontainers/testcontainers-go"

	"github.com/intactdata/intact/harness/internal/sidecar/sidecartest"
)

func TestKilledTestLeavesNoContainerBehind(t *testing.T) {
	Require(t)
	docker, err := testcontainers.NewDockerClientWithOpts(t.Context())
	require.NoError(t, err)
	defer docker.Close()
	of := make(client.Filters).Add("ancestor", os.Getenv(EnvImage))
	running := func() (ids map[string]bool) {
		all, err := docker.ContainerList(t.Context(), client.ContainerListOptions{All: true, Filters: of})
		require.NoError(t, err)
		ids = map[string]bool{}
		for _, c := range all.Items {
			ids[c.ID] = true
		}
		return ids
	}

	others, address := running(), ""
	var ours string
	sidecartest.KillParent(t, []string{envRole + "=parent"}, func(line string) {
		var isURL bool
		address, isURL = strings.CutPrefix(line, "http://")
		require.True(t, isURL, "the parent said %q", line)
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err, "the emulator answers while its parent lives")
		require.NoError(t, conn.Close())
		for id := range running() {
			if !others[id] {
				ours = id
			}
		}
		require.NotEmpty(t, ours)
	})
	// The bound only turns a leak into a failure.
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	removed := docker.ContainerWait(ctx, ours, client.ContainerWaitOptions{Condition: container.WaitConditionRemoved})
	select {
	case <-removed.Result:
	case err := <-removed.Error:
		require.ErrorContains(t, err, "No such container", "it was gone by then")
	}
	assert.NotContains(t, running(), ours)
	_, err = net.Dial("tcp", address)
	assert.Error(t, err, "somebody still answers")
}
