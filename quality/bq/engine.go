package bq

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"sync"

	"cloud.google.com/go/bigquery"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/googlesql"
)

// Engine measures plans on BigQuery, or on what speaks its API. It is safe for
// concurrent use.
type Engine struct {
	client    *bigquery.Client
	options   Options
	renderer  googlesql.Renderer
	locations locations
	telling   sync.Mutex // held while Options.Waiting is called
}

// New makes an engine of a client, which stays the caller's to close.
func New(client *bigquery.Client, o Options) (*Engine, error) {
	if client == nil {
		return nil, errors.New("the BigQuery client is nil")
	}
	if err := o.validate(); err != nil {
		return nil, fmt.Errorf("BigQuery engine: %w", err)
	}
	if o.Project == "" {
		o.Project = client.Project()
	}
	if o.Location == "" {
		o.Location = client.Location
	}
	if o.Parallel == 0 {
		o.Parallel = defaultParallel
	}
	o.Labels = maps.Clone(o.Labels)
	renderer := googlesql.Renderer{Project: o.Project, Tables: maps.Clone(o.Tables), Instead: maps.Clone(o.Instead), SnapshotAt: o.SnapshotAt}
	return &Engine{client: client, options: o, renderer: renderer}, nil
}

// Name is bigquery, or that of the dialect.
func (e *Engine) Name() string { return cmp.Or(e.options.Dialect.Name, "bigquery") }

// Measure runs a query for each statement of the plan, and more where one is
// refused. The error is that of a context that ended, as quality.Ended says it: its
// jobs are cancelled.
//
// The client repeats requests that the service or the network failed, for as
// long as the context lets it: give it a deadline.
//
// A statement with raw SQL in it is only run once a dry run calls it a SELECT.
func (e *Engine) Measure(ctx context.Context, plan *quality.Plan) (*quality.Measurements, error) {
	m := &measuring{engine: e, renderer: e.renderer, collector: newCollector(plan)}
	m.measure(ctx, plan.Statements)
	if ctx.Err() != nil {
		return nil, fmt.Errorf("measuring was given up: %w", quality.Ended(ctx, m.last.err))
	}
	out := m.done(!e.options.Dialect.NoDryRun)
	out.ReadAt(m.renderer.SnapshotAt)
	return out, nil
}

// Explain writes the query of each statement and asks BigQuery, by dry run, how
// much it would read. A dry run costs nothing and runs nothing, so the instant
// that is only known once measuring starts is not in the queries.
// https://cloud.google.com/bigquery/docs/running-queries#dry-run
func (e *Engine) Explain(ctx context.Context, plan *quality.Plan) (*quality.Cost, error) {
	out := &quality.Cost{Statements: make([]quality.StatementCost, len(plan.Statements))}
	var last lastFailure
	e.each(ctx, len(plan.Statements), func(i int) {
		out.Statements[i] = e.explain(ctx, plan.Statements[i])
		last.take(out.Statements[i].Err)
	})
	if ctx.Err() != nil {
		return nil, fmt.Errorf("explaining was given up: %w", quality.Ended(ctx, last.err))
	}
	return out, nil
}

func (e *Engine) explain(ctx context.Context, st *quality.Statement) quality.StatementCost {
	out := quality.StatementCost{Statement: st}
	s, err := e.renderer.Render(st)
	if err != nil {
		out.Err = err
		return out
	}
	out.SQL, out.Parameters = s.Text, s.Parameters
	if e.options.Dialect.NoDryRun {
		return out
	}
	bytes, err := e.dryRun(ctx, queryOver(st.Relation), s.Query, e.location(st.Relation))
	if err != nil {
		out.Err = err
		return out
	}
	out.Bytes = &bytes
	return out
}

// queryOver names a query in what is told of it.
func queryOver(rel quality.Relation) string { return "the query over " + rel.String() }

// each calls do for every index below n, as many at once as the options allow,
// until the context ends.
func (e *Engine) each(ctx context.Context, n int, do func(i int)) {
	var wg sync.WaitGroup
	slots := make(chan struct{}, e.options.Parallel)
	for i := range n {
		select {
		case slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() != nil { // select takes either where both can go on
			break
		}
		wg.Go(func() {
			defer func() { <-slots }()
			do(i)
		})
	}
	wg.Wait()
}
