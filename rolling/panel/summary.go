package panel

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/rolling"
)

// Summary is how many windows are whole, and why the others are not.
type Summary struct {
	Windows []WindowSummary
	// Rows is how many there were to compute from.
	Rows int
	// Unjudged says why no window was held against anything, "" where one was:
	// that nothing is missing is no finding then.
	Unjudged string
	// Expects says that the keys which were due are known.
	Expects    bool
	Predicates []PredicateSummary
}

// PredicateSummary is how far a predicate answers.
type PredicateSummary struct {
	Setting, Text, File string
	Rows                int
	// Nulls is how many of the rows it is NULL for, NaNs for how many it would be
	// something else were a NaN NULL.
	Nulls, NaNs int
}

// WindowSummary is that of one window.
type WindowSummary struct {
	Name     string
	Windows  int
	Whole    int
	Refusals []Refusal // in the order of reasons
	// Unexpected is how many windows hold a row that no expected key names. It
	// counts like any other.
	Unexpected int
	Stranger   string // the first such row
}

// Refusal is how often a reason was given, and for a fault where first.
type Refusal struct {
	Reason  rolling.Reason
	Windows int
	Example string
}

// Fault reports whether any window was refused because the data is wrong.
func (s *Summary) Fault() bool {
	for _, w := range s.Windows {
		for _, r := range w.Refusals {
			if r.Reason.Fault() {
				return true
			}
		}
	}
	return false
}

// Summary counts the answers.
func (a *Answers) Summary() *Summary {
	p := a.panel
	s := &Summary{Rows: len(p.rows.owner), Unjudged: a.unjudged, Expects: p.expected != nil}
	add := func(setting string, of Table, p *predicate) {
		if p != nil {
			s.Predicates = append(s.Predicates, PredicateSummary{setting, p.text, of.Name, p.rows, p.nulls, p.nans})
		}
	}
	add("counted", p.rows.table, p.rows.countedBy)
	if p.expected != nil {
		add("expected_where", p.expected.table, p.expected.owedBy)
	}
	for i := range p.spec.Windows {
		s.Windows = append(s.Windows, a.summary(a.result.Windows(i)))
	}
	return s
}

func (a *Answers) summary(w rolling.Windows) WindowSummary {
	out := WindowSummary{Name: w.Spec().Name(), Windows: w.Len()}
	refusals := map[rolling.Reason]*Refusal{}
	for i := range w.Len() {
		if a.panel.expected != nil && w.Detail(i).Unexpected > 0 {
			if out.Unexpected++; out.Unexpected == 1 {
				key := w.Unexpected(i, nil)[0]
				out.Stranger = fmt.Sprintf("%s: %s (%s)", a.Point(i), key, a.panel.rows.where(key.Row))
			}
		}
		reason := w.Reason(i)
		if reason == rolling.Whole {
			out.Whole++
			continue
		}
		if refusals[reason] == nil {
			refusals[reason] = &Refusal{Reason: reason}
			if reason.Fault() {
				_, message, _ := strings.Cut(w.Message(i), ": ") // behind the reason
				refusals[reason].Example = a.Point(i) + ": " + message
			}
		}
		refusals[reason].Windows++
	}
	for _, reason := range slices.Sorted(maps.Keys(refusals)) {
		out.Refusals = append(out.Refusals, *refusals[reason])
	}
	return out
}
