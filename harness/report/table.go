package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/intactdata/intact/quality"
)

// Options say how a report is written.
type Options struct {
	// Color marks verdicts; for terminals only.
	Color bool
	// Strict says that warnings make the command fail, so that the last line does
	// too.
	Strict bool
	// All shows every segment. Otherwise segments that pass are folded into one
	// line where a check has many, and so are long lists of those that do not.
	All bool
	// Width is how wide a terminal is, 0 where there is none: a table that is wider is
	// written in lines, and lines that are wider go on below.
	Width int
	// Note is what a command adds below the report, in lines.
	Note string

	rows bool // rows at fault have lines of their own
}

// How many segments of a check are shown one by one.
const (
	shownPassing  = 6 // more than these are folded together
	shownBlocking = 20
	shownReasons  = 8
)

// Table writes the report for people: what was claimed, what was observed in
// each segment, and why it blocks.
func Table(w io.Writer, r *quality.Report, o Options) error {
	var b strings.Builder
	for _, s := range r.Suites {
		o.suite(&b, s)
	}
	b.WriteString(cost(r))
	b.WriteString(o.conclusion(r))
	b.WriteString(o.Note)
	_, err := io.WriteString(w, narrowed(b.String(), o.Width))
	return err
}

// cost is what the run read and is billed for, where the engine knows.
func cost(r *quality.Report) string {
	if r.BytesScanned == nil {
		return ""
	}
	text := fmt.Sprintf("%s read %s", quality.Plural(int64(r.Queries), "query", "queries"), byteText(*r.BytesScanned))
	if r.BytesBilled != nil {
		text += fmt.Sprintf(", billed for %s", byteText(*r.BytesBilled))
	}
	return text + ".\n"
}

// conclusion is the last line. It says how many checks block, and never leaves out
// what was let through.
func (o Options) conclusion(r *quality.Report) string {
	count := map[quality.Verdict]int{}
	waivers, expired, idle := 0, 0, 0
	for _, s := range r.Suites {
		for _, c := range s.Checks {
			count[c.Verdict]++
			if w := c.Waiver; w != nil {
				waivers += w.Waives
				expired += ones(w.Expired)
				idle += ones(w.MeetsNothing && !w.Expired)
			}
		}
	}
	verdict := o.colored(r.Verdict, strings.ToUpper(r.Verdict.String())) + ": "
	checks, blocking := 0, 0
	for v, n := range count {
		checks += n
		if o.blocks(v) {
			blocking += n
		}
	}
	noun := "checks"
	if checks == 1 {
		noun = "check"
	}
	var parts []string
	if blocking == 0 {
		parts = append(parts, fmt.Sprintf("none of %d %s blocks", checks, noun))
	} else {
		parts = append(parts, fmt.Sprintf("%d of %d %s %s", blocking, checks, noun, verb(blocking, "blocks", "block")))
	}
	if n := count[quality.Waived]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d %s waived", n, verb(n, "is", "are")))
	} else if waivers > 0 {
		parts = append(parts, fmt.Sprintf("%d %s waived", waivers, verb(waivers, "segment is", "segments are")))
	}
	if expired > 0 {
		parts = append(parts, fmt.Sprintf("%d %s expired", expired, verb(expired, "waiver has", "waivers have")))
	}
	if idle > 0 {
		parts = append(parts, fmt.Sprintf("%d %s nothing", idle, verb(idle, "waiver meets", "waivers meet")))
	}
	if n := count[quality.Warn]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d %s", n, verb(n, "warns", "warn")))
	}
	text := verdict + strings.Join(parts, ", ")
	if blocking > 0 {
		return text + ": nothing that needs this data goes on.\n"
	}
	return text + ".\n"
}

// blocks reports whether a check of the verdict makes the command fail.
func (o Options) blocks(v quality.Verdict) bool {
	return v.Blocks() || v == quality.Warn && o.Strict
}

func ones(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// heading names a suite, its table and whom to ask.
func (o Options) heading(s quality.SuiteReport) string {
	owner := ""
	if s.Owner != "" {
		owner = fmt.Sprintf(" (owner: %s)", s.Owner)
	}
	return fmt.Sprintf("%s on %s%s: %s\n", s.Suite, s.Table, owner, o.colored(s.Verdict, s.Verdict.String()))
}

func (o Options) suite(b *strings.Builder, s quality.SuiteReport) {
	o.rows = true
	b.WriteString(o.heading(s))
	if scope := s.Scope.String(); scope != "" {
		fmt.Fprintf(b, "rows of %s\n", scope)
	}
	for _, w := range s.Warnings {
		fmt.Fprintf(b, "warning: %s\n", w)
	}
	b.WriteByte('\n')

	g := &grid{align: []text.Align{text.AlignLeft, text.AlignLeft, text.AlignRight, text.AlignRight, text.AlignLeft}, most: o.Width}
	g.row("verdict", "segment", "observed", "share", "bound")
	var reasons []string
	for _, c := range s.Checks {
		o.check(g, c)
	}
	for _, c := range s.ByCause() {
		reasons = append(reasons, o.lines(c, false)...)
	}
	b.WriteString(g.within())
	b.WriteByte('\n')
	for _, r := range reasons {
		b.WriteString(r + "\n")
	}
	if len(reasons) > 0 {
		b.WriteByte('\n')
	}
}

// check writes a line that names the claim, and a line for each segment.
func (o Options) check(g *grid, c quality.CheckReport) {
	g.title(Claim(c))
	if len(c.Findings) == 0 {
		g.row(o.colored(c.Verdict, c.Verdict.String()), "", "", "", "")
	}
	shown, folded := o.fold(c.Findings)
	for _, f := range shown {
		g.row(o.finding(f)...)
		for _, d := range f.Details {
			if d.Value.String() != "0" { // what there is none of is not worth a line
				g.row("", "  "+strings.ReplaceAll(d.Name, "_", " "), d.Value.String(), "", "")
			}
		}
	}
	for _, line := range folded {
		g.row(line.verdict.String(), line.String(), "", "", "")
	}
}

type foldedLine struct {
	verdict quality.Verdict
	count   int
	all     bool // none of the verdict is shown by itself
}

func (l foldedLine) String() string {
	more := "more "
	if l.all {
		more = ""
	}
	noun := "segments"
	if l.count == 1 {
		noun = "segment"
	}
	return quality.Grouped(int64(l.count)) + " " + more + noun
}

// fold picks the findings to show; the rest becomes a line for each verdict.
func (o Options) fold(findings []quality.Finding) (shown []quality.Finding, folded []foldedLine) {
	total := map[quality.Verdict]int{}
	for _, f := range findings {
		total[f.Verdict]++
	}
	seen := map[quality.Verdict]int{}
	for _, f := range findings {
		if seen[f.Verdict] < o.limit(f.Verdict, total[f.Verdict]) {
			seen[f.Verdict]++
			shown = append(shown, f)
		}
	}
	for v := quality.Fail; v >= quality.Pass; v-- {
		if hidden := total[v] - seen[v]; hidden > 0 {
			folded = append(folded, foldedLine{v, hidden, seen[v] == 0})
		}
	}
	return shown, folded
}

// limit is how many of so many findings of a verdict are shown.
func (o Options) limit(v quality.Verdict, total int) int {
	switch {
	case o.All:
		return total
	case v != quality.Pass:
		return shownBlocking
	case total > shownPassing:
		return 0
	}
	return total
}

func (o Options) finding(f quality.Finding) []string {
	count, share := "-", ""
	if ob := f.Observed; ob != nil {
		count = ob.Beside(f.Bounds...)
		if ob.Unit == quality.UnitShare {
			share = quality.Share(ob.Numerator, ob.Denominator, f.Bounds...)
		}
	}
	return []string{o.colored(f.Verdict, f.Verdict.String()), visible(where(f)), count, share, human(f.Bounds)}
}

// where is the segment that a finding is of and, where the check has several
// columns, which of them.
func where(f quality.Finding) string {
	return strings.TrimSpace(f.Segment.String() + " " + f.Subject)
}

func human(bounds []quality.Bound) string {
	parts := make([]string, len(bounds))
	for i, b := range bounds {
		parts[i] = b.Human()
	}
	return strings.Join(parts, ", ")
}

func (o Options) colored(v quality.Verdict, s string) string {
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
