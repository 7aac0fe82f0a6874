package panel_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/panel"
)

// ann sat out on the 3rd, is lost on the 5th, and has no value on the 7th.
const patchy = `
player day:date played:int points:int
ann 2026-01-01 1 10
ann 2026-01-03 0 99
ann 2026-01-07 1 -
ann 2026-01-09 1 40
bob 2026-01-01 1 1
`

func TestARowThatIsReadOtherwiseIsNeverRefused(t *testing.T) {
	s := panel.Spec{Entity: []string{"player"}, At: "day", Counted: expr.Col("played").Eq(1)}
	require.NoError(t, s.Ask(panel.Windows{Value: []string{"points"}, Last: []int64{3}}))
	sheet := table(t, "sheet", "player day:date\nann 2026-01-01\nann 2026-01-03\nann 2026-01-05\nann 2026-01-07\nann 2026-01-09\nbob 2026-01-01")
	points := table(t, "points", "player day:date\nann 2026-01-03\nann 2026-01-09\nann 2026-01-11\nzoe 2026-01-11")
	loaded, err := panel.Load(t.Context(), s, panel.Tables{Rows: table(t, "games", patchy), Expected: sheet, Points: points}, now)
	require.NoError(t, err)
	answers, err := loaded.Compute()
	require.NoError(t, err)
	known, due := answers.KnownPoints()
	require.Equal(t, []bool{true, true, true, false}, known)
	require.Equal(t, known, due)
	require.Equal(t, []string{"warmup", "gap", "gap", "warmup"}, said(answers))
	for as, want := range map[panel.Reading]float64{
		panel.Present: (10 + 40) / 2.0,    // of 10, NULL, 40
		panel.Zeros:   (0 + 0 + 40) / 3.0, // of the rows of the 3rd, the 7th and the 9th
		panel.Dropped: 40,                 // of which one has a value
	} {
		otherwise, err := loaded.Otherwise(as, []rolling.Spec{s.Windows[0]}, []int32{2, 3})
		require.NoError(t, err)
		v, ok := otherwise.Value(0, 0)
		require.True(t, ok)
		require.InDelta(t, want, v, 1e-12, as)
		_, ok = otherwise.Value(0, 1)
		require.False(t, ok, "zoe has no rows")
	}
}
