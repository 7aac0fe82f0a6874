package cli

import (
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/emulator"
	"github.com/intactdata/intact/quality/claim"
	"github.com/intactdata/intact/quality/rows"
)

const teamGameSuite = `suite: team_game
table: nba.team_game
owner: ana
date: game_date
source: team_game.csv
tables:
  nba.team_game: {key: [game_date, team]}
checks:
  - complete: points
    at_least: 90%
  - range: {points: [50, 200]}
    set_aside: {at_most: 40%}
`

const teamGames = "game_date,team,points\n2026-01-03,BOS,101\n2026-01-04,NYK,99\n"

// publishes is a folder with a suite, a table and rows, in which intact publishes.
func publishes(t *testing.T, rows string, args ...string) (code int, out, said string) {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	for name, text := range map[string]string{"suite.yaml": teamGameSuite, "team_game.csv": teamGames, "rows.csv": rows} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return cliOn(t, append([]string{"publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "aside.csv"}, args...)...)
}

func file(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	require.NoError(t, err)
	return string(text)
}

func TestPublishIntoAFile(t *testing.T) {
	const header = "game_date,team,points\n"
	for name, c := range map[string]struct {
		rows  string
		args  []string
		code  int
		says  string
		table string // "" is as it was
		aside string
	}{
		"all is well": {header + "2026-01-04,NYK,98\n2026-01-04,BOS,97\n", nil, 0, "PUBLISHED: nba.team_game, 2026-01-04: 2 rows in the place of 1", teamGames[:len(teamGames)-len("2026-01-04,NYK,99\n")] + "2026-01-04,NYK,98\n2026-01-04,BOS,97\n", ""},
		"one is set aside": {header + "2026-01-04,NYK,98\n2026-01-04,BOS,97\n2026-01-04,LAL,0\n", []string{"--run", "r1"}, 0, "3 read, 1 set aside",
			"game_date,team,points\n2026-01-03,BOS,101\n2026-01-04,NYK,98\n2026-01-04,BOS,97\n", "game_date,team,points,set_aside_by,run_id\n2026-01-04,LAL,0,range:points,r1\n"},
		"too many are to be set aside":          {header + "2026-01-04,NYK,98\n2026-01-04,LAL,0\n", nil, 1, "1 of 2 rows break range:points of team_game (50.0%), and no more than at_most 40% may be set aside", "", ""},
		"a suite fails":                         {header + "2026-01-04,NYK,\n2026-01-04,LAL,\n", nil, 1, "complete:points of team_game", "", ""},
		"rows are set aside of what is refused": {header + "2026-01-04,LAL,99\n2026-01-04,BOS,98\n2026-01-04,DEN,0\n", nil, 1, "to be set aside by range:points: 1 of 3 rows", "", ""},
		"a key is lost":                         {header + "2026-01-04,LAL,99\n", nil, 1, "kept of publish present: 0 of 1 key is in publish.sent", "", ""},
		"a key may go":                          {header + "2026-01-04,LAL,99\n", []string{"--may-shrink", "NYK never played"}, 0, "waived by ana until 2026-01-02, NYK never played", header + "2026-01-03,BOS,101\n2026-01-04,LAL,99\n", ""},
		"a dry run":                             {header + "2026-01-04,NYK,98\n", []string{"--dry-run"}, 0, "NOT PUBLISHED, as nothing is written", "", ""},
		"rows that are not there":               {"", []string{"--rows", "nowhere.csv"}, 3, "nowhere.csv", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, said := publishes(t, c.rows, append(c.args, "--into", "team_game.csv")...)
			assert.Equal(t, c.code, code, out+said)
			assert.Contains(t, out+said, c.says)
			if c.table == "" {
				c.table = teamGames
			}
			assert.Equal(t, c.table, file(t, "team_game.csv"))
			if c.aside != "" {
				assert.Equal(t, c.aside, file(t, "aside.csv"))
			} else {
				assert.NoFileExists(t, "aside.csv")
			}
		})
	}
}

func TestPublishIsToldAsJSON(t *testing.T) {
	code, out, said := publishes(t, "game_date,team,points\n2026-01-04,NYK,98\n", "--into", "team_game.csv", "-o", "json", "--run", "r1")
	require.Zero(t, code, said)
	var got map[string]any
	require.NoError(t, json.Unmarshal([]byte(out), &got))
	assert.Equal(t, true, got["published"])
	assert.EqualValues(t, 1, got["rows_sent"])
	assert.NotEmpty(t, got["report"])
}

// A writer whose claim was taken over is refused, whoever ran before.
func TestPublishByATokenThatWasTakenOver(t *testing.T) {
	t.Setenv("INTACT_CLAIM_TOKEN", "")
	code, _, said := publishes(t, "game_date,team,points\n2026-01-04,NYK,98\n", "--into", "team_game.csv", "--claim-token", "7")
	require.Zero(t, code, said)
	require.NoError(t, os.WriteFile("rows.csv", []byte("game_date,team,points\n2026-01-04,NYK,91\n2026-01-04,BOS,99\n"), 0o600))
	code, out, said := cliOn(t, "publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "a.csv", "--into", "team_game.csv", "--claim-token", "6")
	assert.Equal(t, 1, code)
	assert.Contains(t, out+said, "token 6 is no longer good for days from 2026-01-04 to 2026-01-04, where token 7 has been seen")
	assert.Contains(t, file(t, "team_game.csv"), "NYK,98")
}

func TestMistakesOfPublish(t *testing.T) {
	for says, args := range map[string][]string{
		"--into is missing":                {},
		`--output "x" is not known`:        {"--into", "team_game.csv", "-o", "x"},
		"--data names nba.team_game":       {"--into", "team_game.csv", "--data", "nba.team_game=x.csv"},
		"rows are published into files of": {"--into", "team_game.xlsx"},
	} {
		code, out, said := publishes(t, "game_date,team,points\n2026-01-04,NYK,98\n", args...)
		assert.NotZero(t, code, says)
		assert.Contains(t, out+said, says)
	}
}

func TestPublishIntoATable(t *testing.T) {
	ds := emulator.NewDataset(t)
	type teamGame struct {
		Day    civil.Date `bigquery:"game_date"`
		Team   string     `bigquery:"team"`
		Points int64      `bigquery:"points"`
	}
	source, err := rows.Of([]teamGame{{civil.Date{Year: 2026, Month: 1, Day: 3}, "BOS", 101}, {civil.Date{Year: 2026, Month: 1, Day: 4}, "NYK", 99}})
	require.NoError(t, err)
	_, err = ds.Load(t.Context(), "team_game", source)
	require.NoError(t, err)
	t.Setenv("INTACT_EMULATOR", ds.Server().Endpoint())
	args := []string{"--engine", "emulator", "--into", ds.ID + ".team_game", "--run", "r1"}
	rows := "game_date,team,points\n2026-01-04,NYK,98\n2026-01-04,BOS,97\n2026-01-04,LAL,0\n"
	for _, says := range []string{"PUBLISHED: nba.team_game, 2026-01-04: 2 rows in the place of 1 (3 read, 1 set aside)", "ALREADY PUBLISHED"} {
		code, out, said := publishes(t, rows, args...)
		require.Zero(t, code, out+said)
		require.Contains(t, out, says)
	}
	got, err := ds.Query(t.Context(), "SELECT STRING_AGG(CONCAT(team, ' ', CAST(points AS STRING)) ORDER BY game_date, team) FROM `"+ds.ID+"`.team_game")
	require.NoError(t, err)
	assert.Equal(t, "BOS 101,BOS 97,NYK 98", got[0][0])
	left, err := ds.Query(t.Context(), "SELECT COUNT(*) FROM `"+ds.ID+"`.INFORMATION_SCHEMA.TABLES WHERE STARTS_WITH(table_name, 'intact_staging')")
	if err == nil {
		assert.EqualValues(t, 0, left[0][0])
	}
	code, out, said := publishes(t, rows, append(args, "--run", "r2", "--dry-run")...)
	require.Zero(t, code, out+said)
	assert.True(t, strings.Contains(out, "BEGIN TRANSACTION") && strings.Contains(out, "bigquery/quotas"), out)
}

// Publishing claims its days, so that it is refused where others hold some of them, and
// releases them; under intact claim it writes by that claim.
func TestPublishUnderAClaim(t *testing.T) {
	rows := "game_date,team,points\n2026-01-04,NYK,98\n"
	code, out, said := publishes(t, rows, "--into", "team_game.csv", "--store", "claims")
	require.Zero(t, code, out+said)
	code, out, said = cliOn(t, "claims", "--store", "claims")
	require.Zero(t, code, said)
	assert.NotContains(t, out, "intact publish", "it was released")

	store, err := claim.NewManager(claim.NewFiles("claims"), claim.Options{Now: time.Now, Rand: rand.Reader})
	require.NoError(t, err)
	table, err := claim.FileTable("./team_game.csv")
	require.NoError(t, err)
	day := civil.Date{Year: 2026, Month: 1, Day: 4}
	held, err := store.Acquire(t.Context(), claim.Request{Table: table, Dates: claim.Dates{From: day, To: day}, Owner: "backfill", Purpose: "mends"})
	require.NoError(t, err)
	again := []string{"publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "a.csv", "--into", "team_game.csv", "--store", "claims"}
	code, out, said = cliOn(t, again...)
	assert.Equal(t, 1, code)
	assert.Contains(t, out+said, "backfill")
	code, out, said = cliOn(t, append(again, "--claim-id", held.Claim().ID)...)
	assert.Zero(t, code, out+said)
	assert.Contains(t, file(t, ".team_game.csv.fence"), `"token":2`)
}
