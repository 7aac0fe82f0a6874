package quality

import (
	"fmt"
	"maps"
	"slices"

	"cloud.google.com/go/civil"

	"github.com/intactdata/intact/quality/expr"
)

// today is the calendar day of the suite's time zone.
func (r plannedRule) today() civil.Date {
	now := r.scope.Now
	if zone, err := expr.LoadZone(r.suite.zone()); err == nil {
		now = now.In(zone)
	}
	return civil.DateOf(now)
}

// softened are the findings of a rule, with its failures as what the rule says they
// mean.
func (r plannedRule) softened(d Description, v *view, ms *Measurements) ([]Finding, error) {
	out := r.findings(d, v)
	var rest map[string][]Finding
	if r.rest != nil {
		left, err := viewOf(*r.rest, ms)
		if err != nil {
			return nil, err
		}
		rest = bySegment(r.rest.findings(d, left))
	}
	for i, f := range out {
		out[i] = r.explained(r.soften(f, rest[f.Segment.Key()]), ms)
	}
	return out, nil
}

// soften turns a failure into what the rule says it means. Rest are the findings
// of its segment without the keys that are waived.
func (r plannedRule) soften(f Finding, rest []Finding) Finding {
	if f.Verdict != Fail {
		return f
	}
	if w := r.rule.Waiver; w != nil && r.covers(f.Segment) {
		why := r.unwaived(*w, f, rest)
		if why == "" {
			f.Verdict = Waived
			f.Reason = fmt.Sprintf("waived by %s until %s, %s: %s", w.Owner, w.Until, w.Reason, f.Reason)
			return f
		}
		f.Reason += " (" + why + ")"
	}
	if r.rule.WarnOnly {
		f.Verdict = Warn
	}
	return f
}

// unwaived says why a waiver does not let a failure through, "" where it does.
func (r plannedRule) unwaived(w Waiver, f Finding, rest []Finding) string {
	if r.today().After(w.Until) {
		return fmt.Sprintf("the waiver of %s expired on %s", w.Owner, w.Until)
	}
	without := ""
	if len(w.Keys) > 0 {
		at := slices.IndexFunc(rest, func(g Finding) bool { return g.Subject == f.Subject })
		if at < 0 || rest[at].Verdict == Pass || rest[at].nothing() {
			return ""
		}
		f = rest[at]
		without = fmt.Sprintf("without the %s that %s waives %s", Plural(int64(len(w.Keys)), "key", "keys"), w.Owner, f.Reason)
		if w.DownTo.at == nil || f.Verdict != Fail {
			return without
		}
		without += ", "
	}
	switch {
	case w.DownTo.at == nil:
		return ""
	case f.Observed == nil || f.Observed.Unit != UnitShare:
		return fmt.Sprintf("%sno share that the waiver's floor of %s could be held against", without, w.DownTo.Percentage())
	case slices.ContainsFunc(f.Bounds, func(b Bound) bool { return !b.Demands() && !b.Holds(*f.Observed) }):
		return fmt.Sprintf("%sthe waiver's floor of %s says nothing of a share that is too large: leave down_to out", without, w.DownTo.Percentage())
	case !AtLeast(w.DownTo).Holds(*f.Observed):
		return fmt.Sprintf("%sbelow the waiver's floor of %s", without, w.DownTo.Percentage())
	}
	return ""
}

// nothing reports whether there was nothing to judge.
func (f Finding) nothing() bool {
	return f.Verdict == Unknown && f.Observed != nil && f.Observed.Unit == UnitShare && f.Observed.Denominator == 0
}

func (r plannedRule) covers(s Segment) bool {
	return len(r.waived) == 0 || slices.ContainsFunc(r.waived, func(w Segment) bool { return w.Key() == s.Key() })
}

// waiverReport says what a waiver came to.
func (r plannedRule) waiverReport(w Waiver, found []Finding) *WaiverReport {
	out := &WaiverReport{Owner: w.Owner, Reason: w.Reason, Until: w.Until, Expired: r.today().After(w.Until)}
	met := map[string]bool{}
	for _, f := range found {
		if f.Verdict == Waived {
			out.Waives++
		}
		if f.Verdict == Waived || f.Verdict == Warn || f.Verdict == Fail {
			met[f.Segment.Key()] = r.covers(f.Segment) || met[f.Segment.Key()]
		}
	}
	for _, s := range r.waived {
		if !met[s.Key()] {
			out.Unmet = append(out.Unmet, s)
		}
	}
	out.MeetsNothing = !slices.Contains(slices.Collect(maps.Values(met)), true)
	return out
}
