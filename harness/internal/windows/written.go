package windows

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/rolling/panel"
)

// Written is what became of a run.
type Written struct {
	*panel.Summary
	// Empty is how many texts of no character were written as CSV, where they are read
	// as NULL.
	Empty int
}

// String is it as people read it.
func (s *Written) String() string {
	var b strings.Builder
	for _, w := range s.Windows {
		fmt.Fprintf(&b, "%s: %s of %s windows whole", w.Name, quality.Grouped(int64(w.Whole)), quality.Grouped(int64(w.Windows)))
		for _, r := range w.Refusals {
			fmt.Fprintf(&b, ", %s %s", quality.Grouped(int64(r.Windows)), r.Reason)
		}
		b.WriteByte('\n')
		for _, r := range w.Refusals {
			if r.Example != "" {
				fmt.Fprintf(&b, "  %s: %s\n", r.Reason, r.Example)
			}
		}
		if w.Unexpected > 0 {
			fmt.Fprintf(&b, "  unexpected: %s a row that no expected key names, as %s\n", quality.Plural(int64(w.Unexpected), "of the windows holds", "of the windows hold"), w.Stranger)
		}
	}
	for _, p := range s.Predicates {
		writePredicate(&b, p)
	}
	if s.Empty > 0 {
		fmt.Fprintf(&b, "%s a cell of CSV, which is read as NULL: --output ndjson or parquet keeps what it is\n",
			quality.Plural(int64(s.Empty), "text of no character is", "texts of no character are each"))
	}
	if s.Unjudged != "" {
		fmt.Fprintf(&b, "nothing to judge: %s\n", s.Unjudged)
	}
	if !s.Expects {
		b.WriteString("expected: none, so a row that is missing cannot be seen: give --expected\n")
	}
	return b.String()
}

// writePredicate says where a predicate does not answer, or only seems to.
func writePredicate(b *strings.Builder, p panel.PredicateSummary) {
	of := func(n int) string {
		return fmt.Sprintf("%s of %s rows", quality.Grouped(int64(n)), quality.Grouped(int64(p.Rows)))
	}
	if p.Nulls > 0 && p.Setting == "counted" { // a key of which it is not known owes a row, which is safe
		fmt.Fprintf(b, "counted: %s is NULL for %s: who did not play has no minutes, so write is_dnp IS NOT TRUE AND minutes_played > 0\n", p.Text, of(p.Nulls))
	}
	if p.NaNs > 0 {
		fmt.Fprintf(b, "%s: %s rests on a NaN in %s of %s: it is FALSE there, or TRUE for !=, though nothing is known: where a number was lost write NULL\n",
			dashed(p.Setting), p.Text, of(p.NaNs), p.File)
	}
}
