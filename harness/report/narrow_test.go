package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/report"
)

// A line is wider than the terminal only where a word is.
func TestATableFitsItsTerminal(t *testing.T) {
	for _, color := range []bool{false, true} {
		for _, width := range []int{20, 40, 80, 100} {
			var b bytes.Buffer
			require.NoError(t, report.Table(&b, every(), report.Options{Width: width, Color: color}))
			for line := range strings.SplitSeq(b.String(), "\n") {
				if n := text.StringWidthWithoutEscSequences(line); n > width && len(strings.Fields(line)) > 1 {
					t.Errorf("%d columns: a line has %d: %s", width, n, line)
				}
			}
		}
	}
}

func TestATableThatFitsIsTheSame(t *testing.T) {
	var whole, wide bytes.Buffer
	require.NoError(t, report.Table(&whole, every(), report.Options{}))
	require.NoError(t, report.Table(&wide, every(), report.Options{Width: 500}))
	assert.Equal(t, whole.String(), wide.String())
}

// Whatever stands in the table stands in its lines.
func TestNoWordIsLostOnANarrowTerminal(t *testing.T) {
	words := func(width int) []string {
		var b bytes.Buffer
		require.NoError(t, report.Table(&b, every(), report.Options{Width: width}))
		var out []string
		for _, w := range strings.Fields(b.String()) {
			if strings.Trim(w, "┌─┬┐├┴┤│└┘") != "" {
				out = append(out, w)
			}
		}
		return out
	}
	whole, narrow := words(0), words(40)
	for _, w := range whole {
		if w != "bound" && w != "share" && w != "segment" && w != "observed" && w != "verdict" { // the heads of columns
			assert.Contains(t, narrow, w)
		}
	}
}
