package cli

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
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
