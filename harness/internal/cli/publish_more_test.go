package cli

import (
	"bytes"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A table that is wrong on other days can be mended day by day, which the refusal says.
func TestPublishIntoATableThatIsWrongElsewhere(t *testing.T) {
	rows := "game_date,team,points\n2026-01-04,NYK,98\n"
	_, _, _ = publishes(t, rows, "--into", "team_game.csv", "--dry-run")
	wrong := teamGames + "2026-01-05,LAL,\n2026-01-05,DEN,\n"
	require.NoError(t, os.WriteFile("team_game.csv", []byte(wrong), 0o600))
	args := []string{"publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "aside.csv", "--into", "team_game.csv"}
	code, out, said := cliOn(t, args...)
	assert.Equal(t, 1, code, out+said)
	assert.Contains(t, said, "--only-days")
	code, out, said = cliOn(t, append(args, "--only-days")...)
	assert.Zero(t, code, out+said)
	require.NoError(t, os.WriteFile("rows.csv", []byte("game_date,team,points\n2026-01-04,NYK,\n"), 0o600))
	code, out, said = cliOn(t, append(args, "--only-days")...)
	assert.Equal(t, 1, code, out+said)
	assert.NotContains(t, said, "--only-days")
	assert.Contains(t, file(t, "team_game.csv"), "NYK,98")
}

// A name that is used again for other rows is refused, and says how to go on.
func TestPublishUnderANameThatIsUsed(t *testing.T) {
	code, out, said := publishes(t, "game_date,team,points\n2026-01-04,NYK,98\n", "--into", "team_game.csv", "--run", "r1")
	require.Zero(t, code, out+said)
	require.NoError(t, os.WriteFile("rows.csv", []byte("game_date,team,points\n2026-01-04,NYK,97\n"), 0o600))
	code, out, said = cliOn(t, "publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "aside.csv", "--into", "team_game.csv", "--run", "r1")
	assert.Equal(t, 1, code, out+said)
	assert.Contains(t, said, "give them a run of their own, by --run NAME")
}

// A job under a claim that writes another table is told so; a writer under none is told that
// others write under claims; and a name that could be a file is asked about.
func TestClaimsOfOtherTables(t *testing.T) {
	rows := "game_date,team,points\n2026-01-04,NYK,98\n"
	code, out, said := publishes(t, rows, "--into", "team_game.csv", "--store", "claims")
	require.Zero(t, code, out+said)
	again := []string{"publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "a.csv", "--run", "r9", "--into", "team_game.csv"}
	code, out, said = cliOn(t, again...)
	assert.Equal(t, 1, code, out+said)
	assert.Contains(t, said, "are written under claims, as token 1 has been seen, and this is under none")

	environment := map[string]string{"INTACT_CLAIM_ID": "abc", "INTACT_CLAIM_TABLE": "/else/where.csv", "INTACT_STORE": "claims"}
	var text bytes.Buffer
	code = Run(t.Context(), Process{
		Args: again, Stdout: &text, Stderr: &text, Now: time.Now,
		LookupEnv: func(name string) (string, bool) { v, ok := environment[name]; return v, ok },
	})
	assert.Equal(t, 1, code, text.String())
	assert.Contains(t, text.String(), "the claim abc is on /else/where.csv, and ")

	for _, name := range []string{"team_game.csv", "not_there_yet.parquet"} {
		code, out, said = cliOn(t, "claims", name, "--store", "claims")
		assert.Equal(t, 2, code, out+said)
		assert.Contains(t, said, "write ./"+name+" for the file")
	}
	code, out, said = cliOn(t, "claims", "nba.team_game", "--store", "claims")
	assert.Zero(t, code, out+said)
}

// The oracle is read from a file that no suite reads.
func TestPublishWithAnOracleOfItsOwn(t *testing.T) {
	for due, code := range map[string]int{"2026-01-04,LAL\n": 0, "2026-01-04,LAL\n2026-01-04,NYK\n": 1} {
		_, _, _ = publishes(t, "game_date,team,points\n2026-01-04,LAL,98\n", "--into", "team_game.csv", "--dry-run")
		require.NoError(t, os.WriteFile("team_game.csv", []byte(teamGames+"2026-01-04,LAL,99\n"), 0o600))
		require.NoError(t, os.WriteFile("due.csv", []byte("game_date,team\n"+due), 0o600))
		got, out, said := cliOn(t, "publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04", "--aside", "a.csv",
			"--into", "team_game.csv", "--oracle", "nba.due", "--data", "nba.due=due.csv")
		assert.Equal(t, code, got, out+said)
	}
}

// Rows set aside go nowhere where something else is, and a link to nowhere stays one.
func TestPublishIntoWhatItIsNotMeantFor(t *testing.T) {
	rows := "game_date,team,points\n2026-01-04,NYK,98\n2026-01-04,BOS,97\n2026-01-04,LAL,0\n"
	for aside, says := range map[string]string{
		"./rows.csv": "is the file of --rows", "./team_game.csv": "is the file of --into", "suite.csv": "suite.csv has no column run_id",
	} {
		_, _, _ = publishes(t, rows, "--into", "team_game.csv", "--dry-run")
		require.NoError(t, os.WriteFile("suite.csv", []byte("a,b\n1,2\n"), 0o600))
		require.NoError(t, os.Symlink("nowhere.csv", "link.csv"))
		args := []string{"publish", "--suite", "suite.yaml", "--rows", "rows.csv", "--date", "2026-01-04"}
		code, out, said := cliOn(t, append(args, "--into", "team_game.csv", "--aside", aside)...)
		assert.NotZero(t, code)
		assert.Contains(t, out+said, says)
		assert.Equal(t, teamGames, file(t, "team_game.csv"))
		assert.Equal(t, rows, file(t, "rows.csv"))
		code, out, said = cliOn(t, append(args, "--into", "link.csv", "--aside", "aside.csv")...)
		assert.Equal(t, 3, code, out+said)
		assert.Contains(t, said, "a link to where nothing is")
	}
}
