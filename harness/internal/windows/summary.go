package windows

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
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
	// Empty is how many texts of no character were written as CSV, where they are read
	// as NULL.
	Empty int
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

func (r *run) summarize() *Summary {
	s := &Summary{Rows: len(r.rows.owner), Unjudged: r.nothing, Expects: r.expected != nil}
	add := func(setting string, e expr.Expr, k *keys, p *predicate) {
		if p != nil {
			s.Predicates = append(s.Predicates, PredicateSummary{setting, e.String(), k.table.name, p.rows, p.nulls, p.nans})
		}
	}
	add("counted", r.spec.Counted, r.rows, r.countedBy)
	add("expected-where", r.spec.Expected.Where, r.expected, r.owedBy)
	for i := range r.windows {
		s.Windows = append(s.Windows, r.summarizeWindow(r.result.Windows(i)))
	}
	return s
}

func (r *run) summarizeWindow(w rolling.Windows) WindowSummary {
	out := WindowSummary{Name: w.Spec().Name(), Windows: w.Len()}
	refusals := map[rolling.Reason]*Refusal{}
	for i := range w.Len() {
		if r.expected != nil && w.Detail(i).Unexpected > 0 {
			if out.Unexpected++; out.Unexpected == 1 {
				out.Stranger = r.stranger(w, i)
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
				refusals[reason].Example = r.example(w, i)
			}
		}
		refusals[reason].Windows++
	}
	for _, reason := range slices.Sorted(maps.Keys(refusals)) {
		out.Refusals = append(out.Refusals, *refusals[reason])
	}
	return out
}

// example says which window was refused, because of which keys, and the mend.
func (r *run) example(w rolling.Windows, point int) string {
	_, message, _ := strings.Cut(w.Message(point), ": ") // behind the reason
	return r.windowText(point) + ": " + message
}

// stranger says which row of a window was not expected.
func (r *run) stranger(w rolling.Windows, point int) string {
	key := w.Unexpected(point, nil)[0]
	return fmt.Sprintf("%s: %s (%s)", r.windowText(point), key, r.rows.where(key.Row))
}

// windowText says which window it is, and where its point stands.
func (r *run) windowText(point int) string {
	k := r.asked()
	return fmt.Sprintf("%s as of %s (%s)", k.ownerText(k.owner[point]), k.timeText(point), k.where(point))
}

func (k *keys) timeText(i int) string {
	v := expr.Vector{Valid: expr.Bitmap{1}, Type: k.unit}
	if k.unit == expr.Date {
		v.Ints = []int64{int64(k.days[i])}
	} else {
		v.Ints = []int64{k.micros[i]}
	}
	return v.Value(0).String()
}

// String is the summary as people read it.
func (s *Summary) String() string {
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
			fmt.Fprintf(&b, "  unexpected: %s of the windows %s a row that no expected key names, as %s\n", quality.Grouped(int64(w.Unexpected)), plural(w.Unexpected, "holds", "hold"), w.Stranger)
		}
	}
	for _, p := range s.Predicates {
		p.write(&b)
	}
	if s.Empty > 0 {
		fmt.Fprintf(&b, "%s of no character %s a cell of CSV, which is read as NULL: --output ndjson or parquet keeps what it is\n",
			quality.Plural(int64(s.Empty), "text", "texts"), plural(s.Empty, "is", "are each"))
	}
	if s.Unjudged != "" {
		fmt.Fprintf(&b, "nothing to judge: %s\n", s.Unjudged)
	}
	if !s.Expects {
		b.WriteString("expected: none, so a row that is missing cannot be seen: give --expected\n")
	}
	return b.String()
}

// write says where the predicate does not answer, or only seems to.
func (p *PredicateSummary) write(b *strings.Builder) {
	of := func(n int) string {
		return fmt.Sprintf("%s of %s rows", quality.Grouped(int64(n)), quality.Grouped(int64(p.Rows)))
	}
	if p.Nulls > 0 && p.Setting == "counted" { // a key of which it is not known owes a row, which is safe
		fmt.Fprintf(b, "counted: %s is NULL for %s: who did not play has no minutes, so write is_dnp IS NOT TRUE AND minutes_played > 0\n", p.Text, of(p.Nulls))
	}
	if p.NaNs > 0 {
		fmt.Fprintf(b, "%s: %s rests on a NaN in %s of %s: it is FALSE there, or TRUE for !=, though nothing is known: where a number was lost write NULL\n",
			p.Setting, p.Text, of(p.NaNs), p.File)
	}
}

func plural(n int, one, more string) string {
	if n == 1 {
		return one
	}
	return more
}
