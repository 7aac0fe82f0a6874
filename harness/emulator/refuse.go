package emulator

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
)

// reason stands in every refusal. The emulator gives it to the SQL errors that it
// answers with 400, and no client repeats a request for it, unlike internalError.
const reason = "jobInternalError"

// refuseInsteadOfFail makes a failure of the emulator a refusal with the same message.
//
// The emulator answers 500 to statements that it cannot run. BigQuery's clients take a
// 500 for a passing fault of the service and repeat the request until their deadline;
// there is nothing passing about a panic on a certain SQL text, so a test would hang
// instead of failing. What stands between us and an emulator, and does pass, answers
// otherwise: 502 to 504.
func refuseInsteadOfFail(res *http.Response) error {
	if res.StatusCode != http.StatusInternalServerError && res.StatusCode != http.StatusNotImplemented {
		return nil
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		return err
	}
	refused := refusal(body)
	res.StatusCode, res.Status = http.StatusBadRequest, "400 Bad Request"
	res.Header.Set("Content-Type", "application/json")
	res.Header.Del("Content-Length")
	res.Header.Del("Content-Encoding")
	res.ContentLength, res.Body = int64(len(refused)), io.NopCloser(bytes.NewReader(refused))
	return nil
}

// refusal renders the body of a server error as that of a refused request. Clients read
// status and reason from the body too, so both change there.
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
