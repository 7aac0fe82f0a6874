package checks

import (
	"fmt"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// populated is terms over the populated values of a column, of which there are as many
// as it reads: neither NULL, nor NaN or an infinity.
type populated struct {
	column string
	terms  []quality.Term
}

// value is a column where it is populated, else NULL.
func value(column string, s expr.Schema) expr.Expr {
	of := expr.Col(column)
	if f, err := s.Field(column); err == nil && f.Type == expr.Float64 {
		return expr.If(of.Populated(), of, nil)
	}
	return of
}

// read is what terms over populated values read as.
type read struct {
	values, null, nonfinite int64
	terms                   []expr.Value
}

// Terms count the populated values and the NULLs before all others.
func (p populated) Terms() []quality.Term {
	of := expr.Col(p.column)
	return append([]quality.Term{quality.CountWhere(of.Populated()), quality.CountWhere(of.IsNull())}, p.terms...)
}

// Read takes the rows that are neither for those that are not finite.
func (p populated) Read(rows int64, values []expr.Value) (any, error) {
	n, ok1 := values[0].Go().(int64)
	null, ok2 := values[1].Go().(int64)
	if !ok1 || !ok2 || n < 0 || null < 0 || null > rows-n {
		return nil, fmt.Errorf("the counts contradict each other: of %d rows %s are populated in %s and %s NULL", rows, values[0], p.column, values[1])
	}
	return read{n, null, rows - n - null, values[2:]}, nil
}

func (p populated) request() quality.Request { return quality.Request{Metric: p} }

// told adds what stands beside the values.
func (r read) told(f quality.Finding) quality.Finding {
	f.Details = append(f.Details, quality.CountDetail("null_rows", r.null), quality.CountDetail("nonfinite_rows", r.nonfinite))
	if r.null > 0 {
		f.Reason += fmt.Sprintf(", beside %s", quality.Plural(r.null, "NULL", "NULLs"))
	}
	if r.nonfinite > 0 {
		f.Reason += fmt.Sprintf(", beside %s not finite", quality.Plural(r.nonfinite, "value that is", "values that are"))
	}
	return f
}

// nothing is the finding where no value is populated.
func (p populated) nothing(s quality.Scope, seg quality.Segment, r read, bounds []quality.Bound) quality.Finding {
	f := s.NothingToJudge(seg, quality.ValuesOf(p.column), r.null, bounds)
	if r.nonfinite > 0 {
		f.Reason = fmt.Sprintf("nothing to judge: %s is populated in none of %s", p.column, quality.Plural(r.null+r.nonfinite, "row", "rows"))
	}
	return f
}
