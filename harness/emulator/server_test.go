package emulator

import (
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
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
	ds, err := srv.CreateDataset(t.Context(), client, UniqueID(t.Name()))
	require.NoError(t, err)
	require.NoError(t, ds.Remove(t.Context()))
	require.NoError(t, srv.Close())

	_, err = open(t.Context(), location{endpoint: running.Endpoint()})
	assert.NoError(t, err, "Close ends only what this process started")
}

// answering is a server that gives one answer to everything. Its id stands for the
// last part of the path.
func answering(t *testing.T, status int, body string) *httptest.Server {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(status)
		_, _ = io.WriteString(w, strings.ReplaceAll(body, "ID", path.Base(r.URL.Path)))
	}))
	t.Cleanup(srv.Close)
	return srv
}

func TestURLThatIsNoEmulatorIsNamed(t *testing.T) {
	const notFound = `{"error": {"code": 404, "message": "dataset ID is not found", "errors": [{"reason": "notFound"}]}}`
	for name, c := range map[string]struct {
		status int
		body   string
		want   string // "" is an emulator
	}{
		"an emulator":        {http.StatusNotFound, notFound, ""},
		"a web page":         {http.StatusOK, "<html>", "it is no BigQuery emulator"},
		"anything goes":      {http.StatusOK, "{}", "it is no BigQuery emulator"},
		"nothing goes":       {http.StatusNotFound, "404 page not found", "404 Not Found"},
		"other JSON":         {http.StatusNotFound, `{"error": "not found"}`, "it is no BigQuery emulator"},
		"no JSON object":     {http.StatusNotFound, `[null]`, "it is no BigQuery emulator"},
		"another API's":      {http.StatusNotFound, `{"error": {"code": 404, "message": "ID", "errors": [{"reason": "gone"}]}}`, "it is no BigQuery emulator"},
		"another status":     {http.StatusForbidden, notFound, "403 Forbidden"},
		"another project":    {http.StatusNotFound, strings.ReplaceAll(notFound, "dataset ID", "project test"), `does not serve the project "test"`},
		"an error of itself": {http.StatusInternalServerError, "find project: locked", "500 Internal Server Error"},
	} {
		t.Run(name, func(t *testing.T) {
			web := answering(t, c.status, c.body)
			_, err := open(t.Context(), location{endpoint: web.URL})
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			assert.ErrorContains(t, err, EnvEmulator+"="+web.URL)
			assert.ErrorContains(t, err, c.want)
		})
	}
}

func TestURLThatNobodyAnswersIsNamed(t *testing.T) {
	web := answering(t, http.StatusOK, "")
	web.Close()
	_, err := open(t.Context(), location{endpoint: web.URL})
	assert.ErrorContains(t, err, EnvEmulator+"="+web.URL)
	assert.ErrorContains(t, err, "does not answer")
}

func TestServerThatGoesAwayIsNamed(t *testing.T) {
	web := answering(t, http.StatusOK, "{}")
	srv := &Server{endpoint: web.URL}
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	web.Close()
	_, err = srv.CreateDataset(t.Context(), client, "d")
	assert.ErrorContains(t, err, EnvEmulator+"="+web.URL+" does not answer any more")
}
