package quality

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/intactdata/intact/quality/expr"
)

// Run plans the suites, has the engine measure the plan, and judges. Now is the
// clock that waivers expire by. The error is a mistake in a suite or, as Ended says
// it, a context that ended; everything else that goes wrong is a verdict in the
// report.
func Run(ctx context.Context, engine Engine, now time.Time, suites ...Suite) (*Report, error) {
	plan, ms, err := Measure(ctx, engine, now, suites...)
	if err != nil {
		return nil, err
	}
	return plan.Judge(ms), nil
}

// Measure is Run without the judging. Where rows revise the schema that a plan was
// made by, they are measured by a plan that is made again.
func Measure(ctx context.Context, engine Engine, now time.Time, suites ...Suite) (*Plan, *Measurements, error) {
	for tries := 0; ; tries++ {
		plan, err := NewPlan(ctx, engine, now, suites...)
		if err != nil {
			return nil, nil, err
		}
		ms, err := engine.Measure(ctx, plan)
		if err == nil {
			err = plan.again(ctx, engine, ms)
		}
		if errors.Is(err, expr.ErrRevised) && tries < maxRevisions {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		return plan, ms, nil
	}
}

// again measures by themselves the statements that were held by one that failed.
func (p *Plan) again(ctx context.Context, engine Engine, ms *Measurements) error {
	apart := p.apart(ms)
	if apart == nil {
		return nil
	}
	more, err := engine.Measure(ctx, apart)
	if err == nil {
		ms.adopt(more)
	}
	return err
}

// maxRevisions is how often the rows of all sources may revise a schema: each does so
// once for the columns that are read.
const maxRevisions = 100

// Judge holds what was measured against the claims of the checks.
func (p *Plan) Judge(ms *Measurements) *Report {
	out := &Report{
		At: p.Now, Engine: p.engine, ReadAt: ms.readAt, Verdict: Pass, Queries: len(p.Statements),
		BytesScanned: sumOf(ms.bytes, p.Statements), BytesBilled: sumOf(ms.billed, p.Statements),
	}
	for _, s := range p.suites {
		sr := SuiteReport{
			Suite: s.suite.label(), Table: s.suite.Table, Owner: s.suite.Owner, Scope: s.scope(ms),
			Queries: len(s.statements), BytesScanned: sumOf(ms.bytes, s.statements), Warnings: s.suite.Warnings(),
		}
		for _, r := range s.rules {
			c := r.judge(ms)
			sr.Checks = append(sr.Checks, c)
			sr.Verdict = max(sr.Verdict, c.Verdict)
		}
		out.Suites = append(out.Suites, sr)
		out.Verdict = max(out.Verdict, sr.Verdict)
	}
	return out
}

// scope is what the suite looked at, with the counts of its filter.
func (s plannedSuite) scope(ms *Measurements) ScopeReport {
	out := ScopeReport{Date: s.suite.Date, From: s.suite.From, To: s.suite.To, Zone: s.suite.zone(), Where: s.suite.Where.String()}
	if s.filter == nil {
		return out
	}
	if total, err := s.filter.total(ms); err == nil {
		out.WhereCounts = &total
	}
	return out
}

func (r plannedRule) judge(ms *Measurements) CheckReport {
	d := r.rule.Describe()
	out := CheckReport{ID: r.id, Kind: d.Kind, Columns: d.Columns, Claim: d.Claim, Where: r.rule.population()}
	if r.err != nil {
		out.Verdict, out.Reason = Unknown, "could not be evaluated: "+r.err.Error()
		return out
	}
	found, v, err := r.outcome(d, ms)
	if err != nil {
		out.Verdict, out.Reason = Unknown, "could not be evaluated: "+err.Error()
		return out
	}
	if out.Where != "" {
		total := v.total()
		if r.filter != nil {
			if total, err = r.filter.total(ms); err != nil {
				return out
			}
		}
		out.WhereCounts = &total
	}
	out.Findings = append(found, v.others...)
	for i, f := range out.Findings {
		f = r.unsegmented(f, v)
		if !explains(f.Verdict) {
			f.AtFault = nil
		}
		out.Findings[i] = f
	}
	out.Verdict, out.Reason = summary(out.Findings)
	if w := r.rule.Waiver; w != nil {
		out.Waiver = r.waiverReport(*w, out.Findings)
	}
	return out
}

// findings are those of the check, and before it the rules that hold for every
// kind: nothing to judge is never a pass, and rows that belong to no segment and
// no date are told.
func (r plannedRule) findings(d Description, v *view) []Finding {
	var out []Finding
	for _, s := range v.segments {
		if f, judged := r.nothingToJudge(d, v, s); !judged {
			out = append(out, f)
			continue
		}
		v.judged = append(v.judged, s)
	}
	if len(v.segments) == 0 {
		out = append(out, Finding{Verdict: Unknown, Reason: fmt.Sprintf("nothing to judge: there is no %s in scope, so no segment either", cmp.Or(d.Judges, "row")), Observed: ObservedShare(0, 0)})
	}
	if len(v.judged) > 0 || v.undated > 0 {
		var found []Finding
		if err := Guard("the check panicked", func() error { found = r.rule.Judge(r.scope, v); return nil }); err != nil {
			found = []Finding{{Verdict: Unknown, Reason: err.Error()}}
		}
		out = append(out, found...)
	}
	out = append(out, v.silent(out)...)
	if v.err != nil && !slices.ContainsFunc(out, func(f Finding) bool { return f.Reason == v.err.Error() }) {
		out = append(out, Finding{Verdict: Unknown, Reason: v.err.Error()})
	}
	for i, f := range out {
		if !f.Verdict.known() {
			out[i].Verdict, out[i].Reason = Unknown, "the check gave no verdict; "+f.Reason
		}
	}
	if v.undated > 0 && !r.rule.NullsOK {
		out = append(out, Finding{
			Segment: NewSegment([]string{r.scope.Date}, []expr.Value{{}}),
			Verdict: Unknown,
			Reason: fmt.Sprintf("%s to no date: null: ok sets them aside",
				Plural(v.undated, "row has a NULL "+r.scope.Date+" and belongs", "rows have a NULL "+r.scope.Date+" and belong")),
		})
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return a.Segment.Compare(b.Segment) })
	return out
}

// nothingToJudge is the finding for a segment without a row to judge.
func (r plannedRule) nothingToJudge(d Description, v *view, s Segment) (Finding, bool) {
	c := v.counts[s.Key()]
	if d.LooksAtNoRows || c.True > 0 {
		return Finding{}, true
	}
	owed, nothing := v.owed(s)
	if nothing {
		return Finding{Segment: s, Verdict: Pass, Reason: "nothing due"}, false
	}
	if d.JudgesZero {
		return Finding{}, true
	}
	f := Finding{Segment: s, Verdict: Unknown, Observed: ObservedShare(0, 0)}
	switch {
	case c.Rows() == 0 && len(s.Columns()) > 0:
		f.Reason = fmt.Sprintf("nothing to judge: the segment is expected, and there is no %s of it", cmp.Or(d.Judges, "row"))
	case c.Rows() == 0:
		f.Reason = fmt.Sprintf("nothing to judge: there is no %s in scope", cmp.Or(d.Judges, "row"))
	case r.rule.NoneOK:
		f.Verdict = Pass
		f.Reason = fmt.Sprintf("none of %s where %s, which is allowed", Plural(c.Rows(), "row", "rows"), r.rule.population())
	default:
		f.Reason = fmt.Sprintf("nothing to judge: %s is TRUE for none of %s (FALSE %s, NULL %s%s)",
			r.rule.population(), Plural(c.Rows(), "row", "rows"), Grouped(c.False), Grouped(c.Null), c.nan())
	}
	if f.Verdict == Unknown {
		f.Reason += owed
	}
	return f, false
}

// silent finds the segments that the check passed over.
func (v *view) silent(found []Finding) []Finding {
	said := map[string]bool{}
	for _, f := range found {
		said[f.Segment.Key()] = true
	}
	var out []Finding
	for _, s := range v.judged {
		if !said[s.Key()] {
			out = append(out, Finding{Segment: s, Verdict: Unknown, Reason: "the check said nothing about this segment"})
		}
	}
	return out
}

// unsegmented lets no finding about rows of a NULL segment be better than
// unknown, waived ones included, unless that segment is expected.
func (r plannedRule) unsegmented(f Finding, v *view) Finding {
	rows, known := v.counts[f.Segment.Key()]
	if !known || !f.Segment.HasNull() || f.Verdict >= Unknown {
		return f
	}
	for _, e := range r.expected {
		if e.Key() == f.Segment.Key() {
			return f
		}
	}
	f.Verdict = Unknown
	f.Reason = fmt.Sprintf("%s in no segment, for a group-by column is NULL: expect null if that is right; %s",
		Plural(rows.Rows(), "row is", "rows are"), f.Reason)
	return f
}

// summary is the worst verdict, with the reason of the first finding that has it.
func summary(findings []Finding) (Verdict, string) {
	worst := Pass
	for _, f := range findings {
		worst = max(worst, f.Verdict)
	}
	like := 0
	reason := ""
	for _, f := range findings {
		if f.Verdict != worst {
			continue
		}
		if like++; like == 1 {
			reason = f.Reason
			if name := f.Segment.String(); name != "" {
				reason = name + ": " + reason
			}
		}
	}
	if like > 1 {
		if worst == Pass {
			return worst, fmt.Sprintf("all %s hold", Plural(int64(like), "segment", "segments"))
		}
		reason += fmt.Sprintf(" (and %d more)", like-1)
	}
	return worst, reason
}
