package emulator

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestURLOfARunningEmulatorIsUsed(t *testing.T) {
	running := Require(t)
	srv, err := open(t.Context(), location{endpoint: running.Endpoint()})
	require.NoError(t, err)
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	defer client.Close()
	ds, err := srv.CreateDataset(t.Context(), client, datasetID(t.Name()))
	require.NoError(t, err)
	require.NoError(t, ds.Remove(t.Context()))
	require.NoError(t, srv.Close())

	_, err = open(t.Context(), location{endpoint: running.Endpoint()})
	assert.NoError(t, err, "Close ends only what this process started")
}

func TestURLThatIsNoEmulatorIsNamed(t *testing.T) {
	web := httptest.NewServer(http.NotFoundHandler())
	_, err := open(t.Context(), location{endpoint: web.URL})
	assert.ErrorContains(t, err, EnvEmulator+"="+web.URL)
	assert.ErrorContains(t, err, "404")

	web.Close()
	_, err = open(t.Context(), location{endpoint: web.URL})
	assert.ErrorContains(t, err, "does not answer")
}
