package features

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Gate opens where all of a set holds.
type Gate struct {
	Set Set
	// Now is the clock by which relative days are told, and waivers expire.
	Now time.Time
	// Project is that of tables which are named without one, for the view; "" leaves them so.
	Project string
	// Strict keeps it closed where something warns.
	Strict bool
	// Version is that of the program which opens the gate, "" unless it says so.
	Version string
}

// Opening is what a gate came to.
type Opening struct {
	Report *quality.Report
	Losses Losses
	// Certificate is nil where the gate stays closed.
	Certificate *Certificate
}

// ClosedError is a gate that stays closed, with every failure.
type ClosedError struct {
	Report *quality.Report
	Losses Losses
}

func (e *ClosedError) Error() string {
	failures := "something warns, and it is strict"
	if err := e.Report.Err(); err != nil {
		failures = err.Error()
	}
	return fmt.Sprintf("the gate of %s stays closed: %s", e.Report.Suites[0].Suite, failures)
}

// Open measures the set on an engine. The error is a [ClosedError], a mistake in the set
// or, as quality.Ended says it, a context that ended.
func (g Gate) Open(ctx context.Context, engine quality.Engine) (*Certificate, error) {
	o, err := g.Try(ctx, engine)
	if err != nil {
		return nil, err
	}
	if o.Certificate == nil {
		return nil, &ClosedError{o.Report, o.Losses}
	}
	return o.Certificate, nil
}

// Try is Open for those who show the report of an open gate as well.
func (g Gate) Try(ctx context.Context, engine quality.Engine) (*Opening, error) {
	s := g.Set
	if err := s.Validate(); err != nil {
		return nil, err
	}
	if err := s.certifiable(); err != nil {
		return nil, err
	}
	infos, err := engine.Tables(ctx, s.Table)
	if err != nil {
		return nil, err
	}
	suite := s.Checks()
	whole := len(suite.Rules)
	month := s.month(infos[0].Schema)
	suite.Rules = append(suite.Rules, quality.Rule{ID: lossesID, Check: losses{s}}, s.ledger(month))
	report, err := quality.Run(ctx, engine, g.Now, suite)
	if err != nil {
		return nil, err
	}
	checks := report.Suites[0].Checks
	accounts := checks[whole+1]
	out := &Opening{Report: judged(report, whole), Losses: s.lossesOf(report.Suites[0].Scope.WhereCounts, checks[:whole+1])}
	if v := out.Report.Verdict; v.Blocks() || g.Strict && v == quality.Warn {
		return out, nil
	}
	view, err := g.View(ctx, engine, report)
	if err != nil {
		return nil, err
	}
	out.Certificate = newCertificate(g, out, infos[0], month, entries(accounts.Findings), view)
	return out, nil
}

// judged is the report without the checks that claim nothing, unless they could not be
// evaluated.
func judged(r *quality.Report, whole int) *quality.Report {
	out := *r
	out.Suites = slices.Clone(r.Suites)
	one := &out.Suites[0]
	all := one.Checks
	one.Checks = slices.Clone(all[:whole])
	for _, c := range all[whole:] {
		if c.Verdict.Blocks() && !slices.ContainsFunc(one.Checks, func(c quality.CheckReport) bool { return c.Verdict.Blocks() }) {
			one.Checks = append(one.Checks, c)
		}
	}
	deadFirst(one.Checks)
	one.Verdict = quality.Pass
	for _, c := range one.Checks {
		one.Verdict = max(one.Verdict, c.Verdict)
	}
	out.Verdict = one.Verdict
	return &out
}

// month is the first day of the month of a row's date, under a name that the table does
// not have.
func (s Set) month(schema expr.Schema) quality.Column {
	date := expr.Col(s.Date)
	f, err := schema.Field(s.Date)
	zone := s.Zone
	if zone == "" {
		zone = "UTC"
	}
	switch {
	case err == nil && f.Type == expr.Timestamp:
		date = date.DateOf(zone)
	case err == nil && f.Type == expr.DateTime:
		date = date.Date()
	}
	name := "month"
	for taken(schema, s.By, name) {
		name += "_"
	}
	return quality.As(name, date.DateTrunc(expr.Month))
}

func taken(schema expr.Schema, by []string, name string) bool {
	same := func(other string) bool { return strings.EqualFold(other, name) }
	return slices.ContainsFunc(by, same) || slices.ContainsFunc(schema, func(f expr.Field) bool { return same(f.Name) })
}

// ledger are the accounts of the label and of each feature, by segment and month.
func (s Set) ledger(month quality.Column) quality.Rule {
	of := ledger{key: s.Key}
	of.columns = s.accounted()
	return of.rule(s.By, s.Computed, month, s.Training())
}

func (c ledger) rule(by []string, computed []quality.Column, month quality.Column, where expr.Expr) quality.Rule {
	return quality.Rule{
		ID: ledgerID, Check: c, Where: where, By: append(slices.Clone(by), month.Name), Computed: append(slices.Clone(computed), month),
	}
}

// accounted are the label and the features.
func (s Set) accounted() []accounted {
	out := []accounted{{name: s.Label, column: s.Label}}
	for _, f := range s.Features {
		out = append(out, accounted{f.Name, f.column(), f.Round})
	}
	return out
}

// certifiable refuses what a certificate could not be read back from.
func (s Set) certifiable() error {
	of := []expr.Expr{s.Where, s.Training()}
	for _, c := range s.Computed {
		of = append(of, c.Of)
	}
	if l := s.LabelOf; l != nil {
		of = append(of, l.Where, l.Column)
	}
	for _, e := range of {
		if e.IsZero() {
			continue
		}
		if e.Raw() {
			return &Mistake{Set: s.Name, Err: errors.New("raw SQL says which rows there are, and no certificate could be verified elsewhere: write an expression")}
		}
		if back, err := expr.ParseExpr(e.String()); err != nil || back.String() != e.String() {
			return &Mistake{Set: s.Name, Err: fmt.Errorf("%s cannot be read back from a certificate", e)}
		}
	}
	return nil
}
