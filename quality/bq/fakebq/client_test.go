package fakebq_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"cloud.google.com/go/bigquery"
	"github.com/stretchr/testify/require"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/iterator"

	"github.com/intactdata/intact/quality/bq/fakebq"
)

// seven is a fake whose queries answer one row, 7.
func seven() *fakebq.Server { return answering(fakebq.Answer{}) }

// answering is a fake whose queries all become a; they answer 7 unless it has
// rows of its own.
func answering(a fakebq.Answer) *fakebq.Server {
	if a.Columns == nil {
		a.Columns, a.Rows = fakebq.Columns("n INTEGER"), [][]any{{7}}
	}
	srv := fakebq.New()
	srv.Answer = func(fakebq.Query) fakebq.Answer { return a }
	return srv
}

func clientOf(t *testing.T, srv *fakebq.Server) *bigquery.Client {
	t.Helper()
	client, err := srv.Client(t.Context())
	require.NoError(t, err)
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// read runs a query and reads all its rows.
func read(ctx context.Context, q *bigquery.Query) ([][]bigquery.Value, error) {
	it, err := q.Read(ctx)
	if err != nil {
		return nil, err
	}
	return all(it)
}

func all(it *bigquery.RowIterator) ([][]bigquery.Value, error) {
	var rows [][]bigquery.Value
	for {
		var row []bigquery.Value
		switch err := it.Next(&row); {
		case errors.Is(err, iterator.Done):
			return rows, nil
		case err != nil:
			return nil, err
		}
		rows = append(rows, row)
	}
}

// wait runs a query as a job and waits for its end.
func wait(ctx context.Context, q *bigquery.Query) error {
	job, err := q.Run(ctx)
	if err != nil {
		return err
	}
	status, err := job.Wait(ctx)
	if err != nil {
		return err
	}
	return status.Err()
}

// codeAndReason tells what the client knows of an error of the API.
func codeAndReason(err error) string {
	var e *googleapi.Error
	if !errors.As(err, &e) || len(e.Errors) == 0 {
		return fmt.Sprintf("no error of the API: %v", err)
	}
	return fmt.Sprintf("%d %s", e.Code, e.Errors[0].Reason)
}
