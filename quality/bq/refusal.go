package bq

import (
	"errors"
	"fmt"
	"net/http"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"

	"github.com/intactdata/intact/quality"
)

// renderError is a statement that cannot even be written.
type renderError struct{ err error }

func (e *renderError) Error() string { return e.err.Error() }
func (e *renderError) Unwrap() error { return e.err }

// The reasons of errors that lie in what a statement says, so that a part of it
// can be right. Others (quota, the cap on bytes, rights to run jobs) would meet
// every part alike, and taking the statement apart would go around a cap.
// https://cloud.google.com/bigquery/docs/error-messages
var refusals = map[string]bool{
	"invalidQuery":      true,
	"invalid":           true,
	"notFound":          true, // a table that raw SQL names
	"accessDenied":      true, // a column that may not be read
	"resourcesExceeded": true,
	"responseTooLarge":  true,
	"jobInternalError":  true, // the emulator's, for any statement that it does not run
}

// refused reports whether a statement failed for what it says.
func refused(err error) bool {
	if cutShort(err) {
		return false
	}
	return errors.As(err, new(*renderError)) || errors.As(err, new(*notSelect)) || refusals[reason(err)]
}

// wholeTable reports whether an error is about the very table that a statement
// is about, so that no part of the statement can be right.
func (e *Engine) wholeTable(err error, st *quality.Statement) bool {
	if r := reason(err); r != "notFound" && r != "accessDenied" {
		return false
	}
	t, parseErr := e.renderer.Table(st.Relation.Table())
	return parseErr == nil && t.NamedIn(whole(err))
}

// reason is BigQuery's word for what went wrong, "" if it gave none.
func reason(err error) string {
	var job *bigquery.Error
	var api *googleapi.Error
	switch {
	case errors.As(err, &job):
		return job.Reason
	case errors.As(err, &api) && len(api.Errors) > 0:
		return api.Errors[0].Reason
	}
	return ""
}

// explained adds what to do about an error, where the client's text does not, and tells
// long ones in brief.
func explained(err error) error {
	err = brief(err)
	var api *googleapi.Error
	errors.As(err, &api)
	switch r := reason(err); {
	case r == "bytesBilledLimitExceeded":
		return fmt.Errorf("the query would be billed for more than the cap allows: narrow the dates, or raise the cap: %w", err)
	case r == "quotaExceeded", r == "rateLimitExceeded", r == "jobRateLimitExceeded":
		return fmt.Errorf("BigQuery's quota is used up: %w", err)
	case api != nil && api.Code >= http.StatusInternalServerError:
		return fmt.Errorf("BigQuery did not answer, tried until the deadline: %w", err)
	}
	return err
}
