package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// agreeing is TRUE of a key of both sides for which a predicate is.
func agreeing(holds expr.Expr) expr.Expr {
	return expr.AllOf(here, there, expr.Coalesce(holds, false))
}

// agreed holds the share of the keys of both sides that agree in something, which is
// counted by a name, against the bounds.
func (k keys) agreed(s quality.Scope, m quality.Measured, name, subject, says string, bounds []quality.Bound) []quality.Finding {
	return k.judge(s, m, func(seg quality.Segment, n counts) quality.Finding {
		text := fmt.Sprintf("%s of %s in %s of %s", says, k.of.Table, quality.Grouped(n[name]), quality.Plural(n["both"], "key", "keys"))
		f := k.hold(seg, n[name], n["both"], quality.OrAll(bounds), text, nil)
		if n["both"] == 0 {
			f.Reason = "nothing to judge: no key is on both sides"
		}
		f.Subject = subject
		f.Details = []quality.Detail{quality.CountDetail("unexpected_keys", n["unexpected"]), quality.CountDetail("null_rows", ourNulls(n))}
		if len(s.By) == 0 { // else they are in no segment
			f.Details = append(f.Details, quality.CountDetail("missing_keys", n["missing"]), quality.CountDetail("null_due_rows", n["their nulls"]))
		}
		return f
	})
}

// oneSided are the findings on keys that are on one side only, where there are such, and
// on those with a NULL part.
func (k keys) oneSided(s quality.Scope, m quality.Measured, allowed bool) []quality.Finding {
	judged, rest := k.asks(s)
	faults := func(n counts) []fault {
		out := append(nulls(ourNulls(n), s.Info.Name, s.NullsOK), nulls(n["their nulls"], k.of.Table, k.of.NullsOK)...)
		if rows := n["missing"]; rows > 0 && !allowed {
			out = append(out, fault{rows, "key is in " + k.of.Table + " only", "keys are in " + k.of.Table + " only"})
		}
		if rows := n["unexpected"]; rows > 0 && !allowed {
			out = append(out, fault{rows, "key is not in " + k.of.Table, "keys are not in " + k.of.Table})
		}
		return append(out, k.untranslated(n)...)
	}
	var out []quality.Finding
	add := func(seg quality.Segment, n counts) {
		if found := faults(n); len(found) > 0 {
			out = append(out, failed(quality.Finding{Segment: seg}, found))
		}
	}
	beside, err := quality.Get[counts](m, rest, quality.Segment{})
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	for seg := range m.Segments() {
		n, err := quality.Get[counts](m, judged, seg)
		if err != nil {
			return append(out, quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()})
		}
		if len(s.By) == 0 {
			n = n.plus(beside)
		}
		add(seg, n)
	}
	if len(s.By) > 0 {
		beside["lacking"], beside["ambiguous"] = 0, 0 // which judge tells
		before := len(out)
		add(quality.Segment{}, beside)
		for i := before; i < len(out); i++ {
			out[i].Subject = k.of.Table
		}
	}
	return out
}
