package bq

import (
	"errors"
	"fmt"

	"cloud.google.com/go/bigquery"
)

// notSelect is a statement that does more than read.
type notSelect struct{ statement string }

func (e *notSelect) Error() string {
	return fmt.Sprintf("BigQuery calls the statement %q, and only a SELECT is run: checks are read-only", e.statement)
}

// readOnly is how many bytes a dry run says that a statement would read. The error
// is one that is no SELECT.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2.FIELDS.statement_type
func readOnly(dry *bigquery.JobStatus) (int64, error) {
	if dry == nil || dry.Statistics == nil {
		return 0, errors.New("the dry run came back without statistics")
	}
	s := dry.Statistics
	if t := statementType(s); t != "SELECT" {
		return 0, &notSelect{t}
	}
	if s.TotalBytesProcessed < 0 {
		return 0, fmt.Errorf("the dry run says that %d bytes would be read", s.TotalBytesProcessed)
	}
	return s.TotalBytesProcessed, nil
}

// statementType is BigQuery's word for what a statement is, "" if it gives none.
func statementType(s *bigquery.JobStatistics) string {
	if q, ok := s.Details.(*bigquery.QueryStatistics); ok {
		return q.StatementType
	}
	return ""
}
