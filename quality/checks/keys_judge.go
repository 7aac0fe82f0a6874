package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
)

// fault is a number of rows that fail a check on keys whatever its bounds are.
type fault struct {
	rows int64
	one  string // 1 row …
	many string // 2 rows …
}

// judge makes a finding of each segment by its figures. What belongs to no segment,
// for it is not on the side that has them, is told with the only one, or by itself
// where there are several.
func (k keys) judge(s quality.Scope, m quality.Measured, of func(quality.Segment, counts) quality.Finding) []quality.Finding {
	judged, rest := k.asks(s)
	beside, err := quality.Get[counts](m, rest, quality.Segment{})
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	out := quality.EachSegment(m, judged, func(seg quality.Segment, n counts) quality.Finding {
		if len(s.By) == 0 {
			n = n.plus(beside)
		}
		return k.of.Due.judge(s, m, seg, n, func() quality.Request { return k.next(s) }, func(n counts) quality.Finding { return of(seg, n) })
	})
	if faults := k.untranslated(beside); len(s.By) > 0 && len(faults) > 0 {
		f := quality.Finding{Verdict: quality.Pass, Subject: s.Info.Name}
		out = append(out, failed(f, faults))
	}
	return out
}

// hold holds a share of keys against the bounds, beside what fails whatever they are.
func (k keys) hold(seg quality.Segment, num, den int64, bounds []quality.Bound, text string, faults []fault) quality.Finding {
	f := quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: "nothing to judge: no key is whole", Observed: quality.ObservedShare(0, 0), Bounds: bounds}
	if den > 0 {
		f = quality.Hold(seg, quality.ObservedShare(num, den).Of("key"), bounds, fmt.Sprintf("%s (%s)", text, quality.Share(num, den, bounds...)))
	}
	return failed(f, faults)
}

// failed adds what fails a finding.
func failed(f quality.Finding, faults []fault) quality.Finding {
	for _, x := range faults {
		f.Verdict = quality.Fail
		text := quality.Plural(x.rows, x.one, x.many)
		if f.Reason == "" {
			f.Reason = text
		} else {
			f.Reason += "; " + text
		}
	}
	return f
}

// nulls are rows whose key has a NULL part, unless they are set aside.
func nulls(rows int64, table string, aside bool) []fault {
	if rows == 0 || aside {
		return nil
	}
	return []fault{{rows, fmt.Sprintf("row of %s has a key with a NULL part", table), fmt.Sprintf("rows of %s have a key with a NULL part", table)}}
}

// untranslated are the rows whose key a crosswalk does not say, or says twice.
func (k keys) untranslated(n counts) []fault {
	var out []fault
	if rows := n["lacking"]; rows > 0 {
		out = append(out, fault{rows, "row has a key that its crosswalk lacks", "rows have a key that their crosswalk lacks"})
	}
	if rows := n["ambiguous"]; rows > 0 {
		out = append(out, fault{rows, "row has a key that its crosswalk has twice", "rows have a key that their crosswalk has twice"})
	}
	return out
}

// ourNulls are the rows of the suite's table whose own key has a NULL part.
func ourNulls(n counts) int64 { return n["our nulls"] - n["lacking"] - n["ambiguous"] }

// undated are the rows of the suite's table that no segment holds, whose key has a
// NULL part where the date is one.
func (k keys) undated(s quality.Scope, m quality.Measured) []quality.Finding {
	n, err := s.CountUndated(m, k.columns)
	if err != nil || n == 0 || s.NullsOK {
		return nil
	}
	return []quality.Finding{failed(quality.Finding{Segment: s.WithoutDate()}, nulls(n, s.Info.Name, false))}
}
