package report

import "strings"

// within is the grid on its terminal: in lines where it is wider.
func (g *grid) within() string {
	whole := g.String()
	if first, _, _ := strings.Cut(whole, "\n"); g.most <= 0 || width(first) <= g.most {
		return whole
	}
	var b strings.Builder
	for _, l := range g.lines[1:] {
		if l.cells == nil {
			b.WriteString(strings.Join(l.title, " ") + "\n")
			continue
		}
		b.WriteString("  " + strings.Join(strings.Fields(strings.Join(l.cells, " ")), " ") + "\n")
	}
	return b.String()
}

// narrowed are lines that are no wider than a terminal where their words are not: what
// is too much goes on below, two blanks further in. 0 is no terminal.
func narrowed(text string, most int) string {
	if most <= 0 {
		return text
	}
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if width(line) <= most {
			b.WriteString(line + "\n")
			continue
		}
		begin := len(line) - len(strings.TrimLeft(line, " "))
		if begin+2 > most/2 { // or no word would have a place
			begin = 0
		}
		indent := strings.Repeat(" ", begin)
		for i, part := range wrapped(strings.TrimLeft(line, " "), max(1, most-begin-2)) {
			if i == 1 {
				indent += "  "
			}
			b.WriteString(indent + part + "\n")
		}
	}
	return b.String()
}
