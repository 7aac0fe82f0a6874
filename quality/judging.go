package quality

import (
	"fmt"
	"strings"

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
	text := fmt.Sprintf("%s of %s%s (%s)", Grouped(num), Plural(den, "row", "rows"), s.whereText(), Share(num, den, bounds...))
	return Hold(of, ObservedShare(num, den), bounds, text)
}

// Told says how reports speak of what a predicate was asked of: value of x, values of
// x.
type Told struct {
	Subject   string // the column, or ""
	One, Many string
	Being     string // what those are that it is TRUE for: "up to 50", or ""
	// NullsFail: what the predicate is NULL for does not satisfy. Otherwise it is told
	// beside the others, and where there is nothing else there is nothing to judge.
	NullsFail bool
}

// noun is what they are, whatever they are of: row of a row with a total.
func (t Told) noun() string {
	noun, _, _ := strings.Cut(t.One, " ")
	return noun
}

// ValuesOf are those of a column, of which NULL is none.
func ValuesOf(column string) Told {
	return Told{Subject: column, One: "value of " + column, Many: "values of " + column}
}

// JudgeTally holds the share that a predicate is TRUE for against every bound.
func (s Scope) JudgeTally(of Segment, t Told, c Counts, bounds []Bound) Finding {
	judged, null := c.True+c.False, ""
	switch {
	case c.Null == 0:
	case t.NullsFail:
		judged += c.Null
		null = fmt.Sprintf(", NULL for %s", Grouped(c.Null))
	default:
		null = fmt.Sprintf(", beside %s", Plural(c.Null, "NULL", "NULLs"))
	}
	if judged == 0 {
		return s.NothingToJudge(of, t, c.Null, bounds)
	}
	being := ""
	if t.Being != "" {
		being = isOrAre(judged) + " " + t.Being
	}
	text := fmt.Sprintf("%s of %s%s%s (%s)", Grouped(c.True), Plural(judged, t.One, t.Many), s.whereText(), being, Share(c.True, judged, bounds...))
	share := ObservedShare(c.True, judged)
	if t.Subject == "" {
		share.Of(t.noun())
	}
	f := Hold(of, share, bounds, text)
	f.Subject, f.Details = t.Subject, []Detail{CountDetail("null_rows", c.Null)}
	f.Reason += null
	return f
}

// NothingToJudge is the finding where everything is NULL.
func (s Scope) NothingToJudge(of Segment, t Told, null int64, bounds []Bound) Finding {
	reason := fmt.Sprintf("nothing to judge: NULL for all %s%s", Plural(null, t.noun(), t.noun()+"s"), s.whereText())
	if t.Subject != "" {
		reason = fmt.Sprintf("nothing to judge: %s is NULL in all %s%s", t.Subject, Plural(null, "row", "rows"), s.whereText())
	}
	return Finding{Segment: of, Subject: t.Subject, Verdict: Unknown, Reason: reason, Observed: ObservedShare(0, 0), Bounds: bounds}
}

// JudgeNumber holds a number against every bound; what says what it is of.
func (s Scope) JudgeNumber(of Segment, what string, o *Observed, bounds []Bound) Finding {
	return Hold(of, o, bounds, fmt.Sprintf("%s%s is %s", what, s.whereText(), o.Beside(bounds...)))
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
		none[i] = Bound{op: b.op, limit: Count(0), high: Count(0)}
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

func (s Scope) whereText() string {
	if s.population == "" {
		return ""
	}
	return " where " + s.population
}

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
	if !s.undates() || !expr.Named(columns, s.Date) {
		return 0, nil
	}
	c, err := Get[Counts](m, s.Undated(), Segment{})
	return c.Rows(), err
}
