package bq

import (
	"context"

	"github.com/intactdata/intact/quality"
)

// statement measures a statement. One that is refused is taken apart: what is at
// fault fails with the cause, all else is measured.
func (m *measuring) statement(ctx context.Context, st *quality.Statement) {
	err := m.attempt(ctx, st)
	switch {
	case err == nil:
	case !refused(err) || m.engine.wholeTable(err, st) || ctx.Err() != nil || len(st.Folds) == 1:
		m.fail(err, st.Folds...)
	case m.engine.options.Dialect.NoDryRun:
		m.parts(ctx, st)
	default:
		m.accepted(ctx, st)
	}
}

// attempt runs a statement as it is, and what too many segments leave of it. What is
// in it that nobody here reads must only read: where a dry run can say so it is asked
// first.
func (m *measuring) attempt(ctx context.Context, st *quality.Statement) error {
	s, err := m.renderer.Render(st)
	if err != nil {
		return &renderError{err}
	}
	what, location := queryOver(st.Relation), m.engine.location(st.Relation)
	if s.Raw && !m.engine.options.Dialect.NoDryRun {
		if _, err := m.engine.dryRun(ctx, what, s.Query, location); err != nil {
			return err
		}
	}
	a, err := m.engine.run(ctx, what, s.Query, location, limitsOf(st))
	if err != nil {
		return err
	}
	left, err := m.report(s, a)
	if err == nil && len(left) > 0 {
		err = m.fixInstant(ctx, st.Relation)
	}
	if err != nil {
		return err
	}
	for _, part := range left {
		m.statement(ctx, part)
	}
	return nil
}

// accepted finds by dry run, which costs nothing, the folds that are refused,
// and measures the others together. Where none is refused by itself, the
// statement fails only as it runs, or is too much for one query.
func (m *measuring) accepted(ctx context.Context, st *quality.Statement) {
	if err := m.tryBare(ctx, st); err != nil { // no fold is at fault
		m.fail(err, st.Folds...)
		return
	}
	accepted, err := m.takeApart(st, func(part *quality.Statement) error { return m.try(ctx, part) })
	switch {
	case err != nil:
		m.fail(err, accepted...)
	case len(accepted) == len(st.Folds):
		m.parts(ctx, st)
	case len(accepted) > 0:
		m.statement(ctx, part(st, accepted))
	}
}

// parts measures the parts of a statement by themselves.
func (m *measuring) parts(ctx context.Context, st *quality.Statement) {
	if err := m.fixInstant(ctx, st.Relation); err != nil { // they are several now
		m.fail(err, st.Folds...)
		return
	}
	// The parts that were accepted are measured: an error after them is not theirs.
	_, _ = m.takeApart(st, func(part *quality.Statement) error { return m.attempt(ctx, part) })
}

// takeApart halves a statement, and what is refused of it again, until what is at
// fault stands alone and fails with its cause. It returns the folds of the
// parts that were accepted. An error that lies in no statement, such as a used up
// quota, ends it and fails the rest.
func (m *measuring) takeApart(st *quality.Statement, try func(*quality.Statement) error) ([]*quality.Fold, error) {
	var accepted []*quality.Fold
	untried := halves(st)
	for len(untried) > 0 {
		next, rest := untried[0], untried[1:]
		err := try(next)
		switch {
		case err == nil:
			accepted = append(accepted, next.Folds...)
		case !refused(err):
			for _, part := range untried {
				m.fail(err, part.Folds...)
			}
			return accepted, err
		case len(next.Folds) == 1:
			m.fail(err, next.Folds...)
		default:
			rest = append(halves(next), rest...)
		}
		untried = rest
	}
	return accepted, nil
}

// try asks by dry run whether a statement is accepted.
func (m *measuring) try(ctx context.Context, st *quality.Statement) error {
	s, err := m.renderer.Render(st)
	if err != nil {
		return &renderError{err}
	}
	_, err = m.engine.dryRun(ctx, queryOver(st.Relation), s.Query, m.engine.location(st.Relation))
	return err
}

// tryBare asks by dry run whether the rows of a statement can be read at all: the
// table can want a filter on its partitions, or be younger than the instant.
func (m *measuring) tryBare(ctx context.Context, st *quality.Statement) error {
	q, err := m.renderer.Bare(st)
	if err != nil {
		return err
	}
	_, err = m.engine.dryRun(ctx, queryOver(st.Relation), q, m.engine.location(st.Relation))
	return err
}

// halves are the two halves of a statement of several folds.
func halves(st *quality.Statement) []*quality.Statement {
	middle := len(st.Folds) / 2
	return []*quality.Statement{part(st, st.Folds[:middle]), part(st, st.Folds[middle:])}
}

// part is a statement with some of its folds. Its columns are not those read
// any more, which rendering does not ask for.
func part(st *quality.Statement, folds []*quality.Fold) *quality.Statement {
	out := *st
	out.Folds = folds
	return &out
}
