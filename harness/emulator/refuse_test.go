package emulator

import (
	"io"
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/googleapi"
)

func TestServerErrorsBecomeRefusals(t *testing.T) {
	for name, c := range map[string]struct {
		status        int
		body, message string
	}{
		"json":            {http.StatusInternalServerError, `{"error":{"code":500,"message":"no such thing","errors":[{"reason":"internalError"}]}}`, "no such thing"},
		"text":            {http.StatusInternalServerError, "find project: locked\n", "find project: locked"},
		"empty":           {http.StatusInternalServerError, "", "the emulator failed without a message"},
		"not implemented": {http.StatusNotImplemented, `{"error":{"code":501,"message":"no copies"}}`, "no copies"},
	} {
		t.Run(name, func(t *testing.T) {
			srv := &Server{endpoint: answering(t, c.status, c.body).URL}
			client, err := srv.Client(t.Context())
			require.NoError(t, err)
			_, err = srv.CreateDataset(t.Context(), client, "d")
			var api *googleapi.Error
			require.ErrorAs(t, err, &api, "it is not repeated until a deadline")
			assert.Equal(t, http.StatusBadRequest, api.Code)
			assert.Equal(t, c.message, api.Message)
			require.Len(t, api.Errors, 1)
			assert.Equal(t, reason, api.Errors[0].Reason)
		})
	}
}

func TestOtherAnswersPassUnchanged(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict, http.StatusServiceUnavailable} {
		web := answering(t, status, "as it was")
		res, err := (&http.Client{Transport: wire{&Server{endpoint: web.URL}, http.DefaultTransport}}).Get(web.URL)
		require.NoError(t, err)
		defer res.Body.Close()
		body, err := io.ReadAll(res.Body)
		require.NoError(t, err)
		assert.Equal(t, status, res.StatusCode)
		assert.Equal(t, "as it was", string(body))
	}
}
