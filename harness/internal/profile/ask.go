package profile

import (
	"context"
	"fmt"
	"time"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// question is a check that judges nothing: what was measured for its requests is
// handed on.
type question struct {
	requests []quality.Request
	// take is given what was measured, once.
	take func(quality.Measured) error
}

// Describe says that nothing is claimed.
func (question) Describe() quality.Description {
	return quality.Description{Kind: "profile", Claim: "what there is", JudgesZero: true}
}

// Requests are what is asked.
func (q question) Requests(quality.Scope) ([]quality.Request, error) { return q.requests, nil }

// Judge hands on what was measured. An error is the reason why it could not be.
func (q question) Judge(_ quality.Scope, m quality.Measured) []quality.Finding {
	f := quality.Finding{Verdict: quality.Pass}
	if err := q.take(m); err != nil {
		f = quality.Finding{Verdict: quality.Unknown, Reason: err.Error()}
	}
	var out []quality.Finding
	for f.Segment = range m.Segments() {
		out = append(out, f)
	}
	return out
}

// asker puts questions about one table.
type asker struct {
	engine quality.Engine
	now    time.Time
	suite  quality.Suite // without rules
	from   expr.Expr     // bounds rows as the suite does, zero for all of them
}

// ask answers questions together, as rules of one suite. The errors are those of each
// question that could not be answered, in their order; the last one is for nothing at
// all.
func (a asker) ask(ctx context.Context, rules ...quality.Rule) ([]error, error) {
	errs := make([]error, len(rules))
	if len(rules) == 0 {
		return errs, nil
	}
	s := a.suite
	s.Rules = rules
	for i := range s.Rules {
		s.Rules[i].ID = fmt.Sprint(i)
	}
	report, err := quality.Run(ctx, a.engine, a.now, s)
	if err != nil {
		return nil, err
	}
	for i, c := range report.Suites[0].Checks {
		if c.Verdict != quality.Pass {
			errs[i] = fmt.Errorf("%s", c.Reason)
		}
	}
	return errs, nil
}

// step is questions, and what is done once they have been answered, if anything.
type step struct {
	rules []quality.Rule
	done  func()
}

// take asks the questions of some steps together, so that they share statements. What
// could not be answered is kept.
func (p *Profile) take(ctx context.Context, a asker, steps ...step) error {
	var rules []quality.Rule
	for _, s := range steps {
		rules = append(rules, s.rules...)
	}
	errs, err := a.ask(ctx, rules...)
	if err != nil {
		return err
	}
	for _, err := range errs {
		if err != nil {
			p.Unanswered = append(p.Unanswered, err)
		}
	}
	for _, s := range steps {
		if s.done != nil {
			s.done()
		}
	}
	return nil
}

// rows are those that are asked about, to make others from.
func (a asker) rows() quality.Relation { return quality.Read(a.suite.Table).Filter(a.from) }

// lowest bounds the date column of a suite as its first day does, zero without one.
func lowest(s quality.Suite, schema expr.Schema) (expr.Expr, error) {
	if s.Date == "" {
		return expr.Expr{}, nil
	}
	f, err := schema.Field(s.Date)
	if err != nil {
		return expr.Expr{}, err
	}
	var at any = s.From
	switch f.Type {
	case expr.Timestamp:
		at = s.From.In(time.UTC)
	case expr.DateTime:
		at = civil.DateTime{Date: s.From}
	}
	return expr.Col(s.Date).Ge(at), nil
}
