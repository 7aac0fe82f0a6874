//go:build unix

package container

import (
	"context"
	"net"
	"strconv"
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
	image := ownImage(t)
	docker, err := testcontainers.NewDockerClientWithOpts(t.Context())
	require.NoError(t, err)
	defer docker.Close()
	// at is the container that publishes a port, "" if there is none.
	at := func(port string) string {
		all, err := docker.ContainerList(t.Context(), client.ContainerListOptions{All: true, Filters: make(client.Filters).Add("ancestor", image)})
		require.NoError(t, err)
		for _, c := range all.Items {
			for _, p := range c.Ports {
				if strconv.Itoa(int(p.PublicPort)) == port {
					return c.ID
				}
			}
		}
		return ""
	}

	var address, port, ours string
	sidecartest.KillParent(t, []string{envRole + "=parent"}, func(line string) {
		var isURL bool
		address, isURL = strings.CutPrefix(line, "http://")
		require.True(t, isURL, "the parent said %q", line)
		conn, err := net.Dial("tcp", address)
		require.NoError(t, err, "the emulator answers while its parent lives")
		require.NoError(t, conn.Close())
		_, port, err = net.SplitHostPort(address)
		require.NoError(t, err)
		ours = at(port)
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
	assert.Empty(t, at(port))
	_, err = net.Dial("tcp", address)
	assert.Error(t, err, "somebody still answers")
}
