package panel

import (
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/rolling"
)

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
	out.refused(refusals)
	return out
}

func (s *WindowSummary) refused(by map[rolling.Reason]*Refusal) {
	for _, reason := range slices.Sorted(maps.Keys(by)) {
		s.Refusals = append(s.Refusals, *by[reason])
	}
}

// Tallied is the summary of a window that was computed elsewhere, given how many of its
// answers have which reason.
func Tallied(spec rolling.Spec, answers iter.Seq2[string, int64]) (WindowSummary, error) {
	out := WindowSummary{Name: spec.Name()}
	refusals := map[rolling.Reason]*Refusal{}
	for word, n := range answers {
		reason, err := rolling.ParseReason(word)
		if err != nil {
			return out, fmt.Errorf("window %s: %w", spec.Name(), err)
		}
		if out.Windows += int(n); reason == rolling.Whole {
			out.Whole += int(n)
			continue
		}
		refusals[reason] = &Refusal{Reason: reason, Windows: int(n)}
	}
	out.refused(refusals)
	return out, nil
}
