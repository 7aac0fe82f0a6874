package report

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/intactdata/intact/harness/history"
	"github.com/intactdata/intact/quality"
)

// HistoryTable writes series for people: of each the figure over time, and below them
// the verdicts that changed, the newest last.
func HistoryTable(w io.Writer, series []history.Series, o Options) error {
	var b strings.Builder
	for len(series) > 0 {
		n := 1
		for n < len(series) && series[n].Check == series[0].Check {
			n++
		}
		o.historyOf(&b, series[:n])
		series = series[n:]
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// How many runs and changes are told, of many the newest.
const (
	shownRuns    = 5
	shownChanges = 20
)

func (o Options) historyOf(b *strings.Builder, series []history.Series) {
	g := grid{align: []text.Align{text.AlignLeft, text.AlignLeft, text.AlignRight, text.AlignLeft, text.AlignRight}}
	g.row("segment", "figure", "last", "verdict", "runs")
	runs := history.Runs(series)
	ids := make([]string, len(runs))
	for i, r := range runs {
		ids[i] = r.RunID
	}
	for _, s := range series {
		last := s.Points[len(s.Points)-1]
		g.row(visible(nameOf(s.Of)), sparkline(observedIn(ids, s.Points)), visible(orDash(last.Text)), o.coloredWord(*last.Verdict), quality.Grouped(int64(len(s.Points))))
	}
	fmt.Fprintf(b, "%s: %s\n\n%s\nlast of %s:\n", visible(series[0].Suite), visible(series[0].ID), g.String(), quality.Plural(int64(len(runs)), "run", "runs"))
	for _, r := range runs[max(0, len(runs)-shownRuns):] {
		fmt.Fprintf(b, "  %s %s: %s by %s%s\n", minute(r.At), visible(r.RunID), o.coloredWord(*r.Verdict), visible(r.Engine), withVariables(r))
	}
	changes := history.Changes(series)
	switch more := len(changes) - shownChanges; {
	case len(changes) == 0:
		b.WriteString("no verdict changed\n")
		return
	case more > 0 && !o.All:
		fmt.Fprintf(b, "verdicts that changed (and %s before):\n", quality.Grouped(int64(more)))
		changes = changes[more:]
	default:
		b.WriteString("verdicts that changed:\n")
	}
	for _, c := range changes {
		name := nameOf(c.Of)
		if name != "" {
			name += ": "
		}
		fmt.Fprintf(b, "  %s %s%s → %s: %s\n", minute(c.To.At), visible(name), visible(c.From), o.coloredWord(*c.To.Verdict), visible(orDash(c.To.Reason)))
	}
}

// observedIn are the figures in each run, nil where it had none.
func observedIn(ids []string, points []history.Record) []*float64 {
	by := map[string]*float64{}
	for _, p := range points {
		by[p.RunID] = p.Observed
	}
	out := make([]*float64, len(ids))
	for i, id := range ids {
		out[i] = by[id]
	}
	return out
}

func nameOf(of history.Of) string { return strings.TrimSpace(of.Segment + " " + of.Subject) }

func minute(t time.Time) string { return t.UTC().Format("2006-01-02 15:04Z") }

// withVariables says what a run read its suite with.
func withVariables(r history.Record) string {
	if r.Variables == nil {
		return ""
	}
	return " with " + visible(*r.Variables)
}

func orDash(s *string) string {
	if s == nil {
		return "-"
	}
	return *s
}

// coloredWord is a verdict as a history has it.
func (o Options) coloredWord(word string) string {
	if v := history.VerdictOf(word); v.String() == word {
		return o.colored(v, word)
	}
	return visible(word)
}
