package publish

import (
	"context"
	"errors"
	"fmt"

	"github.com/intactdata/intact/quality"
)

// Step is a part of what a publication does.
type Step struct {
	// Doing says what it is, SQL is the text of it where it is any.
	Doing, SQL string
	// Bytes is how much it reads, nil where that is not known or is nothing.
	Bytes *int64
}

// Planner is a Target that says what it would do.
type Planner interface {
	// Steps are what publishing so many rows would take. Nothing is written.
	Steps(ctx context.Context, w Write, rows int64, suites []quality.Suite) ([]Step, error)
}

// Plan judges the rows by themselves and says what it would take to publish them. Nothing
// is written.
func Plan(ctx context.Context, r Request) (*Report, []Step, error) {
	if err := r.validate(); err != nil {
		return nil, nil, err
	}
	p, out, err := r.prepare(ctx)
	if err != nil {
		return out, nil, err
	}
	planner, ok := r.Target.(Planner)
	if !ok {
		return out, nil, fmt.Errorf("%T does not say what it would do", r.Target)
	}
	if p == nil {
		return out, nil, nil
	}
	steps, err := planner.Steps(ctx, p.write, out.Sent, append(r.tableGuards(p.write, out.Sent, 1, p.there), r.Suites...))
	return out, steps, err
}

// prepared is rows that have been judged by themselves.
type prepared struct {
	*batch
	write Write
	there bool
}

// prepare judges the rows by themselves, nil where that is the end of it.
func (r Request) prepare(ctx context.Context) (*prepared, *Report, error) {
	out := &Report{Table: r.Table, From: r.From, To: r.To, Run: r.Run, Token: r.Token, Verdict: quality.Pass}
	info, err := r.Target.Look(ctx)
	there := !errors.Is(err, ErrNoTable)
	if err != nil && there {
		return nil, out, err
	}
	b, err := r.weigh(ctx)
	if err != nil {
		return nil, out, fmt.Errorf("the rows to publish: %w", err)
	}
	if !there {
		info = quality.TableInfo{Name: r.Table}
	}
	w, err := r.write(or(info.Schema, b.schema))
	if err != nil {
		return nil, out, fmt.Errorf("%s: %w", r.Table, err)
	}
	if out.Already, err = r.Target.Done(ctx, w); err != nil || out.Already {
		return nil, out, err
	}
	out.Read, out.Aside, out.Sent = b.read, b.aside, b.read-b.aside
	if !b.told(out) {
		return nil, out, nil
	}
	if out.Sent > 0 {
		run, err := quality.Run(ctx, r.memory(b.sent()), r.Now, r.sentGuards(b.schema, info, w))
		if err != nil || !out.take(run) {
			return nil, out, err
		}
	}
	return &prepared{b, w, there}, out, nil
}
