package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/bigquery"
	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"
	bq "google.golang.org/api/bigquery/v2"

	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/bq/fakebq"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/lineage"
)

// afarOn runs the command on tables of BigQuery.
func afarOn(t *testing.T, srv *fakebq.Server, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	code = Run(t.Context(), Process{
		Args: args, Stdout: &out, Stderr: &err,
		LookupEnv:    func(string) (string, bool) { return "", false },
		Now:          func() time.Time { return time.Date(2026, 1, 3, 3, 4, 5, 0, time.UTC) },
		OpenBigQuery: func(ctx context.Context, _ string) (*bigquery.Client, error) { return srv.Client(ctx) },
	})
	return code, out.String(), err.String()
}

var nightTables = filepath.Join(root, "testdata", "tables.yaml")

type (
	blasted struct {
		Tables []struct {
			Table string
			Rows  []struct {
				Date   string
				Key    map[string]string
				Absent bool
			}
		}
		Rebuild []struct{ Table, From, To, Command string }
	}
)

// A game of the night was lost for good. Whose rows it has spoilt, and when, is counted
// from the tables row by row.
func TestBlastOfAGameOfTheNight(t *testing.T) {
	const day, team = "2023-11-28", "MIL"
	players := records(t, "night/player_game.csv.gz")
	require.Equal(t, []string{"game_date", "season", "team", "player_lookup", "is_dnp", "minutes_played"},
		[]string{players[0][1], players[0][2], players[0][3], players[0][5], players[0][6], players[0][7]})
	var spoilt, after []string
	for _, r := range players[1:] {
		if r[1] == day && r[3] == team {
			spoilt = append(spoilt, day+" "+r[5])
			if r[7] != "" { // who did not play has no game for a window
				after = append(after, next(players[1:], r[5], day, r[2], 10)...)
			}
		}
	}
	slices.Sort(after)
	require.NotEmpty(t, after)

	code, stdout, stderr := cliOn(t, "blast", "nba_analytics.team_offense", "--tables", nightTables, "--date", day, "--lost", "--entity", team, "-o", "json")
	require.Equal(t, exitPass, code, stderr)
	var got blasted
	require.NoError(t, json.Unmarshal([]byte(stdout), &got))
	named := map[string][]string{}
	var order []string
	for _, s := range got.Tables {
		order = append(order, s.Table)
		for _, r := range s.Rows {
			named[s.Table] = append(named[s.Table], r.Date+" "+cmp.Or(r.Key["player_lookup"], r.Key["team"]))
		}
	}
	tables := []string{"nba_analytics.team_offense", "nba_analytics.player_game_summary", "nba_features.player_form", "nba_features.feature_store"}
	require.Equal(t, tables, order)
	require.Equal(t, []string{day + " " + team}, named[tables[0]])
	require.Equal(t, spoilt, named[tables[1]])
	require.Equal(t, after, named[tables[2]])
	require.Equal(t, after, named[tables[3]])
	order = nil
	for _, s := range got.Rebuild {
		order = append(order, s.Table)
	}
	require.Equal(t, tables[1:], slices.Compact(order))
	require.Equal(t, "python summary.py --from 2023-11-28 --to 2023-11-28 --players "+strings.ReplaceAll(strings.Join(spoilt, ","), day+" ", ""), got.Rebuild[0].Command)
}

// next are somebody's rows of a season after a day, up to his n-th game.
func next(rows [][]string, who, day, season string, n int) (out []string) {
	for _, r := range rows { // by date
		if r[5] == who && r[2] == season && r[1] > day && n > 0 {
			out = append(out, r[1]+" "+who)
			if r[7] != "" && r[7] != "0" && r[7] != "0.0" {
				n--
			}
		}
	}
	return out
}

func TestLineageOfTheNight(t *testing.T) {
	code, stdout, stderr := cliOn(t, "lineage", "nba_features.player_form", "--tables", nightTables)
	require.Equal(t, exitPass, code, stderr)
	require.Equal(t, ` 1  nba_analytics.team_offense
 2  nba_analytics.player_game_summary
      from nba_analytics.team_offense: same date by game_id, team, for usage_rate
 3  nba_features.player_form
      from nba_analytics.player_game_summary: last 10 before by player_lookup within season
`, stdout)
	code, stdout, stderr = cliOn(t, "lineage", "--tables", nightTables, "-o", "mermaid")
	require.Equal(t, exitPass, code, stderr)
	require.Contains(t, stdout, "  t2 -->|\"same date by game_id, team, for usage_rate\"| t3\n")
}

// folder writes files into one.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

const chain = `
d.games: {date: day, key: [day, who], source: games.csv, suites: games_suite.yaml}
d.form:
  date: day
  key: [day, who]
  source: games.csv
  from: {d.games: {window: {last: 2, value: points}}}
d.store: {date: day, key: [day, who], source: games.csv, from: [d.form, d.games]}
`

const wholeGames = `
suite: games
table: d.games
checks:
  - rows: {at_least: 2}
    by: day
  - complete: points
`

func TestReady(t *testing.T) {
	for name, c := range map[string]struct {
		games, suite, table, date string
		code                      int
		says                      string
	}{
		"whole":              {"day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n", wholeGames, "d.form", "2026-01-02", exitPass, "pass d.games, all dates to 2026-01-01: last 2 before by who"},
		"not whole":          {"day,who,points\n2026-01-01,a,\n2026-01-01,b,2\n", wholeGames, "d.form", "2026-01-02", exitFail, "fail d.games, all dates to 2026-01-01"},
		"whole on the days":  {"day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n2026-01-02,a,\n", wholeGames, "d.form", "2026-01-02", exitPass, "pass d.games"},
		"nothing there":      {"day,who,points\n2026-01-01,a,1\n", wholeGames, "d.form", "2026-01-01", exitUnknown, "unknown d.games, all dates to 2025-12-31"},
		"a table without":    {"day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n", wholeGames, "d.store", "2026-01-01", exitUnknown, "unknown d.form, 2026-01-01: no suite says whether it is whole"},
		"worse than unknown": {"day,who,points\n2026-01-01,a,1\n", wholeGames, "d.store", "2026-01-01", exitFail, "fail d.games, all dates to 2026-01-01: same date by who; d.form is made from it, last 2 before by who"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := folder(t, map[string]string{"tables.yaml": chain, "games.csv": c.games, "games_suite.yaml": c.suite})
			code, stdout, stderr := cliOn(t, "ready", c.table, "--date", c.date, "--tables", filepath.Join(dir, "tables.yaml"))
			require.Equal(t, c.code, code, stdout+stderr)
			require.Contains(t, stdout, c.says)
			code, stdout, _ = cliOn(t, "ready", c.table, "--date", c.date, "--tables", filepath.Join(dir, "tables.yaml"), "-o", "json")
			require.Equal(t, c.code, code)
			require.True(t, json.Valid([]byte(stdout)))
		})
	}
}

// What a table is made from is only as whole as what that is made from.
func TestReadyLooksAllTheWayUp(t *testing.T) {
	const tables = `
d.raw: {date: day, key: [day, who], source: raw.csv%s}
d.games: {date: day, key: [day, who], source: games.csv, suites: games_suite.yaml, from: d.raw}
d.store: {date: day, key: [day, who], source: games.csv, from: d.games}
`
	files := map[string]string{
		"games.csv": "day,who,points\n2026-01-01,a,1\n2026-01-01,b,2\n", "games_suite.yaml": wholeGames,
		"raw.csv": "day,who,points\n2026-01-01,a,\n", "raw_suite.yaml": "suite: raw\ntable: d.raw\nchecks:\n  - complete: points\n",
	}
	for suites, want := range map[string]struct {
		code int
		says string
	}{
		"":                         {exitUnknown, "unknown d.raw, 2026-01-01: no suite"},
		", suites: raw_suite.yaml": {exitFail, "fail d.raw, 2026-01-01: d.games is made from it, same date by who"},
	} {
		files["tables.yaml"] = fmt.Sprintf(tables, suites)
		dir := folder(t, files)
		code, stdout, stderr := cliOn(t, "ready", "d.store", "--date", "2026-01-01", "--tables", filepath.Join(dir, "tables.yaml"))
		require.Equal(t, want.code, code, stdout+stderr)
		require.Contains(t, stdout, "pass d.games, 2026-01-01: same date by who")
		require.Contains(t, stdout, want.says)
	}
}

// What passes of an empty table says nothing of it.
func TestReadyHasToHaveSeenRows(t *testing.T) {
	for checks, want := range map[string]int{
		"rows: {at_most: 100}":                      exitUnknown,
		"distinct: who\n    at_most: 100":           exitUnknown,
		"rows: {at_most: 0}\n    where: points < 0": exitPass,
	} {
		games := "day,who,points\n2026-01-01,a,1\n"
		if want == exitUnknown {
			games = "day,who,points\n2025-01-01,a,1\n" // none of the day
		}
		dir := folder(t, map[string]string{
			"tables.yaml": "d.games: {date: day, key: [day, who], source: games.csv, suites: s.yaml}\nd.store: {date: day, key: [day, who], from: d.games}\n",
			"games.csv":   games,
			"s.yaml":      "suite: s\ntable: d.games\nchecks:\n  - " + checks + "\n",
		})
		code, stdout, stderr := cliOn(t, "ready", "d.store", "--date", "2026-01-01", "--tables", filepath.Join(dir, "tables.yaml"))
		require.Equal(t, want, code, checks+stdout+stderr)
		if want == exitUnknown {
			require.Contains(t, stdout, "unknown d.games, 2026-01-01: its suites have seen no row")
		}
	}
}

// What is not due yet is waited for.
func TestReadyWaits(t *testing.T) {
	dir := folder(t, map[string]string{
		"tables.yaml":      chain,
		"games.csv":        "day,who,points\n2026-01-01,a,1\n",
		"due.csv":          "day,who,ready\n2026-01-01,a,2026-01-02 00:00:00\n2026-01-01,b,2026-01-09 00:00:00\n",
		"games_suite.yaml": "suite: games\ntable: d.games\nchecks:\n  - cover: [day, who]\n    of: {source: due.csv, due: ready}\n",
	})
	code, stdout, stderr := cliOn(t, "ready", "d.form", "--date", "2026-01-02", "--tables", filepath.Join(dir, "tables.yaml"))
	require.Equal(t, exitWaiting, code, stdout+stderr)
	require.Contains(t, stdout, "waiting d.games, all dates to 2026-01-01")
}

func TestWhatCannotBeFollowedIsSaid(t *testing.T) {
	dir := folder(t, map[string]string{"tables.yaml": chain, "games.csv": "day,who,points\n2026-01-01,a,1\n", "games_suite.yaml": wholeGames})
	tables := filepath.Join(dir, "tables.yaml")
	for _, c := range []struct {
		args string
		code int
		says string
	}{
		{"blast d.games", exitUsage, "--date is missing"},
		{"blast d.gams --date 2026-01-01", exitUsage, "declares no table d.gams: there are d.games, d.form, d.store"},
		{"blast d.games --date 2026-01-02", exitUnknown, "no row is there and none is known to be lost"},
		{"blast d.games --date 2026-01-01 --to 2025-01-01", exitUsage, "--to 2025-01-01 is before --date 2026-01-01"},
		{"blast d.games --date 2026-01-01 --key who", exitUsage, `--key "who" is not of the form COLUMN=VALUE,COLUMN=VALUE`},
		{"blast d.games --date 2026-01-01 --key who=b --lost", exitUsage, "--key gives the lost rows"},
		{"blast d.games --date 2026-01-01 --column pints", exitUnknown, `"pints"`},
		{"blast d.games --date 2026-01-01 --data d.form=gone.csv", exitUnknown, "gone.csv"},
		{"ready d.games --date 2026-01-01", exitUsage, "d.games is made from no other table"},
		{"ready d.form", exitUsage, "--date is missing"},
		{"lineage d.gams", exitUsage, "declares no table d.gams"},
		{"lineage -o dot", exitUsage, "it is table, json or mermaid"},
	} {
		t.Run(c.args, func(t *testing.T) {
			code, stdout, stderr := cliOn(t, append(strings.Fields(c.args), "--tables", tables)...)
			require.Equal(t, c.code, code, stdout+stderr)
			require.Contains(t, stderr, c.says)
		})
	}
}

// A day of a zone can begin a day before that of UTC.
func TestRowsAreBoundedByTheTypeOfTheirDates(t *testing.T) {
	for typ, want := range map[expr.Type]string{
		expr.Date: "day >= DATE '2026-01-02'", expr.Timestamp: "day >= TIMESTAMP '2026-01-01 00:00:00+00'", expr.DateTime: "day >= DATETIME '2026-01-01 00:00:00'",
	} {
		f := &farRows{tables: map[string]quality.TableInfo{"d.t": {Schema: expr.Schema{{Name: "day", Type: typ}}}}}
		reading := lineage.Reading{Table: "d.t", Date: "day", From: civil.Date{Year: 2026, Month: 1, Day: 2}}
		require.Equal(t, want, f.sample(reading).Where.String())
		reading.From = civil.Date{}
		require.True(t, f.sample(reading).Where.IsZero())
	}
}

// On BigQuery each table is asked once, for the columns needed, from the gap's date on.
func TestBlastOnBigQuery(t *testing.T) {
	srv := fakebq.New()
	srv.AddDataset("d", "EU")
	for _, name := range []string{"games", "form", "store"} {
		srv.AddTable("d", name, bq.Table{Schema: &bq.TableSchema{Fields: fakebq.Columns("day DATE", "who STRING", "points INTEGER")}})
	}
	srv.Answer = func(q fakebq.Query) fakebq.Answer {
		return fakebq.Answer{Columns: fakebq.Columns("day DATE", "who STRING"), Bytes: 2 << 40, Rows: [][]any{
			{"2026-01-01", "a"}, {"2026-01-02", "a"}, {"2026-01-03", "a"}, {"2026-01-04", "a"}, {"2026-01-01", "b"}, {"2026-01-02", "b"},
		}}
	}
	dir := folder(t, map[string]string{"tables.yaml": strings.ReplaceAll(chain, "source: games.csv", "zone: UTC")})
	args := []string{"blast", "d.games", "--date", "2026-01-01", "--entity", "a", "--tables", filepath.Join(dir, "tables.yaml"), "--project", fakebq.Project}
	code, stdout, stderr := afarOn(t, srv, append(args, "--dry-run")...)
	require.Equal(t, exitPass, code, stderr)
	require.Empty(t, srv.Ran())
	require.Contains(t, stdout, "3 readings, each once, into memory")
	require.Contains(t, stdout, "in all\n  scans    6.0 TiB, $37.5000\n")
	code, stdout, stderr = afarOn(t, srv, args...)
	require.Equal(t, exitPass, code, stderr)
	require.Len(t, srv.Ran(), 3)
	require.Contains(t, stdout, "d.form: 2 rows spoilt, from 2026-01-02 to 2026-01-03\n  2026-01-02  a\n  2026-01-03  a\n")
	require.Contains(t, stdout, "d.store: 3 rows spoilt")
}
