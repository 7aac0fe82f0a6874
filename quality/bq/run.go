package bq

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/iterator"

	"github.com/intactdata/intact/quality"
)

// answer is the whole result of a query.
type answer struct {
	rows  [][]any
	bytes *int64 // nil if it is not known
}

// run runs a query as a job of its own and reads all of its result. A job whose
// context ends is cancelled.
func (e *Engine) run(ctx context.Context, q quality.Query, location string) (answer, error) {
	query, err := e.query(q, location)
	if err != nil {
		return answer{}, err
	}
	if e.options.Dialect.NoJobs {
		return e.ask(ctx, query)
	}
	// Insert, not the short cut of jobs.query: only a job of a name that is ours
	// can be cancelled even while it is inserted, and says how much it read.
	query.JobID = "intact_" + rand.Text()
	job, err := e.start(ctx, query)
	var out answer
	if err == nil {
		out.rows, err = readJob(ctx, job)
	}
	if ctx.Err() != nil {
		e.cancel(ctx, query.JobIDConfig, job)
	}
	if err != nil {
		return answer{}, explained(err)
	}
	out.bytes = processed(ctx, job)
	return out, nil
}

// statusWithin is how long a job whose rows are here is asked for its bytes.
const statusWithin = 5 * time.Second

// processed is how much a job that is done read, nil where that cannot be had
// soon: the rows are worth more, and are not kept waiting for it. Neither the
// insert's answer nor the pages of the result tell it through the client.
func processed(ctx context.Context, job *bigquery.Job) *int64 {
	ctx, done := context.WithTimeout(ctx, statusWithin)
	defer done()
	status, err := job.Status(ctx)
	if err != nil || status.Statistics == nil {
		return nil
	}
	return &status.Statistics.TotalBytesProcessed
}

// ask runs a query as one request.
func (e *Engine) ask(ctx context.Context, q *bigquery.Query) (answer, error) {
	it, err := q.Read(ctx)
	var out answer
	if err == nil {
		out.rows, err = readAll(it)
	}
	return out, explained(err)
}

// dryRun asks what a query would read, and whether it is accepted.
func (e *Engine) dryRun(ctx context.Context, q quality.Query, location string) (int64, error) {
	query, err := e.query(q, location)
	if err != nil {
		return 0, err
	}
	query.DryRun = true
	job, err := query.Run(ctx)
	if err != nil {
		return 0, explained(err)
	}
	status := job.LastStatus()
	if status == nil || status.Statistics == nil {
		return 0, errors.New("the dry run came back without statistics")
	}
	return status.Statistics.TotalBytesProcessed, explained(status.Err())
}

func (e *Engine) query(q quality.Query, location string) (*bigquery.Query, error) {
	out := e.client.Query(q.Text)
	out.MaxBytesBilled = e.options.MaxBytesBilled
	out.Labels = e.options.Labels
	out.Location = location
	for name, v := range q.Parameters {
		p, err := parameter(name, v)
		if err != nil {
			return nil, err
		}
		out.Parameters = append(out.Parameters, p)
	}
	slices.SortFunc(out.Parameters, func(a, b bigquery.QueryParameter) int { return compareNames(a.Name, b.Name) })
	return out, nil
}

// start inserts the job. That there is one of this name already says that an
// earlier try got through and its answer was lost.
func (e *Engine) start(ctx context.Context, q *bigquery.Query) (*bigquery.Job, error) {
	job, err := q.Run(ctx)
	var api *googleapi.Error
	if errors.As(err, &api) && api.Code == http.StatusConflict {
		return e.client.JobFromIDLocation(ctx, q.JobID, q.Location)
	}
	return job, err
}

// cancelWithin is how long giving up on a job may take.
const cancelWithin = 10 * time.Second

// cancel gives a job up; where its insert was not answered there may be one all
// the same. Nobody waits for the outcome.
func (e *Engine) cancel(ctx context.Context, id bigquery.JobIDConfig, job *bigquery.Job) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), cancelWithin)
	defer done()
	if job == nil {
		var err error
		if job, err = e.client.JobFromIDLocation(ctx, id.JobID, id.Location); err != nil {
			return
		}
	}
	_ = job.Cancel(ctx)
}

func readJob(ctx context.Context, job *bigquery.Job) ([][]any, error) {
	it, err := job.Read(ctx)
	if err != nil {
		return nil, err
	}
	return readAll(it)
}

// readAll reads the pages of a result. One that ends early is an error.
func readAll(it *bigquery.RowIterator) ([][]any, error) {
	var out [][]any
	for {
		var values []bigquery.Value
		switch err := it.Next(&values); {
		case errors.Is(err, iterator.Done):
			if uint64(len(out)) != it.TotalRows {
				return nil, fmt.Errorf("the result has %d rows, but only %d arrived", it.TotalRows, len(out))
			}
			return out, nil
		case err != nil:
			return nil, err
		}
		row := make([]any, len(values))
		for i, v := range values {
			row[i] = v
		}
		out = append(out, row)
	}
}
