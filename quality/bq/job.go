package bq

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"

	"cloud.google.com/go/bigquery"
	"google.golang.org/api/googleapi"
)

// runJob runs a query as a job and reads its result. It inserts the job rather than
// to take the short cut of jobs.query: only a job of a name that is ours can be
// cancelled even while it is inserted, and says how much it read.
func (e *Engine) runJob(ctx context.Context, what string, q *bigquery.Query) (*bigquery.Job, [][]any, error) {
	q.JobID = "intact_" + rand.Text()
	job, err := e.start(ctx, what, q)
	var r result
	if err == nil {
		err = e.patiently(ctx, "the result of "+what, func(ctx context.Context) error { return r.read(ctx, job) })
	}
	if err != nil && ctx.Err() != nil {
		e.giveUp(ctx, q.JobIDConfig, job)
	}
	return job, r.rows, err
}

// start inserts the job. That there is one of this name already says that an
// earlier try got through and its answer was lost.
func (e *Engine) start(ctx context.Context, what string, q *bigquery.Query) (job *bigquery.Job, err error) {
	err = e.patiently(ctx, "the start of "+what, func(ctx context.Context) error {
		started, err := q.Run(ctx)
		var api *googleapi.Error
		if errors.As(err, &api) && api.Code == http.StatusConflict {
			started, err = e.client.JobFromIDLocation(ctx, q.JobID, q.Location)
		}
		if err == nil {
			err = failure(started)
		}
		if err == nil {
			err = ours(started, q)
		}
		if err == nil {
			job = started
		}
		return err
	})
	return job, err
}

// failure is what a job had failed with when it was last heard of.
func failure(job *bigquery.Job) error {
	if status := job.LastStatus(); status != nil {
		return status.Err()
	}
	return nil
}

// ours refuses a job that is not the one that was asked for.
func ours(job *bigquery.Job, q *bigquery.Query) error {
	if job.ID() != q.JobID {
		return fmt.Errorf("the service answered about job %q where %q was started", job.ID(), q.JobID)
	}
	config, err := job.Config()
	switch of, isQuery := config.(*bigquery.QueryConfig); {
	case err != nil || config == nil: // it says nothing of it
	case !isQuery:
		return fmt.Errorf("the service says that job %s is no query", q.JobID)
	case of.Q != "" && of.Q != q.Q:
		return fmt.Errorf("the service says that job %s runs another query: %s", q.JobID, briefText(of.Q))
	}
	return nil
}

const (
	// statusWithin is how long a job whose rows are here is asked for its status.
	statusWithin = 5 * time.Second
	// giveUpWithin is how long giving up on a job may take: nobody waits for more
	// than two seconds once the context has ended.
	giveUpWithin = 1300 * time.Millisecond
	// askAgain is the pause before a job is asked for again.
	askAgain = 100 * time.Millisecond
)

// settled asks a job whose rows are here how much it read, nil where that cannot be
// had soon: the rows are worth more than to wait for it. Neither the insert's answer
// nor the pages of the result tell it through the client. What it says of the job
// must fit that there are rows, and what kind of statement was run.
func (e *Engine) settled(ctx context.Context, job *bigquery.Job, q *bigquery.Query, kind string) (read, error) {
	ctx, done := context.WithTimeout(ctx, statusWithin)
	defer done()
	var status *bigquery.JobStatus
	for status == nil || !status.Done() && pause(ctx) {
		var now *bigquery.Job // and not the status alone, which can be another job's
		err := call(func() (err error) { now, err = e.client.JobFromIDLocation(ctx, job.ID(), job.Location()); return err })
		if err != nil || now.LastStatus() == nil {
			break
		}
		if err := ours(now, q); err != nil {
			return read{}, err
		}
		status = now.LastStatus()
	}
	const but = "the rows of job %s came, but it says of itself that "
	switch {
	case status == nil:
		return read{}, nil
	case !status.Done():
		return read{}, fmt.Errorf(but+"it is not done", job.ID())
	case status.Err() != nil: // wrapped, it would be taken for a refusal
		return read{}, fmt.Errorf(but+"it failed: %v", job.ID(), status.Err())
	case status.Statistics == nil:
		return read{}, nil
	}
	if t := statementType(status.Statistics); t != kind && t != "" {
		return read{}, fmt.Errorf(but+"it was no %s: %s", job.ID(), kind, t)
	}
	var out read
	if n := status.Statistics.TotalBytesProcessed; n >= 0 {
		out.bytes = &n
	}
	if of, ok := status.Statistics.Details.(*bigquery.QueryStatistics); ok && of.TotalBytesBilled >= 0 {
		out.billed = &of.TotalBytesBilled
	}
	return out, nil
}

// pause waits before asking again; false is that the context ended.
func pause(ctx context.Context) bool {
	select {
	case <-time.After(askAgain):
		return true
	case <-ctx.Done():
		return false
	}
}

// giveUp cancels a job. Where its insert was not answered, the service can be about
// to carry it out: the job is looked for again for a while. Nobody waits for the
// outcome.
func (e *Engine) giveUp(ctx context.Context, id bigquery.JobIDConfig, job *bigquery.Job) {
	ctx, done := context.WithTimeout(context.WithoutCancel(ctx), giveUpWithin)
	defer done()
	_ = call(func() error {
		for job == nil {
			found, err := e.client.JobFromIDLocation(ctx, id.JobID, id.Location)
			var api *googleapi.Error
			switch {
			case err == nil:
				job = found
			case !errors.As(err, &api) || api.Code != http.StatusNotFound || !pause(ctx):
				return err
			}
		}
		return job.Cancel(ctx)
	})
}
