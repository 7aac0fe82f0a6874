package features

import (
	"cmp"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Entry is what a feature, or the label, came to in one segment and month.
type Entry struct {
	Feature string `json:"feature"`
	// Segment has a value for each of the set's group-by columns, nil for NULL.
	Segment []*string `json:"segment"`
	// Month is its first day.
	Month string `json:"month"`
	// Rows are those that are trained on, Populated those of them that have a value.
	Rows      int64 `json:"rows"`
	Populated int64 `json:"populated"`
	// Checksum is the sum of the fingerprints of the key and the value of each row.
	Checksum string `json:"checksum"`
}

// place is where the entry is of.
func (e Entry) place() string {
	parts := []string{e.Month, e.Feature}
	for _, v := range e.Segment {
		text := "~"
		if v != nil {
			text = "=" + *v
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "\x00")
}

// entries reads the accounts off a report. The last column of their segments is the month.
func entries(findings []quality.Finding) []Entry {
	var out []Entry
	for _, f := range findings {
		if f.Subject == "" || len(f.Details) != 1 {
			continue
		}
		e := Entry{
			Feature: f.Subject, Segment: []*string{},
			Rows: f.Observed.Denominator, Populated: f.Observed.Numerator, Checksum: f.Details[0].Value.Value.Num().String(),
		}
		values := f.Segment.Values()
		for _, v := range values[:len(values)-1] {
			if v.IsNull() {
				e.Segment = append(e.Segment, nil)
				continue
			}
			text := v.String()
			e.Segment = append(e.Segment, &text)
		}
		e.Month = values[len(values)-1].String()
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Entry) int { return cmp.Compare(a.place(), b.place()) })
	return out
}
