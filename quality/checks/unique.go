package checks

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
)

// Unique claims that no combination of the columns occurs twice, over the whole
// scope: group-by columns only say where the surplus rows are. A key with a NULL
// part is not unique either, unless Rule.NullsOK sets those rows aside.
type Unique struct {
	Columns []string
}

// Validate reports what is wrong without looking at data.
func (c Unique) Validate() error {
	if len(c.Columns) == 0 {
		return fmt.Errorf("it names no column")
	}
	return expr.CheckDistinct(c.Columns)
}

// Describe names the key.
func (c Unique) Describe() quality.Description {
	return quality.Description{Kind: "unique", Columns: c.Columns, Claim: "(" + strings.Join(c.Columns, ", ") + ") is unique"}
}

// Key is the columns.
func (c Unique) Key() []string { return c.Columns }

// Requests counts the keys.
func (c Unique) Requests(quality.Scope) ([]quality.Request, error) {
	return []quality.Request{c.keys()}, nil
}

func (c Unique) keys() quality.Request {
	return quality.Request{Metric: quality.Keys{Of: c.Columns}}
}

// Judge fails each segment that holds surplus rows or NULL keys. The numerator is
// distinct keys, the denominator rows: they are equal where the claim holds. Rows
// without a date are in no segment, and have a key with a NULL part where the date
// is a part of it.
func (c Unique) Judge(s quality.Scope, m quality.Measured) []quality.Finding {
	out := quality.EachSegment(m, c.keys(), func(seg quality.Segment, k quality.KeyCounts) quality.Finding {
		return c.judge(s, seg, k)
	})
	if n, err := s.CountUndated(m, c.Columns); err == nil && n > 0 && !s.NullsOK {
		out = append(out, quality.Finding{
			Segment: s.WithoutDate(),
			Verdict: quality.Fail,
			Reason:  fmt.Sprintf("%s a key with a NULL part", quality.Plural(n, "row has", "rows have")),
			Bounds:  keyBounds,
			Details: keyDetails(quality.KeyCounts{Rows: n, Null: n}),
		})
	}
	return out
}

// keyBounds: every row is the only one of its key.
var keyBounds = []quality.Bound{quality.AtLeast(quality.Percent(100))}

func (c Unique) judge(s quality.Scope, seg quality.Segment, k quality.KeyCounts) quality.Finding {
	rows := k.Rows
	if s.NullsOK {
		rows -= k.Null
	}
	f := quality.Finding{
		Segment:  seg,
		Verdict:  quality.Pass,
		Observed: quality.ObservedShare(k.Distinct, rows),
		Bounds:   keyBounds,
		Reason:   fmt.Sprintf("%s in %s", quality.Plural(k.Distinct, "key", "keys"), quality.Plural(rows, "row", "rows")),
		Details:  keyDetails(k),
	}
	if rows == 0 {
		f.Verdict = quality.Unknown
		f.Reason = fmt.Sprintf("nothing to judge: %s a NULL part in the key", quality.Plural(k.Null, "row has", "rows have"))
		return f
	}
	var faults []string
	if k.Surplus > 0 {
		faults = append(faults, fmt.Sprintf("%s of %s", quality.Plural(k.Surplus, "surplus row", "surplus rows"), quality.Plural(k.Duplicated, "duplicate key", "duplicate keys")))
	}
	if k.Null > 0 && !s.NullsOK {
		faults = append(faults, fmt.Sprintf("%s a key with a NULL part", quality.Plural(k.Null, "row has", "rows have")))
	}
	if k.Null > 0 && s.NullsOK {
		f.Reason += fmt.Sprintf(", beside %s with a NULL part in the key", quality.Plural(k.Null, "row", "rows"))
	}
	if len(faults) > 0 {
		f.Verdict = quality.Fail
		f.Reason = strings.Join(faults, "; ") + ": " + f.Reason
	}
	return f
}

func keyDetails(k quality.KeyCounts) []quality.Detail {
	return []quality.Detail{
		quality.CountDetail("duplicate_keys", k.Duplicated),
		quality.CountDetail("surplus_rows", k.Surplus),
		quality.CountDetail("null_keys", k.Null),
	}
}

// AtFault are the keys that occur more than once, and those with a NULL part.
func (c Unique) AtFault(s quality.Scope) ([]quality.Fault, error) {
	out := []quality.Fault{{Name: "duplicate keys", Columns: c.Columns, Repeated: true}}
	if s.NullsOK {
		return out, nil
	}
	var holes []expr.Expr
	for _, name := range c.Columns {
		holes = append(holes, expr.Col(name).IsNull())
	}
	return append(out, quality.Fault{Name: "keys with a NULL part", Where: expr.AnyOf(holes...), Columns: c.Columns}), nil
}
