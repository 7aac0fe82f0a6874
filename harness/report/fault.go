package report

import (
	"fmt"
	"strings"

	"github.com/intactdata/intact/quality"
)

// shownRows is how many rows at fault stand below a finding.
const shownRows = 3

// RowsAtFault writes some of the rows that a finding is due to for people, a line each:
// at most so many of one sort, aligned, with how many there are besides.
func RowsAtFault(f quality.Finding, most int) []string {
	var out []string
	for _, a := range f.AtFault {
		indent := ""
		if a.Name != "" {
			out = append(out, a.Name+":")
			indent = "  "
		}
		shown := a.Rows[:min(most, len(a.Rows))]
		for _, line := range aligned(a, shown) {
			out = append(out, indent+line)
		}
		if more := a.Of - int64(len(shown)); more > 0 && a.Name != "" {
			out = append(out, indent+"and "+quality.Grouped(more)+" more")
		} else if more > 0 {
			out = append(out, indent+"and "+quality.Plural(more, "more row", "more rows"))
		} else if len(shown) < len(a.Rows) {
			out = append(out, indent+"and more")
		}
	}
	return out
}

// aligned are rows whose cells stand below each other.
func aligned(a quality.AtFault, rows []quality.FaultyRow) []string {
	lines := make([][]string, len(rows))
	var widths []int
	for i, r := range rows {
		lines[i] = cells(a, r)
		for c, cell := range lines[i] {
			if c == len(widths) {
				widths = append(widths, 0)
			}
			widths[c] = max(widths[c], width(cell))
		}
	}
	out := make([]string, len(rows))
	for i, line := range lines {
		for c, cell := range line {
			if c > 0 {
				out[i] += strings.Repeat(" ", 2+widths[c-1]-width(line[c-1]))
			}
			out[i] += cell
		}
		out[i] = strings.TrimRight(out[i], " ")
	}
	return out
}

// cells are what is told of a row: its columns, how often it occurs, where it stands.
func cells(a quality.AtFault, r quality.FaultyRow) []string {
	var out []string
	for i, name := range a.Columns {
		out = append(out, visible(quality.NewSegment([]string{name}, r.Values[i:i+1]).String()))
	}
	for _, name := range a.Redacted {
		out = append(out, visible(name)+"=(redacted)")
	}
	if r.Times > 0 {
		out = append(out, quality.Plural(r.Times, "row", "rows"))
	}
	switch {
	case r.File != "":
		out = append(out, fmt.Sprintf("%s:%d", visible(r.File), r.Line))
	case r.Line > 0:
		out = append(out, fmt.Sprintf("row %d", r.Line))
	}
	return out
}

// firstAtFault is the first of them in a line of a log, "" if there is none.
func firstAtFault(f quality.Finding) string {
	for _, a := range f.AtFault {
		if len(a.Rows) > 0 {
			return " (first: " + strings.Join(cells(a, a.Rows[0]), " ") + ")"
		}
	}
	return ""
}
