package lineage

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Words says which rows of the other table an edge gives.
func (e *Edge) Words() string {
	var out string
	switch r := e.Reach.(type) {
	case Same:
		out = "same date"
	case Earlier:
		out = "all earlier dates"
		if r.Days > 0 {
			out = "the " + quality.Plural(r.Days, "day", "days") + " before"
		}
	case Window:
		out = r.words()
	}
	if len(e.On) > 0 {
		out += " by " + strings.Join(e.On, ", ")
	}
	if w, ok := e.Reach.(Window); ok && w.Reset != "" {
		out += " within " + w.Reset
	}
	if len(e.Makes) > 0 {
		out += ", for " + strings.Join(e.Makes, ", ")
	}
	return out
}

func (w *Window) words() string {
	var parts []string
	if w.Last > 0 {
		parts = append(parts, fmt.Sprintf("last %d", w.Last))
	}
	if w.Days > 0 {
		parts = append(parts, quality.Plural(w.Days, "day", "days"))
	}
	out := strings.Join(parts, " and ")
	if w.Including {
		return out + " with its own"
	}
	return out + " before"
}
