package bq

import (
	"context"

	"github.com/intactdata/intact/quality"
)

// measure runs a statement. One that is refused is taken apart: what is at fault
// fails with the cause, all else is measured.
func (e *Engine) measure(ctx context.Context, st *quality.Statement, c *collector) {
	err := e.attempt(ctx, st, c)
	switch {
	case err == nil:
	case !refused(err) || e.wholeTable(err, st) || ctx.Err() != nil:
		c.fail(err, st.Requests...)
	case e.options.Dialect.NoDryRun:
		e.measureHalves(ctx, st, err, c)
	default:
		e.measureAccepted(ctx, st, err, c)
	}
}

// attempt runs a statement as it is.
func (e *Engine) attempt(ctx context.Context, st *quality.Statement, c *collector) error {
	s, err := e.renderer.Render(st)
	if err != nil {
		return &renderError{err}
	}
	a, err := e.run(ctx, s.Query)
	if err != nil {
		return err
	}
	return c.report(s, a)
}

// measureAccepted finds by dry run, which costs nothing, the requests that are
// refused, and measures the others together. Where none is refused by itself,
// the statement fails only as it runs, or is too much for one query.
func (e *Engine) measureAccepted(ctx context.Context, st *quality.Statement, cause error, c *collector) {
	causes := map[*quality.Request]error{}
	e.probe(ctx, st, causes)
	if len(causes) == 0 {
		e.measureHalves(ctx, st, cause, c)
		return
	}
	var accepted []*quality.Request
	for _, r := range st.Requests {
		if err, ok := causes[r]; ok {
			c.fail(err, r)
			continue
		}
		accepted = append(accepted, r)
	}
	if len(accepted) > 0 {
		e.measure(ctx, part(st, accepted), c)
	}
}

// probe collects the requests of a statement that a dry run refuses.
func (e *Engine) probe(ctx context.Context, st *quality.Statement, causes map[*quality.Request]error) {
	s, err := e.renderer.Render(st)
	if err == nil {
		_, err = e.dryRun(ctx, s.Query)
	}
	if err == nil {
		return
	}
	if len(st.Requests) == 1 {
		causes[st.Requests[0]] = err
		return
	}
	left, right := halves(st)
	e.probe(ctx, left, causes)
	e.probe(ctx, right, causes)
}

// measureHalves measures the two halves of a statement by themselves.
func (e *Engine) measureHalves(ctx context.Context, st *quality.Statement, cause error, c *collector) {
	if len(st.Requests) == 1 {
		c.fail(cause, st.Requests...)
		return
	}
	left, right := halves(st)
	for _, half := range []*quality.Statement{left, right} {
		if err := e.attempt(ctx, half, c); err != nil {
			if refused(err) && ctx.Err() == nil {
				e.measureHalves(ctx, half, err, c)
				continue
			}
			c.fail(err, half.Requests...)
		}
	}
}

func halves(st *quality.Statement) (left, right *quality.Statement) {
	middle := len(st.Requests) / 2
	return part(st, st.Requests[:middle]), part(st, st.Requests[middle:])
}

// part is a statement with some of its requests. Its columns are not those read
// any more, which rendering does not ask for.
func part(st *quality.Statement, requests []*quality.Request) *quality.Statement {
	out := *st
	out.Requests = requests
	return &out
}
