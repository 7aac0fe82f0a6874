package report

import (
	"io"
	"strings"

	"github.com/intactdata/intact/quality"
)

// Lines writes the report line by line, with nothing laid out: what does not pass
// and why, for logs, and the last line of [Table]; with All every check and segment,
// which is what is left where another form of the report cannot be written.
func Lines(w io.Writer, r *quality.Report, o Options) error {
	var b strings.Builder
	for _, s := range r.Suites {
		var lines []string
		for _, c := range s.ByCause() {
			lines = append(lines, o.lines(c, o.All)...)
		}
		if len(lines) > 0 {
			b.WriteString(o.heading(s) + strings.Join(lines, "\n") + "\n")
		}
	}
	b.WriteString(o.conclusion(r))
	b.WriteString(o.Note)
	_, err := io.WriteString(w, b.String())
	return err
}

// lines name checks of one cause, mostly one, and for its segments the verdict and
// why; those that pass only where they are wanted.
func (o Options) lines(checks []quality.CheckReport, passing bool) []string {
	c := checks[0]
	waiver := ""
	if c.Waiver != nil {
		waiver = c.Waiver.String()
	}
	if c.Verdict == quality.Pass && !passing && waiver == "" {
		return nil
	}
	var out []string
	shown, more := 0, 0
	for _, f := range c.Findings {
		if f.Verdict == quality.Pass && !passing {
			continue
		}
		if shown == shownReasons && !o.All {
			more++
			continue
		}
		shown++
		line := "  " + o.colored(f.Verdict, f.Verdict.String())
		if name := where(f); name != "" {
			line += " " + name
		}
		line += ": " + f.Reason
		if !o.rows {
			out = append(out, line+firstAtFault(f))
			continue
		}
		out = append(out, line)
		most := shownRows
		if o.All {
			most = quality.MostRowsAtFault
		}
		for _, row := range RowsAtFault(f, most) {
			out = append(out, "    "+row)
		}
		if f.Explain != "" {
			out = append(out, "    "+strings.ReplaceAll(f.Explain, "\n", "\n    "))
		}
	}
	if len(out) == 0 && (c.Verdict != quality.Pass || passing) {
		out = append(out, "  "+o.colored(c.Verdict, c.Verdict.String())+": "+c.Reason)
	}
	if more > 0 {
		out = append(out, "  and "+quality.Grouped(int64(more))+" more")
	}
	if waiver != "" {
		out = append(out, "  note: "+waiver)
	}
	return append([]string{o.named(checks)}, out...)
}

func (o Options) named(checks []quality.CheckReport) string {
	if !o.All {
		return quality.AndMore(checks[0].ID, len(checks))
	}
	ids := make([]string, len(checks))
	for i, c := range checks {
		ids[i] = c.ID
	}
	return strings.Join(ids, ", ")
}
