package checks

import (
	"fmt"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
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
	Bounds []quality.Bound
}

// Validate reports what is wrong without looking at data.
func (c Complete) Validate() error {
	if len(c.Columns) == 0 {
		return fmt.Errorf("it names no column")
	}
	if err := expr.CheckDistinct(c.Columns); err != nil {
		return err
	}
	return quality.CheckShares(c.bounds())
}

func (c Complete) bounds() []quality.Bound { return quality.OrAll(c.Bounds) }

// Describe says which columns are claimed to be populated, and how much.
func (c Complete) Describe() quality.Description {
	mode := ""
	if len(c.Columns) > 1 {
		mode = "all of "
		if c.Any {
			mode = "any of "
		}
	}
	return quality.Description{
		Kind:    "complete",
		Columns: c.Columns,
		Claim:   fmt.Sprintf("%s%s populated %s", mode, strings.Join(c.Columns, ", "), quality.Claim(c.bounds())),
	}
}

// Requests counts the rows that are populated.
func (c Complete) Requests(s quality.Scope) ([]quality.Request, error) {
	for _, name := range c.Columns {
		if _, err := s.Schema.Field(name); err != nil {
			return nil, err
		}
	}
	return []quality.Request{c.populated(s.Schema)}, c.checkMissing(s.Schema)
}

func (c Complete) checkMissing(s expr.Schema) error {
	for _, m := range c.Missing {
		if !c.fits(m, s) {
			return fmt.Errorf("missing: %s fits the type of none of the columns: take it off, or declare the column STRING if it can hold it", m.SQL())
		}
	}
	return nil
}

// DeclaresMissing reports whether a text of a column stands for no value.
func (c Complete) DeclaresMissing(column, text string) bool {
	v, err := expr.ValueOf(text)
	return err == nil && expr.Named(c.Columns, column) && slices.Contains(c.Missing, v)
}

func (c Complete) fits(m expr.Value, s expr.Schema) bool {
	for _, name := range c.Columns {
		if f, _ := s.Field(name); f.Type == expr.Null || f.Text && m.Type() == expr.String {
			return true
		} else if _, err := m.Coerce(f.Type); err == nil {
			return true
		}
	}
	return false
}

// populated leaves out, for each column, the missing values that its type cannot
// hold, so that -999 and "" can be declared for columns of several types.
func (c Complete) populated(s expr.Schema) quality.Request {
	var parts []expr.Expr
	for _, name := range c.Columns {
		var missing []expr.Value
		f, _ := s.Field(name) // one that is not there is refused where it is bound
		for _, m := range c.Missing {
			if v, err := m.Coerce(f.Type); err == nil {
				missing = append(missing, v)
			}
		}
		parts = append(parts, expr.Col(name).Populated(missing...))
	}
	if c.Any {
		return quality.Request{Metric: quality.Tally{Of: expr.AnyOf(parts...)}}
	}
	return quality.Request{Metric: quality.Tally{Of: expr.AllOf(parts...)}}
}

// Judge holds the share of each segment against the bounds. Rows without a date
// are in no segment: where the date is claimed to be populated, they are judged
// with all others.
func (c Complete) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	var whole quality.Counts
	out := quality.EachSegment(m, c.populated(s.Schema), func(seg quality.Segment, got quality.Counts) quality.Finding {
		whole = whole.Plus(got)
		return c.judge(s, seg, got)
	})
	if n, err := s.CountUndated(m, c.Columns); err == nil && n > 0 && !c.Any {
		whole.False += n
		out = append(out, c.judge(s, s.WithoutDate(), whole))
	}
	return out
}

func (c Complete) judge(s quality.Scope, seg quality.Segment, got quality.Counts) quality.Finding {
	f := s.JudgeShare(seg, got.True, got.Rows(), c.bounds())
	if f.Verdict == quality.Pass && got.True == 0 && slices.ContainsFunc(c.bounds(), quality.Bound.Demands) {
		f.Verdict = quality.Fail
		f.Reason += ": no row is populated, whatever is allowed"
	}
	return f
}
