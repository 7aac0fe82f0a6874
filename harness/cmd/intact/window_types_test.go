package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A type goes to each file that is read for the column, and to no other.
func TestWindowTypesGoWhereTheColumnIs(t *testing.T) {
	const rows = "player,team,game_date,game_id,season,points\n" +
		"007,1,2026-01-01,01,24,4\n007,1,2026-01-02,02,24,6\n007,1,2026-01-04,04,24,6\n"
	const schedule = "day,home,away,season,ready\n2026-01-01,1,2,24,2026-01-02 06:00:00\n2026-01-02,1,2,24,2026-01-03 06:00:00\n" +
		"2026-01-03,2,1,24,2026-01-04 06:00:00\n2026-01-04,1,2,24,2026-01-05 06:00:00\n"
	const due = "player,game_date,season,code\n007,2026-01-01,24,1\n007,2026-01-02,24,1\n007,2026-01-04,24,1\n007,2026-01-03,24,2\n"
	byTeam := []string{"--expected", "schedule.csv", "--expected-by", "team", "--expected-map", "team=home,team=away,at=day"}
	for name, c := range map[string]struct {
		args []string
		want string // the last reason
	}{
		"an entity that a schedule by team lacks": {append(byTeam, "--type", "player=STRING"), "gap"},
		"a team by the name of the rows":          {append(byTeam, "--type", "team=STRING"), "gap"},
		"an order that a schedule by team lacks":  {append(byTeam, "--order", "game_id", "--type", "game_id=STRING"), "gap"},
		"a column of the rows alone":              {append(byTeam, "--type", "points=FLOAT64"), "gap"},
		"a column of the list alone":              {append(byTeam, "--expected-due", "ready", "--type", "ready=TIMESTAMP"), "gap"},
		"a column of its predicate": {
			[]string{"--expected", "due.csv", "--expected-where", "code = '1'", "--type", "code=STRING,player=STRING"}, "whole",
		},
		"an order and a value that points lack": {
			[]string{"--points", "points.csv", "--order", "game_id", "--type", "player=STRING,game_id=STRING,points=FLOAT64"}, "whole",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, map[string]string{"games.csv": rows, "schedule.csv": schedule, "due.csv": due, "points.csv": "player,game_date\n007,2026-01-05\n"})
			got := run(t, dir, append([]string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1"}, c.args...)...)
			require.Equal(t, 0, got.code, got.stderr)
			all := records(t, got.stdout)
			assert.Equal(t, c.want, all[len(all)-1]["points_avg_last_1_reason"])
		})
	}
}

// The input is no oracle of itself, also where it comes as standard input.
func TestWindowRefusesStandardInputAsItsOwnOracle(t *testing.T) {
	dir := write(t, map[string]string{"games.csv": gameHeader + game("ann", "2026-01-01", "4"), "sheet.csv": "player,game_date\nann,2026-01-01\n"})
	for sheet, want := range map[string]int{"games.csv": 2, "sheet.csv": 0} {
		t.Run(sheet, func(t *testing.T) {
			in, err := os.Open(filepath.Join(dir, "games.csv"))
			require.NoError(t, err)
			defer in.Close()
			cmd := exec.CommandContext(t.Context(), intact, "window", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1", "--expected", sheet)
			cmd.Dir, cmd.Stdin = dir, in
			text, _ := cmd.CombinedOutput()
			assert.Equal(t, want, cmd.ProcessState.ExitCode(), "%s", text)
			if want != 0 {
				assert.Contains(t, string(text), "--expected games.csv is the input itself")
			}
		})
	}
}

// The mean of a BOOL is the share that is TRUE.
func TestWindowAveragesBools(t *testing.T) {
	const games = "player,game_date,won\nann,2026-01-01,true\nann,2026-01-02,false\nann,2026-01-03,\nann,2026-01-04,true\nann,2026-01-05,true\nann,2026-01-06,false\n"
	dir := write(t, map[string]string{"games.csv": games})
	got := run(t, dir, windowArgs("--value", "won", "--last", "2", "--stat", "mean,sum")...)
	require.Equal(t, 0, got.code, got.stderr)
	assert.Equal(t, "player,game_date,won,won_avg_last_2,won_avg_last_2_reason,won_avg_last_2_observed,won_avg_last_2_expected,won_sum_last_2,won_sum_last_2_reason,won_sum_last_2_observed,won_sum_last_2_expected\n"+
		"ann,2026-01-01,true,,warmup,0,,,warmup,0,\n"+
		"ann,2026-01-02,false,,warmup,1,,,warmup,1,\n"+
		"ann,2026-01-03,,0.5,whole,2,,1,whole,2,\n"+
		"ann,2026-01-04,true,,null,1,,,null,1,\n"+
		"ann,2026-01-05,true,,null,1,,,null,1,\n"+
		"ann,2026-01-06,false,1,whole,2,,2,whole,2,\n", got.stdout)
}
