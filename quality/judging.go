package quality

import (
	"fmt"

	"github.com/intactdata/intact/quality/expr"
)

// EachSegment makes a finding of every segment that is to be judged, of what was
// measured there; where that cannot be had the finding is unknown.
func EachSegment[T any](m Measured, r Request, judge func(Segment, T) Finding) []Finding {
	var out []Finding
	for s := range m.Segments() {
		got, err := Get[T](m, r, s)
		if err != nil {
			out = append(out, Finding{Segment: s, Verdict: Unknown, Reason: err.Error()})
			continue
		}
		out = append(out, judge(s, got))
	}
	return out
}

// JudgeShare holds num/den against every bound; the reason names the denominator.
func (s Scope) JudgeShare(of Segment, num, den int64, bounds []Bound) Finding {
	text := fmt.Sprintf("%s of %s %s (%s)", Grouped(num), Grouped(den), s.Rowed(), Share(num, den, bounds...))
	return Hold(of, ObservedShare(num, den), bounds, text)
}

// JudgeValues holds the share of a column's values that a predicate is TRUE for
// against every bound. A NULL is no value: it is told beside them, and where there
// is nothing else there is nothing to judge.
func (s Scope) JudgeValues(of Segment, column string, c Counts, bounds []Bound) Finding {
	values := c.True + c.False
	if values == 0 {
		reason := fmt.Sprintf("nothing to judge: %s is NULL in all %s%s", column, Plural(c.Null, "row", "rows"), s.whereText())
		return Finding{Segment: of, Subject: column, Verdict: Unknown, Reason: reason, Observed: ObservedShare(0, 0), Bounds: bounds}
	}
	text := fmt.Sprintf("%s of %s of %s%s (%s)", Grouped(c.True), Plural(values, "value", "values"), column, s.whereText(), Share(c.True, values, bounds...))
	f := Hold(of, ObservedShare(c.True, values), bounds, text)
	f.Subject, f.Details = column, []Detail{CountDetail("null_rows", c.Null)}
	if c.Null > 0 {
		f.Reason += fmt.Sprintf(", beside %s", Plural(c.Null, "NULL", "NULLs"))
	}
	return f
}

// JudgeCount holds a number of rows against every bound.
func (s Scope) JudgeCount(of Segment, n int64, bounds []Bound) Finding {
	return Hold(of, ObservedCount(n), bounds, Plural(n, "row", "rows")+s.whereText())
}

// JudgeOfDue holds a number of rows as a share of what was due against every bound. Of
// nothing the share of every bound is 0 rows.
func (s Scope) JudgeOfDue(of Segment, n int64, due Due, bounds []Bound) Finding {
	if due.Rows > 0 {
		text := fmt.Sprintf("%s of %s%s that were due (%s)", Grouped(n), Plural(due.Rows, "row", "rows"), s.whereText(), Share(n, due.Rows, bounds...))
		return Hold(of, ObservedShare(n, due.Rows), bounds, text)
	}
	none := make([]Bound, len(bounds))
	for i, b := range bounds {
		none[i] = Bound{op: b.op, limit: Count(0)}
	}
	f := Hold(of, ObservedCount(n), none, fmt.Sprintf("%s%s, of none that was due", Plural(n, "row", "rows"), s.whereText()))
	if due.Waiting > 0 {
		f.Verdict = Unknown
		f.Reason = fmt.Sprintf("%s%s, of %s that will be due", Plural(n, "row", "rows"), s.whereText(), Grouped(due.Waiting))
	}
	return f
}

// Hold is the finding of what was observed in a segment, held against every
// bound. The text says what it is; what it is not, and how far off, is added.
func Hold(of Segment, o *Observed, bounds []Bound, text string) Finding {
	f := Finding{Segment: of, Verdict: Pass, Observed: o, Bounds: bounds, Reason: text}
	for _, b := range bounds {
		if b.Holds(*o) {
			continue
		}
		f.Verdict = Fail
		f.Reason += ", not " + b.Human() + b.short(*o)
	}
	return f
}

// Rowed names the rows that are judged: rows where minutes_played > 0.
func (s Scope) Rowed() string { return "rows" + s.whereText() }

func (s Scope) whereText() string { return whereText(s.Where) }

func whereText(where expr.Expr) string {
	if where.IsZero() {
		return ""
	}
	return " where " + where.String()
}

// WithoutDate is the segment of the rows whose date is NULL.
func (s Scope) WithoutDate() Segment {
	return NewSegment([]string{s.Date}, []expr.Value{{}})
}

// CountUndated counts the rows without a date that a claim about the date column
// itself is about, though no segment holds them; 0 where the suite has no date or
// the claim does not name it.
func (s Scope) CountUndated(m Measured, columns []string) (int64, error) {
	if s.Date == "" || !expr.Named(columns, s.Date) {
		return 0, nil
	}
	c, err := Get[Counts](m, s.Undated(), Segment{})
	return c.Rows(), err
}
