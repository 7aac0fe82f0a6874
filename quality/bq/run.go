package bq

import (
	"context"
	"maps"
	"slices"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
)

// answer is the whole result of a query.
type answer struct {
	rows [][]any
	read
}

// read is how much a query read, and is billed for; nil if it is not known.
type read struct{ bytes, billed *int64 }

// limits are those of a job, beside the engine's own.
type limits struct {
	maxBytes int64
	labels   map[string]string
}

func limitsOf(st *quality.Statement) limits { return limits{st.MaxBytes, st.Labels} }

// run runs a query as a job of its own and reads all of its result. A job whose
// context ends is cancelled.
func (e *Engine) run(ctx context.Context, what string, q quality.Query, location string, l limits) (answer, error) {
	return e.runAs(ctx, "SELECT", what, q, location, l)
}

// runAs runs what BigQuery calls a statement of a kind.
// https://cloud.google.com/bigquery/docs/reference/rest/v2/Job#JobStatistics2.FIELDS.statement_type
func (e *Engine) runAs(ctx context.Context, kind, what string, q quality.Query, location string, l limits) (answer, error) {
	query, err := e.query(q, location, l)
	if err == nil {
		err = ctx.Err() // no job is begun any more
	}
	if err != nil {
		return answer{}, err
	}
	if e.options.Dialect.NoJobs {
		return e.ask(ctx, query)
	}
	job, rows, err := e.runJob(ctx, what, query)
	if err != nil {
		return answer{}, err
	}
	read, err := e.settled(ctx, job, query, kind)
	return answer{rows, read}, err
}

// ask runs a query as one request.
func (e *Engine) ask(ctx context.Context, q *bigquery.Query) (answer, error) {
	var r result
	err := call(func() error {
		it, err := q.Read(ctx)
		if err != nil {
			return err
		}
		return r.pages(it)
	})
	return answer{rows: r.rows}, explained(err)
}

// dryRun asks what a query would read, and whether it is accepted as one that only
// reads.
// https://cloud.google.com/bigquery/docs/running-queries#dry-run
func (e *Engine) dryRun(ctx context.Context, what string, q quality.Query, location string) (int64, error) {
	status, err := e.dry(ctx, what, q, location)
	if err != nil {
		return 0, err
	}
	return readOnly(status)
}

// dry is what a dry run says of a query.
func (e *Engine) dry(ctx context.Context, what string, q quality.Query, location string) (*bigquery.JobStatus, error) {
	query, err := e.query(q, location, limits{})
	if err != nil {
		return nil, err
	}
	query.DryRun = true
	var status *bigquery.JobStatus
	err = e.patiently(ctx, "the dry run of "+what, func(ctx context.Context) error {
		job, err := query.Run(ctx)
		if err == nil {
			status = job.LastStatus()
			err = failure(job)
		}
		return err
	})
	return status, err
}

func (e *Engine) query(q quality.Query, location string, l limits) (*bigquery.Query, error) {
	out := e.client.Query(q.Text)
	if out.MaxBytesBilled = e.options.MaxBytesBilled; l.maxBytes > 0 && (out.MaxBytesBilled == 0 || l.maxBytes < out.MaxBytesBilled) {
		out.MaxBytesBilled = l.maxBytes
	}
	if out.Labels = e.options.Labels; len(l.labels) > 0 {
		out.Labels = maps.Clone(l.labels)
		maps.Copy(out.Labels, e.options.Labels)
	}
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
