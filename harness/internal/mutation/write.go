package mutation

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/intactdata/intact/quality"
)

// Text writes results for people: what became of each sort of fault, or with all of each
// fault, and the checks to add.
func Text(w io.Writer, results []*Result, all bool) error {
	for i, r := range results {
		text := r.text(all)
		if i > 0 {
			text = "\n" + text
		}
		if _, err := io.WriteString(w, text); err != nil {
			return err
		}
	}
	return nil
}

func (r *Result) text(all bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s on %s: %s, broken in %s (seed %d)\n\n", r.Suite, r.Table, quality.Plural(int64(r.Rows), "row", "rows"),
		quality.Plural(int64(len(r.Trials)), "way", "ways"), r.Seed)
	r.groups(&b)
	if all {
		r.each(&b)
	}
	r.unseen(&b)
	if len(r.Checks) > 0 {
		b.WriteString("\nWhat would catch the others; each passes on the table as it is, and fails on what is named:\n\n")
		for i, c := range r.Checks {
			fmt.Fprintf(&b, "  # %d: %s\n  %s\n", i+1, r.meant(i), strings.ReplaceAll(c, "\n", "\n  "))
		}
	}
	fmt.Fprintf(&b, "\n%s\n", r.conclusion())
	return b.String()
}

// unseen tells of what no check of the table alone sees.
func (r *Result) unseen(b *strings.Builder) {
	if r.Count(Unseen) == 0 {
		return
	}
	b.WriteString("\nNot to be seen from this table alone, for no check of it was found that passes on it as it is and fails\n" +
		"then; rows that are lost are known to a table that says what was due (cover, grid, calendar):\n")
	for _, g := range r.grouped() {
		shown, n := 0, g.Count(Unseen)
		for _, t := range g.Trials {
			if t.Outcome == Unseen && shown < shownUnseen {
				fmt.Fprintf(b, "  %s (%s)\n", t.Fault, quality.Plural(t.Rows, "row", "rows"))
				shown++
			}
		}
		if n > shownUnseen {
			fmt.Fprintf(b, "  and %s more of these\n", quality.Grouped(n-shownUnseen))
		}
	}
}

// shownUnseen is how many faults of a sort are shown one by one.
const shownUnseen = 3

// grouped are the sorts of fault, each as a result.
func (r *Result) grouped() []*Result {
	var out []*Result
	for i, t := range r.Trials {
		if i == 0 || t.Group != r.Trials[i-1].Group {
			out = append(out, &Result{})
		}
		last := out[len(out)-1]
		last.Trials = append(last.Trials, t)
	}
	return out
}

// groups writes a line for each sort of fault.
func (r *Result) groups(b *strings.Builder) {
	t := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "fault\tcaught\tby")
	for _, g := range r.grouped() {
		caught := g.Count(Caught)
		fmt.Fprintf(t, "%s\t%d of %d\t%s\n", g.Trials[0].Group, caught, caught+g.Count(Missed)+g.Count(Unseen), g.by())
	}
	t.Flush()
}

// by is what caught faults, and what became of the others.
func (r *Result) by() string {
	var caught, missed []string
	for _, t := range r.Trials {
		for _, id := range t.By {
			if id = brief(id); !slices.Contains(caught, id) {
				caught = append(caught, id)
			}
		}
		if to := fmt.Sprintf("#%d", t.Check+1); t.Check >= 0 && !slices.Contains(missed, to) {
			missed = append(missed, to)
		}
	}
	var out []string
	if len(caught) > 0 {
		out = append(out, first(caught))
	}
	if len(missed) > 0 {
		out = append(out, "missed: add "+strings.Join(missed, ", "))
	}
	if n := r.Count(Unseen); n > 0 {
		out = append(out, fmt.Sprintf("%d not to be seen", n))
	}
	if n := r.Count(Idle); n > 0 {
		out = append(out, fmt.Sprintf("%d would change nothing", n))
	}
	return strings.Join(out, "; ")
}

// each writes a line for each fault.
func (r *Result) each(b *strings.Builder) {
	for _, o := range []Outcome{Missed, Caught, Idle} {
		if r.Count(o) == 0 {
			continue
		}
		fmt.Fprintf(b, "\n%s%s:\n", strings.ToUpper(string(o[:1])), o[1:])
		for _, t := range r.Trials {
			if t.Outcome == o {
				fmt.Fprintf(b, "  %s\n", t)
			}
		}
	}
}
