package report

import (
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestGrid(t *testing.T) {
	g := &grid{align: []text.Align{text.AlignLeft, text.AlignRight}}
	g.row("name", "n")
	g.title("a title that is wide")
	g.row("a", "10")
	g.title("short")
	g.row("日本", "7")
	assert.Equal(t, `
┌────────────┬─────────┐
│ name       │       n │
├────────────┴─────────┤
│ a title that is wide │
│ a          │      10 │
├────────────┴─────────┤
│ short                │
│ 日本       │       7 │
└────────────┴─────────┘
`, "\n"+g.String())
}

func TestWhatATerminalWouldObeyIsWrittenOut(t *testing.T) {
	assert.Equal(t, `a\nb\tc\x1b[31m é 日 \u202e`, visible("a\nb\tc\x1b[31m é 日 \u202e"))
}

// words are texts of any width, with what makes widths hard to tell.
var words = rapid.OneOf(
	rapid.StringMatching(`[a-z_=0-9 ,.%]{0,80}`),
	rapid.String(),
	rapid.StringOf(rapid.SampledFrom([]rune("aé日\u0301\u200b🏀\n\t\x1b[─│"))),
)

// A line of a title is no wider than it may be, but for one word; nothing is lost.
func TestTitlesAreWrappedBetweenWords(t *testing.T) {
	assert.Equal(t, []string{"points is", "pts, blocks", "is blk"}, wrapped("points is pts, blocks is blk", 11))
	rapid.Check(t, func(t *rapid.T) {
		title, most := words.Draw(t, "title"), rapid.IntRange(1, 30).Draw(t, "most")
		lines := wrapped(title, most)
		assert.Equal(t, title, strings.Join(lines, " "))
		for _, line := range lines {
			assert.True(t, width(line) <= most || !strings.Contains(line, " "), line)
		}
	})
}

// Whatever stands in a grid, it is a rectangle, and everything stands in it.
func TestEveryGridIsARectangle(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		columns := rapid.IntRange(1, 7).Draw(t, "columns")
		g := &grid{}
		for range columns {
			g.align = append(g.align, rapid.SampledFrom([]text.Align{text.AlignLeft, text.AlignRight}).Draw(t, "align"))
		}
		var all []string
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			if rapid.Bool().Draw(t, "title") {
				title := words.Draw(t, "title")
				g.title(title)
				all = append(all, wrapped(visible(title), titleWidth)...)
				continue
			}
			cells := make([]string, columns)
			for i := range cells {
				cells[i] = visible(words.Draw(t, "cell"))
			}
			g.row(cells...)
			all = append(all, cells...)
		}
		lines := strings.Split(strings.TrimSuffix(g.String(), "\n"), "\n")
		for _, line := range lines {
			if width(line) != width(lines[0]) {
				t.Fatalf("a line is %d wide and the first %d:\n%s", width(line), width(lines[0]), g)
			}
		}
		for _, s := range all {
			if !strings.Contains(g.String(), strings.TrimSpace(s)) {
				t.Fatalf("%q is not in\n%s", s, g)
			}
		}
	})
}
