package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strconv"
)

// refuseInsteadOfFail answers 400 wherever the emulator would answer with a
// server error, with the same message.
//
// The emulator answers 500 to statements that it cannot run. BigQuery's
// clients take a 500 for a passing fault of the service and repeat the
// request until their deadline; there is nothing passing about a panic on a
// certain SQL text, so a test would hang instead of failing.
func refuseInsteadOfFail(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		rec := &failureRecorder{ResponseWriter: w}
		next.ServeHTTP(rec, r)
		rec.finish()
	})
}

// failureRecorder lets every answer through but server errors, which it holds
// back to rewrite them.
type failureRecorder struct {
	http.ResponseWriter
	failed bool
	body   bytes.Buffer
}

func (f *failureRecorder) WriteHeader(status int) {
	if status >= http.StatusInternalServerError {
		f.failed = true
		return
	}
	f.ResponseWriter.WriteHeader(status)
}

func (f *failureRecorder) Write(b []byte) (int, error) {
	if f.failed {
		return f.body.Write(b)
	}
	return f.ResponseWriter.Write(b)
}

func (f *failureRecorder) finish() {
	if !f.failed {
		return
	}
	body := refusal(f.body.Bytes())
	h := f.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Content-Length", strconv.Itoa(len(body)))
	f.ResponseWriter.WriteHeader(http.StatusBadRequest)
	_, _ = f.ResponseWriter.Write(body)
}

// reason stands in every refusal. The emulator gives it to the SQL errors
// that it answers with 400, and no client retries it, unlike internalError.
const reason = "jobInternalError"

// refusal renders the body of a server error as that of a refused request.
// Clients read status and reason from the body too, so both change there.
func refusal(body []byte) []byte {
	message := string(bytes.TrimSpace(body))
	var failure struct {
		Error struct {
			Message string `json:"message"`
		} `json:"error"`
	}
	if json.Unmarshal(body, &failure) == nil && failure.Error.Message != "" {
		message = failure.Error.Message
	}
	if message == "" {
		message = "the emulator failed without a message"
	}
	type detail map[string]any
	out, err := json.Marshal(detail{"error": detail{
		"code":    http.StatusBadRequest,
		"message": message,
		"errors":  []detail{{"reason": reason, "message": message}},
	}})
	if err != nil { // strings and ints always marshal
		return body
	}
	return out
}
