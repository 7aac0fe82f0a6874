package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/intactdata/intact/quality"
)

// TableOptions say how a report looks on the terminal.
type TableOptions struct {
	// Color marks verdicts; for terminals only.
	Color bool
	// All shows every segment. Otherwise segments that pass are folded into one
	// line where a check has many, and so are long lists of those that do not.
	All bool
}

// How many segments of a check are shown one by one.
const (
	shownPassing  = 6
	shownBlocking = 20
)

// Table writes the report for people: what was claimed, what was observed in
// each segment, and why it blocks.
func Table(w io.Writer, r *quality.Report, o TableOptions) error {
	var b strings.Builder
	checks, blocking := 0, 0
	for _, s := range r.Suites {
		o.suite(&b, s)
		for _, c := range s.Checks {
			checks++
			if c.Verdict.Blocks() {
				blocking++
			}
		}
	}
	noun := "checks"
	if checks == 1 {
		noun = "check"
	}
	fmt.Fprintf(&b, "%s: ", o.colored(r.Verdict, strings.ToUpper(r.Verdict.String())))
	switch {
	case blocking > 0:
		fmt.Fprintf(&b, "%d of %d %s blocked, so nothing that needs this data goes on.\n", blocking, checks, beBlocked(noun, blocking))
	default:
		fmt.Fprintf(&b, "none of %d %s blocks.\n", checks, noun)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func beBlocked(noun string, n int) string {
	if n == 1 {
		return noun + " is"
	}
	return noun + " are"
}

func (o TableOptions) suite(b *strings.Builder, s quality.SuiteReport) {
	fmt.Fprintf(b, "%s on %s", s.Suite, s.Table)
	if s.Owner != "" {
		fmt.Fprintf(b, " (owner: %s)", s.Owner)
	}
	fmt.Fprintf(b, ": %s\n\n", o.colored(s.Verdict, s.Verdict.String()))

	t := table.NewWriter()
	t.SetStyle(table.StyleLight)
	t.Style().Format.Header = text.FormatDefault
	t.Style().Options.SeparateRows = false
	t.AppendHeader(table.Row{"verdict", "segment", "observed", "share", "bound"})
	t.SetColumnConfigs([]table.ColumnConfig{{Number: 3, Align: text.AlignRight}, {Number: 4, Align: text.AlignRight}})
	var reasons []string
	for i, c := range s.Checks {
		if i > 0 {
			t.AppendSeparator()
		}
		o.check(t, c)
		reasons = append(reasons, o.reasons(c)...)
	}
	b.WriteString(t.Render())
	b.WriteString("\n\n")
	for _, r := range reasons {
		b.WriteString(r + "\n")
	}
	if len(reasons) > 0 {
		b.WriteByte('\n')
	}
}

// check writes a line that names the claim, and a line for each segment.
func (o TableOptions) check(t table.Writer, c quality.CheckReport) {
	claim := c.Claim
	if c.Where != "" {
		claim += " where " + c.Where
		if n := c.WhereCounts; n != nil {
			claim += fmt.Sprintf(" (TRUE %s, FALSE %s, NULL %s)", quality.Grouped(n.True), quality.Grouped(n.False), quality.Grouped(n.Null))
		}
	}
	t.AppendRow(table.Row{claim, claim, claim, claim, claim}, table.RowConfig{AutoMerge: true, AutoMergeAlign: text.AlignLeft})
	if len(c.Findings) == 0 {
		t.AppendRow(table.Row{o.colored(c.Verdict, c.Verdict.String()), "", "", "", ""})
	}
	shown, folded := o.fold(c.Findings)
	for _, f := range shown {
		t.AppendRow(o.finding(f))
	}
	for _, line := range folded {
		t.AppendRow(table.Row{line.verdict.String(), fmt.Sprintf("%d more segments", line.count), "", "", ""})
	}
}

type foldedLine struct {
	verdict quality.Verdict
	count   int
}

// fold picks the findings to show; those of one verdict that are too many become
// a line with their number.
func (o TableOptions) fold(findings []quality.Finding) (shown []quality.Finding, folded []foldedLine) {
	total := map[quality.Verdict]int{}
	for _, f := range findings {
		total[f.Verdict]++
	}
	seen := map[quality.Verdict]int{}
	for _, f := range findings {
		limit := shownBlocking
		if f.Verdict == quality.Pass {
			limit = shownPassing
		}
		if total[f.Verdict] > limit && f.Verdict == quality.Pass {
			limit = 0
		}
		if seen[f.Verdict]++; o.All || seen[f.Verdict] <= limit {
			shown = append(shown, f)
		}
	}
	for v := quality.Fail; v >= quality.Pass && !o.All; v-- {
		hidden := total[v]
		for _, f := range shown {
			if f.Verdict == v {
				hidden--
			}
		}
		if hidden > 0 {
			folded = append(folded, foldedLine{v, hidden})
		}
	}
	return shown, folded
}

func (o TableOptions) finding(f quality.Finding) table.Row {
	count, share := "-", ""
	if ob := f.Observed; ob != nil {
		count = quality.Grouped(ob.Numerator)
		if !ob.IsCount {
			count += " of " + quality.Grouped(ob.Denominator)
			share = quality.Share(ob.Numerator, ob.Denominator, f.Bounds...)
		}
	}
	return table.Row{o.colored(f.Verdict, f.Verdict.String()), f.Segment.String(), count, share, human(f.Bounds)}
}

func human(bounds []quality.Bound) string {
	parts := make([]string, len(bounds))
	for i, b := range bounds {
		parts[i] = b.Human()
	}
	return strings.Join(parts, ", ")
}

// reasons says of a check that does not pass why, for the segments shown.
func (o TableOptions) reasons(c quality.CheckReport) []string {
	if c.Verdict == quality.Pass {
		return nil
	}
	var out []string
	shown, _ := o.fold(c.Findings)
	for _, f := range shown {
		if f.Verdict == quality.Pass {
			continue
		}
		line := "  " + o.colored(f.Verdict, f.Verdict.String())
		if name := f.Segment.String(); name != "" {
			line += " " + name
		}
		out = append(out, line+": "+f.Reason)
	}
	if len(out) == 0 {
		out = append(out, "  "+o.colored(c.Verdict, c.Verdict.String())+": "+c.Reason)
	}
	return append([]string{c.ID}, out...)
}

func (o TableOptions) colored(v quality.Verdict, s string) string {
	if !o.Color {
		return s
	}
	color := text.FgYellow
	switch v {
	case quality.Pass:
		color = text.FgGreen
	case quality.Fail:
		color = text.FgRed
	}
	return text.Colors{color, text.Bold}.Sprint(s)
}
