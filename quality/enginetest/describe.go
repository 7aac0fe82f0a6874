package enginetest

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/intactdata/intact/quality"
)

// describe writes everything of a suite's report that engines must agree on:
// verdicts, segments, counts. A check that could not be evaluated says why.
func describe(r quality.SuiteReport) string {
	var b strings.Builder
	for _, c := range r.Checks {
		fmt.Fprintf(&b, "%s %s", c.Verdict, c.ID)
		if len(c.Findings) == 0 {
			b.WriteString(": " + c.Reason)
		}
		if w := c.WhereCounts; w != nil {
			fmt.Fprintf(&b, " where %d/%d/%d", w.True, w.False, w.Null)
			if w.NaN > 0 {
				fmt.Fprintf(&b, " nan=%d", w.NaN)
			}
		}
		b.WriteByte('\n')
		for _, f := range c.Findings {
			b.WriteString("  " + finding(f) + "\n")
			for _, a := range f.AtFault {
				b.WriteString(atFault(a))
			}
		}
		if w := c.Waiver; w != nil && w.String() != "" {
			b.WriteString("  " + w.String() + "\n")
		}
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func finding(f quality.Finding) string {
	out := f.Verdict.String()
	if len(f.Segment.Columns()) > 0 {
		out += fmt.Sprintf(" [%s]", escaped(written(f.Segment)))
	}
	if f.Subject != "" {
		out += " " + f.Subject
	}
	if f.Observed != nil {
		out += " " + observed(*f.Observed)
	}
	for _, d := range f.Details {
		out += " " + d.Name + "=" + observed(d.Value)
	}
	if f.Observed == nil && len(f.Details) == 0 {
		out += " " + f.Reason
	}
	return out
}

// atFault is a line that says what the rows are, and a line for each. Where they stand
// is known to some engines only.
func atFault(a quality.AtFault) string {
	var b strings.Builder
	b.WriteString("    " + cmp.Or(a.Name, "rows"))
	if a.Of > 0 {
		fmt.Fprintf(&b, " of %d", a.Of)
	}
	for _, name := range a.Redacted {
		b.WriteString(" without " + name)
	}
	b.WriteByte('\n')
	for _, r := range a.Rows {
		b.WriteString("      " + escaped(written(quality.NewSegment(a.Columns, r.Values))))
		if r.Times > 0 {
			fmt.Fprintf(&b, " %d times", r.Times)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// observed is a share as 2/3, and a number with nine digits: engines add FLOAT64 in
// orders of their own.
func observed(o quality.Observed) string {
	switch f, ok := o.Float64(); {
	case o.Unit == quality.UnitShare:
		return fmt.Sprintf("%d/%d", o.Numerator, o.Denominator)
	case o.Unit == quality.UnitCount:
		return strconv.FormatInt(o.Numerator, 10)
	case ok && o.Value != nil:
		return strconv.FormatFloat(f, 'g', 9, 64)
	}
	return o.String()
}

// escaped keeps a segment's text on one line.
func escaped(s string) string {
	quoted := fmt.Sprintf("%q", s)
	return quoted[1 : len(quoted)-1]
}

// letters writes a probe by id as a letter for each row: T, F or N.
func letters(r quality.SuiteReport) string {
	c := r.Checks[0]
	if len(c.Findings) == 0 {
		return c.Reason
	}
	var b strings.Builder
	for _, f := range c.Findings {
		switch {
		case len(f.Details) != 3:
			return f.Reason
		case f.Details[0].Value.Numerator == 1:
			b.WriteByte('T')
		case f.Details[1].Value.Numerator == 1:
			b.WriteByte('F')
		case f.Details[2].Value.Numerator == 1:
			b.WriteByte('N')
		default:
			b.WriteByte('-')
		}
	}
	return b.String()
}

// written is a segment with its values as they are, which Segment.String quotes
// where people could misread them.
func written(s quality.Segment) string {
	parts := make([]string, len(s.Columns()))
	for i, column := range s.Columns() {
		parts[i] = column + "=" + s.Values()[i].String()
	}
	return strings.Join(parts, " ")
}

// messages writes what each check of a report says.
func messages(r quality.SuiteReport) string {
	lines := make([]string, len(r.Checks))
	for i, c := range r.Checks {
		lines[i] = fmt.Sprintf("%s %s: %s", c.Verdict, c.ID, c.Reason)
	}
	return strings.Join(lines, "\n")
}

// told are the details of a finding that are not 0.
func told(f quality.Finding) []quality.Detail {
	return slices.DeleteFunc(slices.Clone(f.Details), func(d quality.Detail) bool { return d.Value.Unit == quality.UnitCount && d.Value.Numerator == 0 })
}
