package cli

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality"
)

const root = "../../.."

// records are the rows of a table below testdata, the header first.
func records(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(filepath.Join(root, "testdata", name))
	require.NoError(t, err)
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	require.NoError(t, err)
	rows, err := csv.NewReader(unpacked).ReadAll()
	require.NoError(t, err)
	return rows
}

// The columns of player_game that the night is about.
const (
	gameID    = 0
	season    = 2
	minutes   = 7
	usageRate = 18
)

// TestTheReadmesLog waits the night out, with the mending script's steps a minute
// apart, and finds the log in the README. The figures are counted row by row.
func TestTheReadmesLog(t *testing.T) {
	if testing.Short() {
		t.Skip("it reads whole seasons six times")
	}
	if _, err := exec.LookPath("echo"); err != nil {
		t.Skip("echo is not on this machine")
	}
	clean, night := records(t, "clean/player_game.csv.gz"), records(t, "night/player_game.csv.gz")
	require.Equal(t, []string{"game_id", "season", "minutes_played", "usage_rate"},
		[]string{night[0][gameID], night[0][season], night[0][minutes], night[0][usageRate]})

	// mended has the rows of games before a day right, and the others as they are.
	mended := func(day string) [][]string {
		out := night[:1:1]
		for _, r := range clean[1:] {
			if r[gameID] < day {
				out = append(out, r)
			}
		}
		for _, r := range night[1:] {
			if r[gameID] >= day {
				out = append(out, r)
			}
		}
		return out
	}
	count := func(rows [][]string, of string) (populated, played int64) {
		for _, r := range rows[1:] {
			if r[season] == of && r[minutes] != "" && r[minutes] != "0" {
				played++
				if r[usageRate] != "" {
					populated++
				}
			}
		}
		return populated, played
	}
	observed := func(rows [][]string, of string) string {
		populated, played := count(rows, of)
		return fmt.Sprintf("complete:usage_rate by season: season=%s %s of %s (%.1f%%)", of,
			quality.Grouped(populated), quality.Grouped(played), 100*float64(populated)/float64(played))
	}
	moved := func(before, after [][]string, of string) string {
		was, played := count(before, of)
		is, _ := count(after, of)
		return fmt.Sprintf(", was %s of %s, +%s in 1m0s", quality.Grouped(was), quality.Grouped(played), quality.Grouped(is-was))
	}
	days := []string{"20230101", "20230701", "20240101", "20260701"}
	var steps [][][]string
	for _, day := range days {
		steps = append(steps, mended(day))
	}
	want := "[0s] " + observed(night, "2022-23") + " (and 2 more)\n" +
		"[1m0s] " + observed(steps[0], "2022-23") + moved(night, steps[0], "2022-23") + " (and 2 more)\n" +
		"[2m0s] " + observed(steps[1], "2023-24") + " (and 1 more)\n" +
		"[3m0s] " + observed(steps[2], "2023-24") + moved(steps[1], steps[2], "2023-24") + " (and 1 more)\n" +
		"[4m0s] complete:usage_rate by season: pass\n" +
		"[4m0s] all suites pass: 1 of 2 looks in a row with the same counts\n" +
		"PASS: none of 3 checks blocks.\n" +
		"open after 6 looks in 5m0s: echo starts\n"

	e := &evenings{t: t, dir: t.TempDir(), now: evening}
	table := filepath.Join(e.dir, "player_game.csv")
	write := func(rows [][]string) {
		file, err := os.Create(table)
		require.NoError(t, err)
		defer file.Close()
		require.NoError(t, csv.NewWriter(file).WriteAll(rows))
	}
	write(night)
	for _, rows := range steps {
		e.then(func() { write(rows) })
	}
	code := Run(t.Context(), Process{
		Args: []string{"gate", filepath.Join(root, "testdata", "player_game_summary.yaml"),
			"--data", "nba_analytics.player_game_summary=" + table, "--wait", "45m", "--settle", "2", "--", "echo", "phase 4 starts"},
		Stdout: &e.stdout, Stderr: &e.stderr,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return e.now },
		Sleep:     func(ctx context.Context, d time.Duration) error { return e.sleep(ctx, d) },
	})
	assert.Equal(t, exitPass, code)
	assert.Equal(t, "phase 4 starts\n", e.stdout.String())
	assert.Equal(t, want, e.stderr.String())

	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	require.NoError(t, err)
	for _, text := range []string{"```text\n" + want + "```\n", "for day in " + strings.Join(days, " ") + ";"} {
		if !strings.Contains(string(readme), text) {
			t.Errorf("the README does not hold this:\n%s", text)
		}
	}
}
