package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// serve answers one request with the given status and body, behind
// refuseInsteadOfFail.
func serve(t *testing.T, status int, body string) (int, string) {
	t.Helper()
	srv := httptest.NewServer(refuseInsteadOfFail(http.HandlerFunc(
		func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		})))
	defer srv.Close()
	res, err := http.Get(srv.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	got, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, string(got)
}

func TestServerErrorsBecomeRefusals(t *testing.T) {
	for name, tc := range map[string]struct{ body, message string }{
		"json":  {`{"error":{"code":500,"message":"no such thing","errors":[{"reason":"internalError"}]}}`, "no such thing"},
		"text":  {"find project: locked\n", "find project: locked"},
		"empty": {"", "the emulator failed without a message"},
	} {
		t.Run(name, func(t *testing.T) {
			status, body := serve(t, http.StatusInternalServerError, tc.body)
			if status != http.StatusBadRequest {
				t.Errorf("status %d, want 400", status)
			}
			var got struct {
				Error struct {
					Code    int
					Message string
					Errors  []struct{ Reason string }
				}
			}
			if err := json.Unmarshal([]byte(body), &got); err != nil {
				t.Fatalf("body %q: %v", body, err)
			}
			if got.Error.Code != http.StatusBadRequest || got.Error.Message != tc.message {
				t.Errorf("error %d %q, want 400 %q", got.Error.Code, got.Error.Message, tc.message)
			}
			if len(got.Error.Errors) != 1 || got.Error.Errors[0].Reason != reason {
				t.Errorf("errors %v, want the one reason %q", got.Error.Errors, reason)
			}
		})
	}
}

func TestOtherAnswersPassUnchanged(t *testing.T) {
	for _, status := range []int{http.StatusOK, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict} {
		if gotStatus, body := serve(t, status, "as it was"); gotStatus != status || body != "as it was" {
			t.Errorf("%d became %d with body %q", status, gotStatus, body)
		}
	}
}
