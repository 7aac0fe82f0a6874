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
}

// gridLine is a title, or a row of cells where it has some.
type gridLine struct {
	title string
	cells []string
}

func (g *grid) title(s string)      { g.lines = append(g.lines, gridLine{title: visible(s)}) }
func (g *grid) row(cells ...string) { g.lines = append(g.lines, gridLine{cells: cells}) }

// String draws the grid. A title has a line above it, and its rows below.
func (g *grid) String() string {
	widths := g.widths()
	var b strings.Builder
	b.WriteString(rule(widths, "┌", "┬", "┐"))
	for _, l := range g.lines {
		cells, align, across := l.cells, g.align, widths
		if cells == nil {
			b.WriteString(rule(widths, "├", "┴", "┤"))
			cells, align, across = []string{l.title}, []text.Align{text.AlignLeft}, []int{inner(widths)}
		}
		for i, cell := range cells {
			b.WriteString("│ " + align[i].Apply(cell, across[i]) + " ")
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
		title = max(title, width(l.title))
		for i, cell := range l.cells {
			widths[i] = max(widths[i], width(cell))
		}
	}
	for i, missing := 0, title-inner(widths); missing > 0; i, missing = (i+1)%len(widths), missing-1 {
		widths[i]++
	}
	return widths
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
