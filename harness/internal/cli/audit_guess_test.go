package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// cliOn runs the command on files.
func cliOn(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(t.Context(), Process{
		Args: args, Stdout: &out, Stderr: &err,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
	})
	return code, out.String(), err.String()
}

// What is guessed of columns stands in a suite as it was printed, and passes.
func TestWhatIsGuessedIsACheckThatPasses(t *testing.T) {
	dir := t.TempDir()
	games, features, suite := filepath.Join(dir, "games.csv"), filepath.Join(dir, "features.csv"), filepath.Join(dir, "suite.yaml")
	var from, to strings.Builder
	from.WriteString("who,day,score\n")
	to.WriteString("player,day,score_avg_3d,score_sum_last_2_games,avg_score_l2,other_7\n")
	for p, player := range []string{"ann", "bob"} {
		day, scores := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), []int{}
		for g := range 30 {
			date := day.Format(time.DateOnly)
			rows, sum, mean := "", "", "" // of the two rows before
			if g >= 2 {
				rows, sum = fmt.Sprintf("%.1f", float64(scores[g-1]+scores[g-2])/2), fmt.Sprint(scores[g-1]+scores[g-2])
			}
			score := (g*g*7 + p*5 + g*3) % 41
			if scores = append(scores, score); g >= 1 {
				mean = fmt.Sprintf("%.1f", float64(scores[g]+scores[g-1])/2)
			}
			fmt.Fprintf(&from, "%s,%s,%d\n", player, date, score)
			fmt.Fprintf(&to, "%s,%s,%s,%s,%s,%d\n", player, date, rows, sum, mean, (g*g*11+p)%97+1000)
			day = day.AddDate(0, 0, 1+g%3)
		}
	}
	for path, text := range map[string]string{games: from.String(), features: to.String()} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	code, stdout, stderr := cliOn(t, "audit", features, "--of", games, "--guess", "--entity", "player", "--at", "day", "--map", "player=who")
	require.Equal(t, exitFail, code, "of one column it is none: %s", stderr)
	for _, says := range []string{
		"# score_avg_3d is score_avg of the last 2 rows: 56 of 56 values\n#   the name says 3 days and they are 2 rows\n- window: score_avg_3d\n  of: score\n  last: 2\n",
		"# score_sum_last_2_games is score_sum of the last 2 rows: 56 of 56 values\n- window: score_sum_last_2_games\n  of: score\n  stat: sum\n  last: 2\n",
		"# avg_score_l2 is score_avg of the last 2 rows and its own: 58 of 58 values\n#   it sees its row's own time, a leak in what is to be predicted\n- window: avg_score_l2\n",
		"  include_current: true\n",
		"# other_7: none of ",
	} {
		require.Contains(t, stdout, says)
	}

	require.NoError(t, os.WriteFile(suite, []byte("suite: form\ntable: nba.form\nsource: features.csv\nchecks:\n"+stdout), 0o600))
	code, stdout, stderr = cliOn(t, "check", suite)
	require.Equal(t, exitPass, code, stdout+stderr)
	require.Contains(t, stdout, "PASS: none of 3 checks blocks.")
}

func TestGuessRefuses(t *testing.T) {
	features := filepath.Join(t.TempDir(), "features.csv")
	require.NoError(t, os.WriteFile(features, []byte("player,day,form\nann,2024-01-01,7\n"), 0o600))
	for name, tc := range map[string]struct {
		args []string
		code int
		says string
	}{
		"a window":        {[]string{"--column", "form", "--last", "3"}, exitUsage, "of no use where they are guessed"},
		"a bound":         {[]string{"--column", "form", "--at-least", "3%"}, exitUsage, "of no use where they are guessed"},
		"an engine":       {[]string{"--engine", "bigquery"}, exitUsage, "rules are tried on files only"},
		"no number":       {nil, exitUnknown, "no column's name says a number"},
		"a column":        {[]string{"--column", "shape"}, exitUnknown, `there is no column "shape"`},
		"text":            {[]string{"--column", "player"}, exitUnknown, "player is STRING and no number"},
		"rows of nothing": {[]string{"--column", "form", "--of", "none.csv"}, exitUnknown, "none.csv"},
	} {
		t.Run(name, func(t *testing.T) {
			code, stdout, stderr := cliOn(t, append([]string{"audit", features, "--guess", "--entity", "player", "--at", "day"}, tc.args...)...)
			require.Equal(t, tc.code, code, stderr)
			require.Contains(t, stderr, tc.says)
			require.Empty(t, stdout)
		})
	}
}
