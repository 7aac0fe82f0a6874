package bq

import (
	"context"

	"github.com/intactdata/intact/quality"
)

// statement runs a statement. One that is refused is taken apart: what is at fault
// fails with the cause, all else is measured.
func (m *measuring) statement(ctx context.Context, st *quality.Statement) {
	err := m.attempt(ctx, st)
	switch {
	case err == nil:
	case !refused(err) || m.engine.wholeTable(err, st) || ctx.Err() != nil:
		m.fail(err, st.Requests...)
	case m.engine.options.Dialect.NoDryRun:
		m.measureHalves(ctx, st, err)
	default:
		m.measureAccepted(ctx, st, err)
	}
}

// attempt runs a statement as it is.
func (m *measuring) attempt(ctx context.Context, st *quality.Statement) error {
	s, err := m.renderer.Render(st)
	if err != nil {
		return &renderError{err}
	}
	a, err := m.engine.run(ctx, s.Query)
	if err != nil {
		return err
	}
	return m.report(s, a)
}

// measureAccepted finds by dry run, which costs nothing, the requests that are
// refused, and measures the others together. Where none is refused by itself,
// the statement fails only as it runs, or is too much for one query.
func (m *measuring) measureAccepted(ctx context.Context, st *quality.Statement, cause error) {
	causes := map[*quality.Request]error{}
	m.probe(ctx, st, causes)
	if len(causes) == 0 {
		m.measureHalves(ctx, st, cause)
		return
	}
	var accepted []*quality.Request
	for _, r := range st.Requests {
		if err, ok := causes[r]; ok {
			m.fail(err, r)
			continue
		}
		accepted = append(accepted, r)
	}
	if len(accepted) > 0 {
		m.statement(ctx, part(st, accepted))
	}
}

// probe collects the requests of a statement that a dry run refuses.
func (m *measuring) probe(ctx context.Context, st *quality.Statement, causes map[*quality.Request]error) {
	s, err := m.renderer.Render(st)
	if err == nil {
		_, err = m.engine.dryRun(ctx, s.Query)
	}
	if err == nil {
		return
	}
	if len(st.Requests) == 1 {
		causes[st.Requests[0]] = err
		return
	}
	left, right := halves(st)
	m.probe(ctx, left, causes)
	m.probe(ctx, right, causes)
}

// measureHalves measures the two halves of a statement by themselves.
func (m *measuring) measureHalves(ctx context.Context, st *quality.Statement, cause error) {
	if len(st.Requests) == 1 {
		m.fail(cause, st.Requests...)
		return
	}
	if err := m.fixInstant(ctx); err != nil { // they are several now
		m.fail(err, st.Requests...)
		return
	}
	left, right := halves(st)
	for _, half := range []*quality.Statement{left, right} {
		if err := m.attempt(ctx, half); err != nil {
			if refused(err) && ctx.Err() == nil {
				m.measureHalves(ctx, half, err)
				continue
			}
			m.fail(err, half.Requests...)
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
