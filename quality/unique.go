package quality

import (
	"fmt"
	"strings"

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
func (c Unique) Describe() Description {
	return Description{Kind: "unique", Columns: c.Columns, Claim: "(" + strings.Join(c.Columns, ", ") + ") is unique"}
}

// Metrics counts the keys.
func (c Unique) Metrics(Scope) ([]Metric, error) { return []Metric{Keys{c.Columns}}, nil }

// Judge fails each segment that holds surplus rows or NULL keys. The numerator is
// distinct keys, the denominator rows: they are equal where the claim holds.
func (c Unique) Judge(s Scope, m Measured) []Finding {
	var out []Finding
	for seg := range m.Segments() {
		k, err := Keys{c.Columns}.In(m, seg)
		if err != nil {
			out = append(out, Finding{Segment: seg, Verdict: Unknown, Reason: err.Error()})
			continue
		}
		out = append(out, c.judge(s, seg, k))
	}
	if n := m.Undated(); n > 0 && !s.NullsOK && c.holdsDate(s) {
		out = append(out, Finding{
			Segment: NewSegment([]string{s.Date}, []expr.Value{{}}),
			Verdict: Fail,
			Reason:  fmt.Sprintf("%s a key with a NULL part", plural(n, "row has", "rows have")),
			Bounds:  keyBounds,
			Detail:  keyDetail(KeyCounts{Rows: n, Null: n}),
		})
	}
	return out
}

// keyBounds: every row is the only one of its key.
var keyBounds = []Bound{AtLeast(Percent(100))}

func (c Unique) holdsDate(s Scope) bool { return s.Date != "" && expr.Named(c.Columns, s.Date) }

func (c Unique) judge(s Scope, seg Segment, k KeyCounts) Finding {
	rows := k.Rows
	if s.NullsOK {
		rows -= k.Null
	}
	f := Finding{
		Segment:  seg,
		Verdict:  Pass,
		Observed: ObservedShare(k.Distinct, rows),
		Bounds:   keyBounds,
		Reason:   fmt.Sprintf("%s in %s", plural(k.Distinct, "key", "keys"), plural(rows, "row", "rows")),
		Detail:   keyDetail(k),
	}
	if rows == 0 {
		f.Verdict = Unknown
		f.Reason = fmt.Sprintf("nothing to judge: %s a NULL part in the key", plural(k.Null, "row has", "rows have"))
		return f
	}
	var faults []string
	if k.Surplus > 0 {
		faults = append(faults, fmt.Sprintf("%s of %s", plural(k.Surplus, "surplus row", "surplus rows"), plural(k.Duplicated, "duplicate key", "duplicate keys")))
	}
	if k.Null > 0 && !s.NullsOK {
		faults = append(faults, fmt.Sprintf("%s a key with a NULL part", plural(k.Null, "row has", "rows have")))
	}
	if k.Null > 0 && s.NullsOK {
		f.Reason += fmt.Sprintf(", beside %s with a NULL part in the key", plural(k.Null, "row", "rows"))
	}
	if len(faults) > 0 {
		f.Verdict = Fail
		f.Reason = strings.Join(faults, "; ") + ": " + f.Reason
	}
	return f
}

func keyDetail(k KeyCounts) []Detail {
	return []Detail{{"duplicate_keys", k.Duplicated}, {"surplus_rows", k.Surplus}, {"null_keys", k.Null}}
}
