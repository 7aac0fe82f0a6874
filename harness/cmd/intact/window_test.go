package main_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v4"
)

// played says who took part: a row that did not play has NULL minutes.
const played = "is_dnp IS NOT TRUE AND minutes_played > 0"

// write puts files into a folder of their own.
func write(t *testing.T, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, body := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600))
	}
	return dir
}

// records reads CSV as maps from column to cell.
func records(t *testing.T, text string) []map[string]string {
	t.Helper()
	all, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.NotEmpty(t, all)
	var out []map[string]string
	for _, row := range all[1:] {
		m := map[string]string{}
		for i, name := range all[0] {
			m[name] = row[i]
		}
		out = append(out, m)
	}
	return out
}

const gameHeader = "player,game_date,is_dnp,minutes_played,points\n"

// game is a row: a number of points, – who did not play, ? who played and whose
// points are NULL.
func game(player, date, points string) string {
	switch points {
	case "–":
		return fmt.Sprintf("%s,%s,true,,\n", player, date)
	case "?":
		return fmt.Sprintf("%s,%s,false,30,\n", player, date)
	}
	return fmt.Sprintf("%s,%s,false,30,%s\n", player, date, points)
}

// Last 3 as of day 9, expected on days 1 to 8; ✗ is no row.
func TestWindowPlaces(t *testing.T) {
	for history, want := range map[string]string{
		"4 5 6 – – 7 8 9": "8,whole,3,3",
		"4 5 6 – – 7 8 –": "7,whole,3,3",
		"4 5 ✗ 6 7 8 9 –": "8,whole,3,3", // the hole is older
		"4 5 6 7 8 9 1 ✗": ",gap,2,3",
		"4 5 6 7 8 ✗ 9 1": ",gap,2,3",
		"4 5 6 7 8 ? 9 1": ",null,2,3",
		"4 5 6 7 ✗ ? 9 1": ",null,2,3", // the newest three places are ? 9 1
		"– – – – – – 8 9": ",warmup,2,3",
		"– – ✗ – – – 8 9": ",gap,2,3",
	} {
		t.Run(history, func(t *testing.T) {
			t.Parallel()
			games, sheet := gameHeader, "player,game_date\n"
			for i, points := range strings.Fields(history) {
				date := fmt.Sprintf("2026-01-%02d", i+1)
				sheet += "ann," + date + "\n"
				if points != "✗" {
					games += game("ann", date, points)
				}
			}
			dir := write(t, map[string]string{"games.csv": games, "sheet.csv": sheet, "tomorrow.csv": "player,game_date\nann,2026-01-09\n"})
			got := run(t, dir, "window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "3",
				"--counted", played, "--expected", "sheet.csv", "--points", "tomorrow.csv")
			require.Equal(t, 0, got.code, got.stderr)
			assert.Equal(t, "player,game_date,points_avg_last_3,points_avg_last_3_reason,points_avg_last_3_observed,points_avg_last_3_expected\n"+
				"ann,2026-01-09,"+want+"\n", got.stdout)
		})
	}
}

// Averages that were once computed wrongly, to the digit.
func TestWindowFacts(t *testing.T) {
	for name, c := range map[string]struct {
		newestFirst string
		own         string // the day's own value
		args        []string
		want        string
	}{
		"games not played take no place":         {"21 28 24 – – – 33 35 26 26", "–", []string{"--last", "5"}, "28.2,whole,5,"},
		"the newest is not played":               {"– 31 28 29 24 46", "–", []string{"--last", "5"}, "31.6,whole,5,"},
		"zero points are points":                 {"5 0 2 0 2", "9", []string{"--last", "5"}, "1.8,whole,5,"},
		"the day itself is not seen":             {"13 32 40 18 19", "32", []string{"--last", "5"}, "24.4,whole,5,"},
		"the day itself is seen where asked for": {"13 32 40 18 19", "32", []string{"--last", "5", "--include-current"}, "27,whole,5,"},
		"pace of ten games": {"100.4 114.6 102.2 104.4 108.6 103.5 107.9 98.1 100.6 107.4", "99", []string{"--last", "10"},
			"104.77,whole,10,"},
		"a mean of four is none": {"5 0 2 0", "9", []string{"--last", "5"}, ",warmup,4,"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			values := strings.Fields(c.newestFirst)
			games := gameHeader + game("ann", "2026-01-30", c.own) // in no order
			for i, v := range values {
				games += game("ann", fmt.Sprintf("2026-01-%02d", 29-2*i), v)
			}
			args := append([]string{"window", "--entity", "player", "--at", "game_date", "--value", "points", "--counted", played}, c.args...)
			got := runWith(t, t.TempDir(), games, args...)
			require.Equal(t, 0, got.code, got.stderr)
			first := strings.Split(got.stdout, "\n")[1]
			assert.Equal(t, strings.TrimSuffix(game("ann", "2026-01-30", c.own), "\n")+","+c.want, first)
			assert.Contains(t, got.stderr, "expected: none")
		})
	}
}

// The All-Star week: nobody plays, and that is no hole.
func TestWindowOverTheAllStarBreak(t *testing.T) {
	games := gameHeader + game("ann", "2026-02-02", "8") + game("ann", "2026-02-12", "20") + game("ann", "2026-02-19", "30") +
		game("bob", "2026-02-02", "8") + game("bob", "2026-02-11", "10") + game("bob", "2026-02-19", "12")
	sheet := "player,game_date\nann,2026-02-02\nann,2026-02-12\nann,2026-02-19\nbob,2026-02-02\nbob,2026-02-11\nbob,2026-02-19\n"
	dir := write(t, map[string]string{"games.csv": games, "sheet.csv": sheet})
	got := run(t, dir, "window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--days", "7",
		"--counted", played, "--expected", "sheet.csv")
	require.Equal(t, 0, got.code, got.stderr)
	rows := records(t, got.stdout)
	assert.Equal(t, "20", rows[2]["points_avg_7d"])
	assert.Equal(t, "empty", rows[5]["points_avg_7d_reason"])
	assert.Equal(t, "0", rows[5]["points_avg_7d_expected"])
}

// A re-used id does not collide, two rows of a day are two observations where an
// order tells them apart, and neither sees the other.
func TestWindowOrder(t *testing.T) {
	const games = "player,game_date,game_id,points\n" +
		"ann,2026-01-08,a,4\nann,2026-01-29,a,6\nann,2026-01-29,b,8\nann,2026-01-30,c,1\n"
	args := []string{"window", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "2"}
	reasons := func(out outcome) (all []string) {
		for _, r := range records(t, out.stdout) {
			all = append(all, r["points_avg_last_2_reason"]+r["points_avg_last_2"])
		}
		return all
	}
	assert.Equal(t, []string{"warmup", "warmup", "warmup", "whole7"}, reasons(runWith(t, t.TempDir(), games, append(args, "--order", "game_id")...)))
	assert.Equal(t, []string{"warmup", "warmup", "warmup", "duplicate"}, reasons(runWith(t, t.TempDir(), games, args...)))
}

// A season start begins a history anew, and a row without a season is null.
func TestWindowReset(t *testing.T) {
	const games = "player,game_date,season,points\nann,2025-04-01,2025,4\nann,2025-10-21,2026,6\nann,2025-10-23,2026,8\n"
	args := []string{"window", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1"}
	rows := records(t, runWith(t, t.TempDir(), games, append(args, "--reset", "season")...).stdout)
	assert.Equal(t, "warmup", rows[1]["points_avg_last_1_reason"])
	assert.Equal(t, "6", rows[2]["points_avg_last_1"])
	rows = records(t, runWith(t, t.TempDir(), games, args...).stdout)
	assert.Equal(t, "4", rows[1]["points_avg_last_1"])
}

// Every statistic, over rows and over days, in the order of the columns.
func TestWindowColumns(t *testing.T) {
	const games = "player,at,made,tried\nann,2026-01-01,2,4\nann,2026-01-02,1,8\nann,2026-01-03,0,0\nann,2026-01-04,,\n"
	got := runWith(t, t.TempDir(), games, "window", "--entity", "player", "--at", "at", "--value", "made", "--stat", "mean,sum,count,min,max,stddev_pop,stddev_samp",
		"--ratio", "made/tried", "--last", "2", "--days", "2")
	require.Equal(t, 0, got.code, got.stderr)
	last := records(t, got.stdout)[3]
	want := map[string]string{
		"made_avg_last_2": "0.5", "made_sum_last_2": "1", "made_count_last_2": "2", "made_min_last_2": "0", "made_max_last_2": "1",
		"made_stddev_pop_last_2": "0.5", "made_stddev_samp_last_2": "0.7071067811865476", "made_per_tried_ratio_last_2": "0.125",
	}
	for name, value := range want {
		assert.Equal(t, value, last[name], name)
		days := strings.Replace(name, "_last_2", "_2d", 1)
		assert.Equal(t, value, last[days], days)
	}
	header, _, _ := strings.Cut(got.stdout, "\n")
	assert.True(t, strings.HasPrefix(header, "player,at,made,tried,made_avg_last_2,made_avg_last_2_reason,made_avg_last_2_observed,made_avg_last_2_expected,made_avg_2d,"), header)
}

// NDJSON passes through with keys before the closing brace.
func TestWindowNDJSON(t *testing.T) {
	const games = `{"player": "ann", "at": "2026-01-01", "points": 4, "deep": {"a": [1, {"b": "}"}]}}
  { "at":"2026-01-02","player":"ann","points":7.50 }` + "\r\n\n" + `{"player":"ann","at":"2026-01-03"}`
	got := runWith(t, t.TempDir(), games, "window", "-i", "ndjson", "--entity", "player", "--at", "at", "--value", "points", "--last", "1")
	require.Equal(t, 0, got.code, got.stderr)
	answer := func(value, reason string, observed int) string {
		return fmt.Sprintf(`,"points_avg_last_1":%s,"points_avg_last_1_reason":"%s","points_avg_last_1_observed":%d,"points_avg_last_1_expected":null`, value, reason, observed)
	}
	assert.Equal(t, `{"player": "ann", "at": "2026-01-01", "points": 4, "deep": {"a": [1, {"b": "}"}]}`+answer("null", "warmup", 0)+"}\n"+
		`  { "at":"2026-01-02","player":"ann","points":7.50 `+answer("4", "whole", 1)+"}\r\n\n"+
		`{"player":"ann","at":"2026-01-03"`+answer("7.5", "whole", 1)+"}", got.stdout)
}

// One format in, another out.
func TestWindowConverts(t *testing.T) {
	const games = "player,at,points,ok,note\nann,2026-01-01,4,true,\"a \"\"b\"\", c\"\nann,2026-01-02,,false,\n"
	args := []string{"window", "--entity", "player", "--at", "at", "--value", "points", "--last", "1"}
	got := runWith(t, t.TempDir(), games, append(args, "-o", "ndjson")...)
	require.Equal(t, 0, got.code, got.stderr)
	assert.Equal(t, `{"player":"ann","at":"2026-01-01","points":4,"ok":true,"note":"a \"b\", c","points_avg_last_1":null,"points_avg_last_1_reason":"warmup","points_avg_last_1_observed":0,"points_avg_last_1_expected":null}
{"player":"ann","at":"2026-01-02","points":null,"ok":false,"note":null,"points_avg_last_1":4,"points_avg_last_1_reason":"whole","points_avg_last_1_observed":1,"points_avg_last_1_expected":null}
`, got.stdout)

	back := runWith(t, t.TempDir(), got.stdout, "window", "-i", "ndjson", "-o", "csv", "--entity", "player", "--at", "at", "--value", "points", "--days", "1")
	require.Equal(t, 0, back.code, back.stderr)
	assert.True(t, strings.HasPrefix(back.stdout, "player,at,points,ok,note,points_avg_last_1,"), back.stdout)
	assert.Contains(t, back.stdout, "\nann,2026-01-02,,false,,4,whole,1,,4,whole,1,\n")
}

// A spec file says the same as flags, and flags win.
func TestWindowSpecFile(t *testing.T) {
	const spec = `entity: player
at: game_date
value: [points]
last: [2, 3]
counted: is_dnp IS NOT TRUE AND minutes_played > 0
expected: sheet.csv
expected_where: status != 'inactive'
expected_map: {game_date: day}
type: {player: STRING}
`
	games := gameHeader + game("ann", "2026-01-01", "4") + game("ann", "2026-01-02", "–") + game("ann", "2026-01-05", "6")
	const sheet = "player,day,status\nann,2026-01-01,played\nann,2026-01-02,dnp\nann,2026-01-03,inactive\nann,2026-01-04,played\nann,2026-01-05,played\n"
	dir := write(t, map[string]string{"games.csv": games})
	require.NoError(t, os.Mkdir(filepath.Join(dir, "specs"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "specs", "w.yaml"), []byte(spec), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "specs", "sheet.csv"), []byte(sheet), 0o600))

	byFile := run(t, dir, "window", "games.csv", "--spec", "specs/w.yaml")
	require.Equal(t, 0, byFile.code, byFile.stderr)
	byFlags := run(t, dir, "window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "2", "--last", "3", "--counted", played,
		"--expected", "specs/sheet.csv", "--expected-where", "status != 'inactive'", "--expected-map", "at=day", "--type", "player=STRING")
	assert.Equal(t, byFlags, byFile)
	assert.Contains(t, byFile.stderr, "gap: ann as of 2026-01-05 (games.csv:4): 2026-01-04 expected and without a row")

	over := run(t, dir, "window", "games.csv", "--spec", "specs/w.yaml", "--last", "1", "--expected-where", "status = 'inactive'")
	require.Equal(t, 0, over.code, over.stderr)
	assert.Contains(t, over.stdout, "points_avg_last_1,")
	assert.NotContains(t, over.stdout, "points_avg_last_2")
}

// In a spec file a game that is due for two teams is a list of two columns.
func TestWindowSpecFileByTeam(t *testing.T) {
	dir := write(t, map[string]string{
		"games.csv":    "player,team,game_date,points\nann,BOS,2026-01-01,4\nann,BOS,2026-01-03,6\nbob,LAL,2026-01-01,3\nbob,LAL,2026-01-03,5\n",
		"schedule.csv": "day,home,away\n2026-01-01,BOS,LAL\n2026-01-02,NYK,BOS\n2026-01-03,LAL,BOS\n",
		"w.yaml":       "entity: player\nat: game_date\nvalue: points\nlast: 1\nexpected: schedule.csv\nexpected_by: team\nexpected_map: {team: [home, away], game_date: day}\n",
	})
	got := run(t, dir, "window", "games.csv", "--spec", "w.yaml")
	require.Equal(t, 0, got.code, got.stderr)
	rows := records(t, got.stdout)
	assert.Equal(t, "gap", rows[1]["points_avg_last_1_reason"])
	assert.Equal(t, "3", rows[3]["points_avg_last_1"])
}

// A key that is not due yet makes a window wait; a gap it is only afterwards.
func TestWindowWaiting(t *testing.T) {
	games := gameHeader + game("ann", "2026-01-01", "4")
	dir := write(t, map[string]string{
		"games.csv":  games,
		"sheet.csv":  "player,game_date,due\nann,2026-01-01,2026-01-02T06:00:00Z\nann,2026-01-02,9999-01-01T00:00:00Z\n",
		"points.csv": "player,game_date\nann,2026-01-03\n",
	})
	args := []string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1",
		"--expected", "sheet.csv", "--points", "points.csv", "--strict"}
	got := run(t, dir, append(args, "--expected-due", "due")...)
	assert.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "ann,2026-01-03,,waiting,0,1")
	got = run(t, dir, args...)
	assert.Equal(t, 1, got.code)
	assert.Contains(t, got.stdout, "ann,2026-01-03,,gap,0,1")
}

// What is kept of standard input is removed, also when nothing reads the output.
func TestWindowLeavesNoFiles(t *testing.T) {
	rows := strings.Repeat(game("ann", "2026-01-01", "4"), 20_000)
	for name, script := range map[string]string{
		"all is well":            `intact window --entity player --at game_date --value points --last 1 < games.csv > out.csv`,
		"a column is missing":    `intact window --entity palyer --at game_date --value points --last 1 < games.csv`,
		"the reader goes away":   `intact window --entity player --at game_date --value points --last 1 < games.csv | head -n 1`,
		"the rows are cut short": `printf '"a' | intact window --entity player --at game_date --value points --last 1`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir, tmp := write(t, map[string]string{"games.csv": gameHeader + rows}), t.TempDir()
			cmd := exec.CommandContext(t.Context(), "bash", "-c", script)
			cmd.Dir, cmd.Env = dir, append(os.Environ(), "TMPDIR="+tmp, "PATH="+filepath.Dir(intact)+string(os.PathListSeparator)+os.Getenv("PATH"))
			_ = cmd.Run() // how it exits is another test's
			left, err := os.ReadDir(tmp)
			require.NoError(t, err)
			assert.Empty(t, left)
		})
	}
}

// Standard input may be gzipped.
func TestWindowReadsGzippedInput(t *testing.T) {
	got := runWith(t, t.TempDir(), gzipped(t, "2022-23,2022-10-18,ann,30,20.5\n2022-23,2022-10-19,ann,30,4\n"),
		"window", "--entity", "player", "--at", "game_date", "--value", "usage", "--last", "1")
	require.Equal(t, 0, got.code, got.stderr)
	assert.True(t, strings.HasSuffix(got.stdout, "2022-23,2022-10-19,ann,30,4,20.5,whole,1,\n"), got.stdout)
}

// A row that nobody expected counts, and is told.
func TestWindowTellsWhatWasNotExpected(t *testing.T) {
	games := gameHeader + game("ann", "2026-01-01", "4") + game("ann", "2026-01-02", "6")
	dir := write(t, map[string]string{"games.csv": games, "sheet.csv": "player,game_date\nann,2026-01-02\n"})
	got := run(t, dir, "window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1", "--expected", "sheet.csv", "--strict")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stdout, "ann,2026-01-02,false,30,6,4,whole,1,1\n")
	assert.Contains(t, got.stderr, "unexpected: 1 of the windows holds a row that no expected key names, as ann as of 2026-01-02 (games.csv:3): 2026-01-01 (games.csv:2)\n")
}

// The published schema accepts a spec and refuses a misspelt key.
func TestWindowSchema(t *testing.T) {
	got := run(t, root, "schema", "window")
	require.Equal(t, 0, got.code, got.stderr)
	var schema jsonschema.Schema
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &schema))
	resolved, err := schema.Resolve(nil)
	require.NoError(t, err)
	var spec map[string]any
	text, err := os.ReadFile(filepath.Join(root, "testdata", "points_last_10.yaml"))
	require.NoError(t, err)
	require.NoError(t, yaml.Unmarshal(text, &spec))
	require.NoError(t, resolved.Validate(spec))
	spec["valeu"] = "points"
	require.Error(t, resolved.Validate(spec))
}
