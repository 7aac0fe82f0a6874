package fakebq

import (
	"encoding/json"
	"fmt"
	"net/http"

	bq "google.golang.org/api/bigquery/v2"
)

// Error is an error of the API. Reasons and their status are those of
// https://cloud.google.com/bigquery/docs/error-messages.
type Error struct {
	Status   int // of HTTP
	Reason   string
	Message  string
	Location string // what in the request is wrong; may be empty
}

// InvalidQuery says that a statement is wrong.
func InvalidQuery(message string) *Error {
	return &Error{http.StatusBadRequest, "invalidQuery", message, "query"}
}

// NotFound says that a resource, such as "Table fake:d.t", does not exist.
func NotFound(resource string) *Error {
	return &Error{http.StatusNotFound, "notFound", "Not found: " + resource, ""}
}

// AccessDenied says that the caller may not use a resource.
func AccessDenied(resource string) *Error {
	return &Error{http.StatusForbidden, "accessDenied", "Access Denied: " + resource + ": User does not have permission", ""}
}

// QuotaExceeded says that the project has used up a quota. Nothing is gained
// by asking again soon.
func QuotaExceeded() *Error {
	return &Error{http.StatusForbidden, "quotaExceeded", "Quota exceeded: Your project exceeded quota for query usage per day", ""}
}

// RateLimitExceeded says that too many requests came at once.
func RateLimitExceeded() *Error {
	return &Error{http.StatusForbidden, "rateLimitExceeded", "Exceeded rate limits: too many concurrent queries for this project", ""}
}

// TooManyRequests is RateLimitExceeded as the front end of all Google APIs
// says it.
func TooManyRequests() *Error {
	return &Error{http.StatusTooManyRequests, "rateLimitExceeded", "Too many requests", ""}
}

// InternalError says that the service failed.
func InternalError() *Error {
	return &Error{http.StatusInternalServerError, "internalError", "An internal error occurred and the request could not be completed", ""}
}

// Unavailable says that the service cannot serve now.
func Unavailable() *Error {
	return &Error{http.StatusServiceUnavailable, "backendError", "Visibility check was unavailable. Please retry the request", ""}
}

// ResourcesExceeded says that a query needs more than there is.
func ResourcesExceeded() *Error {
	return &Error{http.StatusBadRequest, "resourcesExceeded", "Resources exceeded during query execution", ""}
}

// stopped is the end of a job that was cancelled.
func stopped() *Error {
	return &Error{http.StatusOK, "stopped", "Job execution was cancelled: User requested cancellation", ""}
}

// duplicate refuses a job whose id is taken.
func duplicate(id string) *Error {
	return &Error{http.StatusConflict, "duplicate", fmt.Sprintf("Already Exists: Job %s:%s", Project, id), ""}
}

// bytesBilledLimit is the end of a job that would cost more than it may.
func bytesBilledLimit(limit, needed int64) *Error {
	return &Error{http.StatusBadRequest, "bytesBilledLimitExceeded",
		fmt.Sprintf("Query exceeded limit for bytes billed: %d. %d or higher required.", limit, needed), ""}
}

func (e *Error) proto() *bq.ErrorProto {
	return &bq.ErrorProto{Reason: e.Reason, Message: e.Message, Location: e.Location}
}

// writeError answers with an error in the form of all Google APIs.
func writeError(w http.ResponseWriter, e *Error) {
	type object map[string]any
	status := e.Status
	if status < http.StatusBadRequest { // it is an error once it is sent as one
		status = http.StatusBadRequest
	}
	body, err := json.Marshal(object{"error": object{
		"code":    status,
		"message": e.Message,
		"errors":  []*bq.ErrorProto{e.proto()},
	}})
	if err != nil {
		panic("fakebq: " + err.Error())
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body)
}
