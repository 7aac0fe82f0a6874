package checks

import (
	"fmt"
	"time"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Fresh claims that the newest row is not too old, by the time of what it is about and
// the clock of the run. The age of a DATE counts from the end of that day in the
// suite's zone; rows after now are set aside, so that no row of the future keeps an
// old table fresh.
//
//	age = now − newest of the times that are not after now
type Fresh struct {
	Column string // DATE, TIMESTAMP or DATETIME
	Within time.Duration
}

// Validate reports what is wrong without looking at data.
func (c Fresh) Validate() error {
	switch {
	case c.Column == "":
		return fmt.Errorf("it names no column")
	case c.Within <= 0:
		return fmt.Errorf("within %s holds for no table", c.Within)
	}
	return nil
}

func (c Fresh) bounds() []quality.Bound { return []quality.Bound{quality.Within(c.Within)} }

// Describe says how old the newest row may be.
func (c Fresh) Describe() quality.Description {
	return quality.Description{
		Kind: "fresh", Columns: []string{c.Column},
		Claim: fmt.Sprintf("the newest %s is %s", c.Column, quality.Claim(c.bounds())),
	}
}

// Requests looks for the newest time up to now.
func (c Fresh) Requests(s quality.Scope) ([]quality.Request, error) {
	q, err := c.newest(s)
	return []quality.Request{q}, err
}

func (c Fresh) newest(s quality.Scope) (quality.Request, error) {
	now, err := s.NowAs(c.Column)
	return quality.Request{Metric: newest{of: expr.Col(c.Column), now: expr.Lit(now)}}, err
}

// Judge holds the age of each segment's newest row against the limit.
func (c Fresh) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	q, err := c.newest(s)
	if err != nil {
		return []quality.Finding{{Verdict: quality.Unknown, Reason: err.Error()}}
	}
	return quality.EachSegment(m, q, func(seg quality.Segment, n newestOf) quality.Finding {
		return c.judge(s, seg, n)
	})
}

func (c Fresh) judge(s quality.Scope, seg quality.Segment, n newestOf) quality.Finding {
	details := []quality.Detail{quality.CountDetail("rows_after_now", n.after), quality.CountDetail("null_rows", n.null)}
	beside := ""
	if n.null > 0 {
		beside += fmt.Sprintf(", beside %s", quality.Plural(n.null, "NULL", "NULLs"))
	}
	if n.after > 0 {
		beside += fmt.Sprintf(", beside %s after now", quality.Plural(n.after, "row", "rows"))
	}
	if n.at.IsNull() {
		return quality.Finding{
			Segment: seg, Verdict: quality.Unknown, Bounds: c.bounds(), Details: details,
			Reason: fmt.Sprintf("nothing to judge: there is no %s up to now%s", c.Column, beside),
		}
	}
	age, err := s.Age(n.at)
	if err != nil {
		return quality.Finding{Segment: seg, Verdict: quality.Unknown, Reason: err.Error()}
	}
	o := quality.ObservedAge(max(age, 0)) // a day that is not over yet
	at := ""
	if !s.Redacted(c.Column) {
		at = n.at.String() + ", "
	}
	f := quality.Hold(seg, o, c.bounds(), fmt.Sprintf("the newest %s is %s%s ago", c.Column, at, o))
	f.Reason += beside
	f.Details = details
	return f
}

// newest is the last of the times up to now.
type newest struct{ of, now expr.Expr }

type newestOf struct {
	at          expr.Value
	after, null int64
}

// Terms are that time, and what is set aside.
func (n newest) Terms() []quality.Term {
	return []quality.Term{
		quality.MaxOf(expr.If(n.of.Le(n.now), n.of, nil)),
		quality.CountWhere(n.of.Gt(n.now)),
		quality.CountWhere(n.of.IsNull()),
	}
}

// Read makes a newestOf.
func (n newest) Read(_ int64, values []expr.Value) (any, error) {
	after, ok1 := values[1].Go().(int64)
	null, ok2 := values[2].Go().(int64)
	if !ok1 || !ok2 {
		return nil, fmt.Errorf("%s and %s were measured where counts were expected", values[1].SQL(), values[2].SQL())
	}
	return newestOf{values[0], after, null}, nil
}
