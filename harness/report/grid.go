package report

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/jedib0t/go-pretty/v6/text"
)

// grid is a table in lines: rows of cells, and titles that go all the way across
// it. The library's own tables merge cells for that, and panic on some widths.
type grid struct {
	align []text.Align // of each column
	lines []gridLine   // the first names the columns
	most  int          // how wide a terminal is, 0 where there is none
}

// gridLine is a title, or a row of cells where it has some.
type gridLine struct {
	title []string // in lines
	cells []string
}

// titleWidth is how wide titles may make a table. One that is wider has several lines.
const titleWidth = 110

func (g *grid) title(s string) {
	most := titleWidth
	if g.most > 0 {
		most = max(1, min(most, g.most-width("│  │")))
	}
	g.lines = append(g.lines, gridLine{title: wrapped(visible(s), most)})
}

func (g *grid) row(cells ...string) { g.lines = append(g.lines, gridLine{cells: cells}) }

// String draws the grid. A title has a line above it, and its rows below.
func (g *grid) String() string {
	widths := g.widths()
	var b strings.Builder
	b.WriteString(rule(widths, "┌", "┬", "┐"))
	for _, l := range g.lines {
		if l.cells == nil {
			b.WriteString(rule(widths, "├", "┴", "┤"))
			for _, title := range l.title {
				b.WriteString("│ " + text.AlignLeft.Apply(title, inner(widths)) + " │\n")
			}
			continue
		}
		for i, cell := range l.cells {
			b.WriteString("│ " + g.align[i].Apply(cell, widths[i]) + " ")
		}
		b.WriteString("│\n")
	}
	b.WriteString(rule(widths, "└", "┴", "┘"))
	return b.String()
}

// widths are those of the columns: as wide as their cells, and all of them wider
// where a title needs more.
func (g *grid) widths() []int {
	widths := make([]int, len(g.align))
	title := 0
	for _, l := range g.lines {
		for _, line := range l.title {
			title = max(title, width(line))
		}
		for i, cell := range l.cells {
			widths[i] = max(widths[i], width(cell))
		}
	}
	for i, missing := 0, title-inner(widths); missing > 0; i, missing = (i+1)%len(widths), missing-1 {
		widths[i]++
	}
	return widths
}

// wrapped are lines of words that are at most so wide together; a word may be wider.
func wrapped(s string, most int) []string {
	var out []string
	line := ""
	for i, word := range strings.Split(s, " ") {
		switch {
		case i == 0:
			line = word
		case width(line)+1+width(word) > most:
			out, line = append(out, line), word
		default:
			line += " " + word
		}
	}
	return append(out, line)
}

// inner is the width between the outermost blanks of a line.
func inner(widths []int) int {
	sum := width(" │ ") * (len(widths) - 1)
	for _, w := range widths {
		sum += w
	}
	return sum
}

// rule is a line across the grid.
func rule(widths []int, left, joint, right string) string {
	parts := make([]string, len(widths))
	for i, w := range widths {
		parts[i] = strings.Repeat("─", w+2)
	}
	return left + strings.Join(parts, joint) + right + "\n"
}

func width(s string) int { return text.StringWidthWithoutEscSequences(s) }

// visible writes out what a terminal would obey, such as a new line in a name, or
// would not show.
func visible(s string) string {
	var b strings.Builder
	for _, r := range s {
		if unicode.IsPrint(r) {
			b.WriteRune(r)
			continue
		}
		b.WriteString(strings.Trim(strconv.QuoteRune(r), "'"))
	}
	return b.String()
}
