package standard_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/quality/suitefile"
	"github.com/intactdata/intact/quality/suitefile/standard"
)

// game is a player's line. Who shot no free throw has no share of them that went in, a
// game is longer by five minutes for each overtime, and in two minutes of play a usage
// rate says nothing.
type game struct {
	Player    string
	Attempted int64
	FtPct     *float64
	Minutes   float64
	Overtimes int64
	UsageRate float64
}

func share(f float64) *float64 { return &f }

// What is odd and right raises no alarm; what only looks right does.
func TestOddAndRightIsNotBrokenAndRightLooking(t *testing.T) {
	usual := game{"p1", 4, share(0.75), 36, 0, 24}
	for _, tt := range []struct {
		name          string
		checks        string
		clean, broken game
	}{
		{"no free throw, no share", "[{complete: FtPct, where: Attempted > 0}, {implies: {if: Attempted = 0, then: FtPct IS NULL}}, {range: {FtPct: [0, 1]}}]",
			game{"p2", 0, nil, 20, 0, 18}, game{"p2", 3, nil, 20, 0, 18}},
		{"a share of no free throws is made up", "[{complete: FtPct, where: Attempted > 0}, {implies: {if: Attempted = 0, then: FtPct IS NULL}}]",
			game{"p2", 0, nil, 20, 0, 18}, game{"p2", 0, share(0), 20, 0, 18}},
		{"minutes of two overtimes", "[{assert: Minutes <= 48 + 5 * Overtimes}, {max: Minutes, at_most: 68}]",
			game{"p2", 4, share(0.5), 57.5, 2, 31}, game{"p2", 4, share(0.5), 57.5, 1, 31}},
		{"a usage rate above 50 in two minutes", "[{range: {UsageRate: [0, 50]}, where: Minutes >= 5}]",
			game{"p2", 0, nil, 2, 0, 66.7}, game{"p2", 0, nil, 22, 0, 66.7}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, quality.Pass, verdict(t, tt.checks, usual, tt.clean))
			require.Equal(t, quality.Fail, verdict(t, tt.checks, usual, tt.broken))
		})
	}
}

func verdict(t *testing.T, checks string, games ...game) quality.Verdict {
	t.Helper()
	src, err := rows.Of(games)
	require.NoError(t, err)
	files, err := suitefile.Parse("games.yaml", []byte("{suite: games, table: d.games, checks: "+checks+"}"), standard.Kinds()...)
	require.NoError(t, err)
	report, err := quality.Run(t.Context(), rows.NewEngine(map[string]expr.Source{"d.games": src}), time.Unix(0, 0), files[0].Suite)
	require.NoError(t, err)
	return report.Verdict
}
