package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
)

// cliOn runs the command on files.
func cliOn(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(t.Context(), Process{
		Args: args, Stdout: &out, Stderr: &err,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		Sleep:     func(ctx context.Context, _ time.Duration) error { <-ctx.Done(); return context.Cause(ctx) },
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

// Of tables it is the same as of files.
func TestGuessReadsTables(t *testing.T) {
	ds := emulator.NewDataset(t)
	schema := bigquery.Schema{{Name: "player", Type: bigquery.StringFieldType}, {Name: "day", Type: bigquery.DateFieldType}, {Name: "score", Type: bigquery.IntegerFieldType}}
	var games, form [][]bigquery.Value
	for g := range 12 {
		day, score := civil.Date{Year: 2024, Month: 3, Day: 1 + 2*g}, func(g int) int { return g * g * 7 % 23 }
		games = append(games, []bigquery.Value{"ann", day, score(g)})
		if g >= 3 {
			form = append(form, []bigquery.Value{"ann", day, score(g-1) + score(g-2) + score(g-3)})
		}
	}
	for name, rows := range map[string][][]bigquery.Value{"games": games, "form": form} {
		if name == "form" {
			schema[2].Name = "score_sum_3d"
		}
		table, err := ds.CreateTable(t.Context(), name, schema)
		require.NoError(t, err)
		require.NoError(t, table.LoadRows(t.Context(), rows))
		schema[2].Name = "score"
	}
	var out, said bytes.Buffer
	code := Run(t.Context(), Process{
		Args: []string{"audit", ds.ID + ".form", "--of", ds.ID + ".games", "--guess", "--entity", "player", "--at", "day", "--project", emulator.Project}, Stdout: &out, Stderr: &said,
		LookupEnv:    func(string) (string, bool) { return "", false },
		Now:          func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) },
		OpenBigQuery: func(ctx context.Context, _ string) (*bigquery.Client, error) { return ds.Server().Client(ctx) },
	})
	require.Equal(t, exitPass, code, said.String())
	require.Equal(t, "# score_sum_3d is score_sum of the last 3 rows: 9 of 9 values\n#   the name says 3 days and they are 3 rows\n- window: score_sum_3d\n  of: score\n  stat: sum\n  last: 3\n"+
		"  entity: player\n  at: day\n  from: {table: "+ds.ID+".games}\n", out.String())
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
		"a report":        {[]string{"--report", "out.xml"}, exitUsage, "makes no report"},
		"an engine":       {[]string{"--engine", "emulator"}, exitUsage, "rules are tried in memory"},
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
