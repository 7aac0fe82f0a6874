package features

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Losses is what became of the rows, beside the verdict.
type Losses struct {
	// Unknown says why they could not be counted, "" where they were.
	Unknown string `json:"unknown,omitempty"`
	// Eligible counts the rows of the set's days by what makes them eligible, nil where all
	// of them are.
	Eligible *Eligible `json:"eligible"`
	// Labelled are the eligible rows that have a label, Training those of them that are
	// trained on, and AnyDefault those in which some feature is a default.
	Labelled   int64 `json:"labelled"`
	Training   int64 `json:"training"`
	AnyDefault int64 `json:"any_default"`
	// Features are those that some row breaks a rule of, the most harmful first.
	Features []FeatureLosses `json:"features"`
}

// Eligible is how many rows are eligible, are not, and of how many that is not known.
type Eligible struct {
	True  int64 `json:"true"`
	False int64 `json:"false"`
	Null  int64 `json:"null"`
}

// FeatureLosses is how many rows break the rules of one feature.
type FeatureLosses struct {
	Feature string `json:"feature"`
	// Rows break at least one of them, and Rules says which; those whose window is not right
	// may be others.
	Rows  int64        `json:"rows"`
	Rules []RuleLosses `json:"rules"`
}

// RuleLosses is how many rows break one rule: populated, range, defaults, null_if, total.
type RuleLosses struct {
	Rule string `json:"rule"`
	Rows int64  `json:"rows"`
}

// losses is a check that claims nothing and counts which rows break which rule.
type losses struct{ set Set }

const lossesID = "rows lost"

// broken is TRUE of the rows that break a rule.
type broken struct {
	feature, rule string
	of            expr.Expr
}

func (losses) Describe() quality.Description {
	return quality.Description{Kind: "losses", Claim: "the rows that each rule loses are counted", JudgesZero: true}
}

// broken asks the set's own checks which rows are at fault.
func (c losses) broken(s quality.Scope) ([]broken, error) {
	var out []broken
	for _, r := range c.set.Checks().Rules[len(c.set.Rules):] {
		t, ok := r.Check.(quality.Tracer)
		name, rule, ruled := strings.Cut(r.ID, " ")
		if !ok || !ruled {
			continue
		}
		faults, err := t.AtFault(s)
		if err != nil {
			return nil, err
		}
		for _, f := range faults {
			if !f.Of.IsZero() { // rows that are made, which the check itself counts
				continue
			}
			out = append(out, broken{name, rule, expr.AllOf(r.Where, f.Where)})
		}
	}
	return out, nil
}

func tally(of expr.Expr) quality.Request { return quality.Request{Metric: quality.Tally{Of: of}} }

// whole are all rows that break one of several rules, the zero Expr where there is none.
func whole(of []broken, chosen func(broken) bool) expr.Expr {
	var parts []expr.Expr
	for _, b := range of {
		if chosen(b) {
			parts = append(parts, b.of)
		}
	}
	switch len(parts) {
	case 0:
		return expr.Expr{}
	case 1:
		return parts[0]
	}
	return expr.AnyOf(parts...)
}

func (c losses) names(of []broken) []string {
	var out []string
	for _, b := range of {
		if !slices.Contains(out, b.feature) {
			out = append(out, b.feature)
		}
	}
	return out
}

func anyDefault(b broken) bool { return b.rule == "defaults" }

func (c losses) Requests(s quality.Scope) ([]quality.Request, error) {
	rules, err := c.broken(s)
	if err != nil {
		return nil, err
	}
	out := []quality.Request{tally(c.set.labelled()), tally(c.set.Training())}
	if of := whole(rules, anyDefault); !of.IsZero() {
		out = append(out, tally(of))
	}
	for _, b := range rules {
		out = append(out, tally(b.of))
	}
	for _, name := range c.names(rules) {
		out = append(out, tally(whole(rules, func(b broken) bool { return b.feature == name })))
	}
	return out, nil
}

func (c losses) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	rules, err := c.broken(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	var out []quality.Finding
	for seg := range m.Segments() {
		out = append(out, c.totals(seg, m, rules))
		for _, name := range c.names(rules) {
			f := counted(seg, name)
			f.count(m, "rows", whole(rules, func(b broken) bool { return b.feature == name }))
			for _, b := range rules {
				if b.feature == name {
					f.count(m, b.rule, b.of)
				}
			}
			out = append(out, f.Finding)
		}
	}
	return out
}

func (c losses) totals(seg quality.Segment, m quality.Measured, rules []broken) quality.Finding {
	f := counted(seg, "")
	f.count(m, "labelled", c.set.labelled())
	f.count(m, "training", c.set.Training())
	if of := whole(rules, anyDefault); !of.IsZero() {
		f.count(m, "any default", of)
	}
	return f.Finding
}

// counting is a finding that tells counts.
type counting struct{ quality.Finding }

func counted(seg quality.Segment, subject string) counting {
	return counting{quality.Finding{Segment: seg, Subject: subject, Verdict: quality.Pass, Reason: "counted"}}
}

func (f *counting) count(m quality.Measured, name string, of expr.Expr) {
	n, err := quality.Get[quality.Counts](m, tally(of), f.Segment)
	if err != nil {
		f.Verdict, f.Reason = quality.Unknown, err.Error()
	}
	f.Details = append(f.Details, quality.CountDetail(name, n.True))
}

// lossesOf reads the counts off what the checks of a set came to, its own last.
func (s Set) lossesOf(scope *quality.FilterCounts, all []quality.CheckReport) Losses {
	var out Losses
	if scope != nil {
		out.Eligible = &Eligible{scope.True, scope.False, scope.Null}
	}
	windows := s.windowLosses(all)
	counted := all[len(all)-1]
	if len(counted.Findings) == 0 {
		out.Unknown = counted.Reason
		return out
	}
	for _, f := range counted.Findings {
		of := FeatureLosses{Feature: f.Subject}
		for _, d := range f.Details {
			n := d.Value.Numerator
			switch {
			case f.Subject == "" && d.Name == "labelled":
				out.Labelled = n
			case f.Subject == "" && d.Name == "training":
				out.Training = n
			case f.Subject == "" && d.Name == "any default":
				out.AnyDefault = n
			case d.Name == "rows":
				of.Rows = n
			case n > 0:
				of.Rules = append(of.Rules, RuleLosses{d.Name, n})
			}
		}
		of.add(windows)
		out.add(of)
	}
	for _, name := range slices.Sorted(maps.Keys(windows)) {
		of := FeatureLosses{Feature: name}
		of.add(windows)
		out.add(of)
	}
	slices.SortStableFunc(out.Features, func(a, b FeatureLosses) int { return cmp.Compare(b.Rows, a.Rows) })
	return out
}

func (l *Losses) add(of FeatureLosses) {
	if of.Rows > 0 {
		l.Features = append(l.Features, of)
	}
}

// windowLosses are the rows whose stored window is not right, by feature: their checks
// count them.
func (s Set) windowLosses(all []quality.CheckReport) map[string]int64 {
	out := map[string]int64{}
	for _, c := range all {
		name, rule, _ := strings.Cut(c.ID, " ")
		f, ok := s.named(name)
		if !ok || rule != "window" {
			continue
		}
		for _, found := range c.Findings {
			if found.Subject == f.column() && found.Observed != nil {
				out[name] += found.Observed.Denominator - found.Observed.Numerator
			}
		}
	}
	return out
}

// add takes over what is known of the feature's window. Which of those rows break another
// rule as well is not known.
func (f *FeatureLosses) add(windows map[string]int64) {
	n := windows[f.Feature]
	if delete(windows, f.Feature); n > 0 {
		f.Rows, f.Rules = max(f.Rows, n), append(f.Rules, RuleLosses{"window", n})
	}
}
