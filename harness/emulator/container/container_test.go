package container

import (
	"context"
	"errors"
	"fmt"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/sidecar"
)

// ownImage is the image of our own emulator, which the script beside this file makes. The
// public one would be pulled, and does not heed its standard input.
func ownImage(t *testing.T) string {
	t.Helper()
	image := os.Getenv(EnvImage)
	if image == "" {
		sidecar.SkipOrFail(t, fmt.Errorf("an image is %w: make one by the script harness/emulator/container/image, and name it in %s", emulator.ErrNotInstalled, EnvImage), EnvRequire)
	}
	Require(t)
	return image
}

func TestContainerAnswersAndEnds(t *testing.T) {
	image := ownImage(t)
	srv, err := Start(t.Context(), Options{Image: image})
	require.NoError(t, err)
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	ds, err := srv.CreateDataset(t.Context(), client, emulator.UniqueID(t.Name()))
	require.NoError(t, err)
	rows, err := ds.Query(t.Context(), "SELECT SUM(n) FROM UNNEST([1, 2, 4]) AS n")
	require.NoError(t, err)
	require.Equal(t, int64(7), rows[0][0])

	require.NoError(t, srv.Close())
	require.NoError(t, srv.Close(), "closing twice is harmless")
	_, err = ds.Query(t.Context(), "SELECT 1")
	assert.ErrorContains(t, err, "the emulator's container of "+image+" has ended")
}

func TestContainerThatDoesNotStartTellsWhatItSaid(t *testing.T) {
	image := ownImage(t)
	_, err := start(t.Context(), Options{Image: image}, "--no-such-flag")
	require.ErrorContains(t, err, "did not start in a container of "+image)
	require.ErrorContains(t, err, "flag provided but not defined: -no-such-flag")
}

func TestContainerThatNobodyWaitsForIsKilled(t *testing.T) {
	srv, err := Start(t.Context(), Options{Image: ownImage(t)})
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorContains(t, srv.Shutdown(ctx), "did not end in time and was killed")
}

func TestOldVersionsAreRefused(t *testing.T) {
	for image, want := range map[string]string{
		"ghcr.io/goccy/bigquery-emulator:0.8.1":             "",
		"ghcr.io/goccy/bigquery-emulator:v0.8.0":            "",
		"intact-emulator:0.8.1-slim":                        "",
		"intact-emulator:1.0":                               "",
		"127.0.0.1:5000/emulator:0.8.1":                     "",
		"emulator:0.8.1@sha256:0123456789abcdef":            "",
		"ghcr.io/goccy/bigquery-emulator:0.6.1":             "version 0.6.1 is too old",
		"ghcr.io/goccy/bigquery-emulator:v0.7.99":           "version v0.7.99 is too old",
		"127.0.0.1:5000/emulator":                           "its tag does not tell",
		"ghcr.io/goccy/bigquery-emulator":                   "its tag does not tell",
		"ghcr.io/goccy/bigquery-emulator:latest":            "its tag does not tell",
		"ghcr.io/goccy/bigquery-emulator:8":                 "its tag does not tell",
		"ghcr.io/goccy/bigquery-emulator@sha256:0123456789": "its tag does not tell",
	} {
		t.Run(image, func(t *testing.T) {
			err := checkVersion(image, "")
			if want == "" {
				require.NoError(t, err)
				return
			}
			require.ErrorContains(t, err, want)
			require.ErrorContains(t, err, image)
		})
	}
}

func TestVersionCanBeSaid(t *testing.T) {
	require.NoError(t, checkVersion("emulator:latest", "0.8.1"))
	require.ErrorContains(t, checkVersion("emulator:latest", "0.6.1"), "version 0.6.1 is too old")
	require.ErrorContains(t, checkVersion("emulator:0.8.1", "newest"), `"newest" is no version`)
}

func TestOldImageIsRefusedBeforeDockerIsAsked(t *testing.T) {
	_, err := Start(t.Context(), Options{Image: "ghcr.io/goccy/bigquery-emulator:0.6.1"})
	require.ErrorContains(t, err, "version 0.6.1 is too old")
}

func TestNoDockerIsOneLine(t *testing.T) {
	err := absent(errors.New("check host:\n\tno such file\n"))
	require.ErrorIs(t, err, emulator.ErrNotInstalled)
	require.EqualError(t, err, "a container cannot be run, for Docker is not on this machine: start it, or name its socket in DOCKER_HOST (check host: no such file)")
}
