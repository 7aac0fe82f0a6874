//go:build unix

package harness

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/harness/internal/sidecar/sidecartest"
)

// isThere asks for a dataset, and fails on any other error than that there is none.
func isThere(t *testing.T, client *bigquery.Client, id string) bool {
	t.Helper()
	_, err := client.Dataset(id).Metadata(t.Context())
	if err == nil {
		return true
	}
	var api *googleapi.Error
	require.ErrorAs(t, err, &api)
	require.Equal(t, http.StatusNotFound, api.Code)
	return false
}

func TestDatasetOfAKilledTestGoesOnceItsTimeIsOver(t *testing.T) {
	srv := emulator.Require(t)
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	prefix := emulator.UniqueID("killed")
	t.Setenv(EnvDataset, prefix)
	ours := datasetsOf(client)

	var left string
	sidecartest.KillParent(t, []string{envRole + "=test with a dataset", emulator.EnvEmulator + "=" + srv.Endpoint()}, func(id string) {
		left = id
		require.True(t, strings.HasPrefix(left, prefix+"_TestThatIsKilled_"), left)
		require.True(t, isThere(t, client, left))
	})
	about, err := client.Dataset(left).Metadata(t.Context())
	require.NoError(t, err)
	require.Equal(t, Lifetime, about.DefaultTableExpiration, "its tables expire by themselves where the service has that")
	until := about.Labels[labelUntil]

	strangers := map[string]map[string]string{
		prefix + "_without_labels": nil,
		prefix + "_of_others":      {labelOf: "production", labelUntil: until},
		prefix + "_without_end":    {labelOf: ofTest},
		"other_" + prefix + "_x":   {labelOf: ofTest, labelUntil: until},
	}
	for id, labels := range strangers {
		made, err := emulator.Create(t.Context(), srv, client, id, &bigquery.DatasetMetadata{Labels: labels})
		require.NoError(t, err)
		defer func() { require.NoError(t, made.Remove(t.Context())) }()
	}

	for _, c := range []struct {
		later time.Duration
		want  []string
	}{{Lifetime - time.Minute, nil}, {Lifetime + time.Minute, []string{left}}, {Lifetime + time.Hour, nil}} {
		ours.now = func() time.Time { return time.Now().Add(c.later) }
		removed, err := ours.sweep(t.Context())
		require.NoError(t, err)
		require.Equal(t, c.want, removed, "after %v", c.later)
	}
	require.False(t, isThere(t, client, left))
	for id := range strangers {
		require.True(t, isThere(t, client, id), id)
	}
}
