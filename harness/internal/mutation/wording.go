package mutation

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/intactdata/intact/quality"
)

// brief is an ID that may name many columns.
func brief(id string) string {
	const most = 40
	if utf8.RuneCountInString(id) <= most {
		return id
	}
	return string([]rune(id)[:most]) + "…"
}

// first are the first of some names, and how many more there are.
func first(names []string) string {
	const most = 3
	text := strings.Join(names[:min(most, len(names))], ", ")
	if more := len(names) - most; more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}

// meant are the faults that a proposed check is for.
func (r *Result) meant(check int) string {
	var first string
	n := int64(0)
	for _, t := range r.Trials {
		if t.Check != check {
			continue
		}
		if n++; n == 1 {
			first = t.Fault.String()
		}
	}
	if n > 1 {
		first += ", and " + quality.Grouped(n-1) + " more"
	}
	return first
}

// String is the fault in a line, with what became of it.
func (t Trial) String() string {
	text := t.Fault.String()
	if t.Rows > 0 {
		text += " (" + quality.Plural(t.Rows, "row", "rows") + ")"
	}
	switch {
	case len(t.By) > 0:
		text += ": " + strings.Join(t.By, ", ")
	case t.Check >= 0:
		text += fmt.Sprintf(": add #%d", t.Check+1)
	case t.Why != "":
		text += ": " + t.Why
	}
	return text
}

// conclusion is the last line.
func (r *Result) conclusion() string {
	caught, missed := r.Count(Caught), r.Count(Missed)
	text := fmt.Sprintf("%s of %s caught (%s)", quality.Grouped(caught), quality.Plural(caught+missed, "fault", "faults"), quality.Share(caught, caught+missed))
	if n := r.Count(Unseen); n > 0 {
		text += fmt.Sprintf(", beside %s not to be seen from this table alone", quality.Grouped(n))
	}
	return text + "."
}
