package quality

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality/expr"
)

// Complete claims that columns are populated: not NULL, for FLOAT64 finite, and
// not one of the values declared missing. The share is populated rows over rows
// of the population, in each segment.
type Complete struct {
	Columns []string
	// Any: a row counts as populated if any of the columns is. Defaults to all
	// of them.
	Any bool
	// Missing are further values that mean "no value", such as -999 or "". One
	// that fits the type of none of the columns is a mistake.
	Missing []expr.Value
	// Bounds on the share. Defaults to AtLeast(Percent(100)).
	Bounds []Bound
}

// Validate reports what is wrong without looking at data.
func (c Complete) Validate() error {
	if len(c.Columns) == 0 {
		return fmt.Errorf("it names no column")
	}
	if err := expr.CheckDistinct(c.Columns); err != nil {
		return err
	}
	return checkShares(c.bounds())
}

func (c Complete) bounds() []Bound {
	if len(c.Bounds) == 0 {
		return []Bound{AtLeast(Percent(100))}
	}
	return c.Bounds
}

// Describe says which columns are claimed to be populated, and how much.
func (c Complete) Describe() Description {
	mode := ""
	if len(c.Columns) > 1 {
		mode = "all of "
		if c.Any {
			mode = "any of "
		}
	}
	return Description{
		Kind:    "complete",
		Columns: c.Columns,
		Claim:   fmt.Sprintf("%s%s populated %s", mode, strings.Join(c.Columns, ", "), joinBounds(c.bounds(), Bound.Human)),
	}
}

// Metrics is one Tally of the rows that are populated.
func (c Complete) Metrics(s Scope) ([]Metric, error) {
	for _, m := range c.Missing {
		if !c.fits(m, s.Schema) {
			return nil, fmt.Errorf("missing: %s fits the type of none of the columns: take it off, or declare the column STRING if it can hold it", m.SQL())
		}
	}
	t, err := c.tally(s.Schema)
	return []Metric{t}, err
}

func (c Complete) fits(m expr.Value, s expr.Schema) bool {
	for _, name := range c.Columns {
		if f, err := s.Field(name); err != nil || f.Type == expr.Null {
			return true // a missing column is reported by its own name
		} else if _, err := m.Coerce(f.Type); err == nil {
			return true
		}
	}
	return false
}

// tally leaves out, for each column, the missing values that its type cannot
// hold, so that -999 and "" can be declared for columns of several types.
func (c Complete) tally(s expr.Schema) (Tally, error) {
	var parts []expr.Expr
	for _, name := range c.Columns {
		f, err := s.Field(name)
		if err != nil {
			return Tally{}, err
		}
		var missing []expr.Value
		for _, m := range c.Missing {
			if v, err := m.Coerce(f.Type); err == nil {
				missing = append(missing, v)
			}
		}
		parts = append(parts, expr.Col(name).Populated(missing...))
	}
	if c.Any {
		return Tally{expr.AnyOf(parts...)}, nil
	}
	return Tally{expr.AllOf(parts...)}, nil
}

// Judge holds the share of each segment against the bounds.
func (c Complete) Judge(s Scope, m Measured) []Finding {
	t, err := c.tally(s.Schema)
	var out []Finding
	var whole Counts
	for seg := range m.Segments() {
		var got Counts
		if err == nil {
			got, err = t.In(m, seg)
		}
		if err != nil {
			out = append(out, Finding{Segment: seg, Verdict: Unknown, Reason: err.Error()})
			continue
		}
		out = append(out, c.judge(s, seg, got))
		whole.True += got.True
		whole.False += got.False
	}
	if n := m.Undated(); n > 0 && !c.Any && expr.Named(c.Columns, s.Date) {
		// Rows without a date are in no segment: here they are what is judged.
		whole.False += n
		out = append(out, c.judge(s, NewSegment([]string{s.Date}, []expr.Value{{}}), whole))
	}
	return out
}

func (c Complete) judge(s Scope, seg Segment, got Counts) Finding {
	f := judgeShare(seg, got.True, got.Rows(), c.bounds(), populationText(s))
	if f.Verdict == Pass && got.True == 0 && c.wantsValues() {
		f.Verdict = Fail
		f.Reason += ": no row is populated, whatever is allowed"
	}
	return f
}

// wantsValues reports whether the bounds are about what is populated, and not
// only about how little may be.
func (c Complete) wantsValues() bool {
	return slices.ContainsFunc(c.bounds(), func(b Bound) bool { return b.op != opAtMost && b.op != opLessThan })
}

// populationText names the denominator.
func populationText(s Scope) string {
	if s.Where.IsZero() {
		return "rows"
	}
	return "rows where " + s.Where.String()
}

// judgeShare holds a share against every bound.
func judgeShare(seg Segment, num, den int64, bounds []Bound, population string) Finding {
	f := Finding{
		Segment:  seg,
		Verdict:  Pass,
		Observed: ObservedShare(num, den),
		Bounds:   bounds,
		Reason:   fmt.Sprintf("%s of %s %s (%s)", Grouped(num), Grouped(den), population, Share(num, den, bounds...)),
	}
	for _, b := range bounds {
		if b.HoldsShare(num, den) {
			continue
		}
		f.Verdict = Fail
		f.Reason += ", not " + b.Human()
		if b.op == opAllow {
			f.Reason += fmt.Sprintf(": %s too many", plural(b.missing(num, den), "row is", "rows are"))
		} else if n := b.missing(num, den); n > 0 {
			f.Reason += fmt.Sprintf(": %s short", plural(n, "row", "rows"))
		}
	}
	return f
}
