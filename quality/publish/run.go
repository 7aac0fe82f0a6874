package publish

import (
	"context"
	"errors"
	"fmt"
	"math"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/checks"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
)

// mostTries is how often rows are judged anew as others wrote meanwhile. Each time
// somebody has got on.
const mostTries = 10

// Run publishes rows. The error is a mistake in the request, or what kept the rows from
// being judged or swapped in; a report is there beside it where there is something to
// tell. That nothing was published for what the rows are is no error: the report's
// verdict says it. After an error, and after a crash, the table is as it was or as it was
// to be; the same run can be tried again.
func Run(ctx context.Context, r Request) (*Report, error) {
	if err := r.validate(); err != nil {
		return nil, err
	}
	for range mostTries {
		out, err := r.try(ctx)
		if !errors.Is(err, ErrMoved) {
			return out, err
		}
	}
	return &Report{Table: r.Table, From: r.From, To: r.To, Run: r.Run, Token: r.Token, Verdict: quality.Unknown}, fmt.Errorf("%s: others wrote it %d times while the rows were judged: try again when it is quiet", r.Table, mostTries)
}

func (r Request) try(ctx context.Context) (*Report, error) {
	p, out, err := r.prepare(ctx)
	if err != nil || p == nil {
		return out, err
	}
	if p.aside > 0 && r.Aside == nil {
		return out, errors.New("rows are to be set aside, and nobody keeps them: say where they go")
	}
	staged, err := r.Target.Stage(ctx, p.write, p.sent())
	if err != nil {
		return out, err
	}
	err = r.judge(ctx, staged, out, p)
	left := staged.Discard(ctx)
	if !out.Published { // else it goes by itself, and is no fault of the table's
		err = errors.Join(err, left)
	}
	return out, err
}

// keepAside sees to it that as many rows are kept as were set aside: those that are sent are
// counted in the table, and together they are all.
func (r Request) keepAside(ctx context.Context, b *batch) error {
	aside := &counting{Source: b.setAside(r.Run)}
	if err := r.Aside.Keep(ctx, r.Run, aside); err != nil {
		return err
	}
	if aside.rows != b.aside {
		return fmt.Errorf("%s were to be kept, and %d were read for it", quality.Plural(b.aside, "row", "rows"), aside.rows)
	}
	return nil
}

// told reports whether no more rows are set aside than may be.
func (b *batch) told(out *Report) bool {
	ok := true
	for _, s := range b.rules {
		out.SetAside = append(out.SetAside, s.report)
		if !s.report.Holds && ok {
			ok = false
			out.Verdict = quality.Fail
			out.Reason = fmt.Sprintf("%s of %s break %s of %s (%s), and no more than %s may be set aside", quality.Grouped(s.report.Rows),
				quality.Plural(b.read, "row", "rows"), s.report.ID, s.report.Suite, quality.Share(s.report.Rows, b.read, s.report.Bound), s.report.Bound.Human())
		}
	}
	return ok
}

// judge runs guards and suites on what the table would be, and swaps the rows in.
func (r Request) judge(ctx context.Context, staged Staged, out *Report, p *prepared) (err error) {
	engine := staged.Engine()
	if p.there {
		if out.Replaced, err = r.count(ctx, engine); err != nil {
			return err
		}
	}
	suites := append(r.tableGuards(p.write, out.Sent, out.Replaced, p.there), r.Suites...)
	run, err := quality.Run(ctx, engine, r.Now, suites...)
	if err != nil || !out.take(run) {
		return err
	}
	if p.aside > 0 {
		if err := r.keepAside(ctx, p.batch); err != nil {
			return fmt.Errorf("rows could not be set aside: %w", err)
		}
	}
	if err := r.held(ctx); err != nil {
		return err
	}
	err = staged.Swap(ctx)
	out.Published = err == nil || errors.As(err, new(*UncountedError))
	return err
}

func (r Request) held(ctx context.Context) error {
	if r.Holds == nil {
		return ctx.Err()
	}
	if err := r.Holds(ctx); err != nil {
		return fmt.Errorf("%s: nothing is written, for the claim is not held: %w", r.Table, err)
	}
	return ctx.Err()
}

// count is how many rows the days have now.
func (r Request) count(ctx context.Context, engine quality.Engine) (int64, error) {
	anything := checks.RowCount{Bounds: []quality.Bound{quality.AtMost(quality.Count(math.MaxInt64))}}
	s := quality.Suite{Name: GuardSuite + " count", Table: Present, Date: r.Date, Zone: r.Zone, From: r.From, To: r.To, Rules: []quality.Rule{{Check: anything, NullsOK: true}}}
	run, err := quality.Run(ctx, engine, r.Now, s)
	if err != nil {
		return 0, err
	}
	c := run.Suites[0].Checks[0]
	if c.Verdict != quality.Pass || len(c.Findings) != 1 || c.Findings[0].Observed == nil {
		return 0, fmt.Errorf("the rows of %s from %s to %s could not be counted: %s", r.Table, r.From, r.To, c.Reason)
	}
	return c.Findings[0].Observed.Numerator, nil
}

// memory measures the rows sent.
func (r Request) memory(sent expr.Source) quality.Engine {
	return rows.NewEngine(map[string]expr.Source{Sent: sent}, r.Memory...)
}

func or(s, otherwise expr.Schema) expr.Schema {
	if len(s) == 0 {
		return otherwise
	}
	return s
}
