package cli

import (
	"bytes"
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// audits runs intact audit in a folder with a player's games, and what is stored of them.
func audits(t *testing.T, stored string, args ...string) (code int, out, said string) {
	t.Helper()
	t.Chdir(t.TempDir())
	require.NoError(t, os.WriteFile("games.csv", []byte("player,day,season,points\nann,2026-01-01,25,10\nann,2026-01-03,25,20\nann,2026-01-05,25,40\n"), 0o600))
	require.NoError(t, os.WriteFile("stored.csv", []byte(stored), 0o600))
	var stdout, stderr bytes.Buffer
	p := Process{
		Args: append([]string{"audit"}, args...), Stdin: &bytes.Buffer{}, Stdout: &stdout, Stderr: &stderr,
		LookupEnv: func(string) (string, bool) { return "", false },
		Now:       func() time.Time { return time.Date(2026, 1, 15, 12, 0, 0, 0, time.UTC) },
	}
	return Run(context.Background(), p), stdout.String(), stderr.String()
}

var ofGames = []string{"stored.csv", "--of", "games.csv", "--entity", "player", "--at", "day"}

func TestAuditExitsAsItFinds(t *testing.T) {
	for _, c := range []struct {
		stored, says string
		args         []string
		code         int
	}{
		{"player,day,points_avg_last_2\nann,2026-01-05,15\n", "PASS", []string{"--column", "points_avg_last_2"}, exitPass},
		{"player,day,points_avg_last_2\nann,2026-01-05,30\n", "1 leak", []string{"--column", "points_avg_last_2"}, exitFail},
		{"player,day,form\nann,2026-01-05,15.2\n", "PASS", []string{"--column", "form", "--value", "points", "--last", "2", "--tolerance", "0.25"}, exitPass},
		{"player,day,form\nann,2026-01-05,30\n", "100.0%", []string{"--column", "form", "--value", "points", "--last", "2", "--leak-at-most", "99%", "--less-than", "50%"}, exitFail},
		{"player,day,form\nann,2026-01-01,\n", "nothing to judge", []string{"--column", "form", "--value", "points", "--last", "2"}, exitUnknown},
		{"player,day,season,form\nann,2026-01-05,25,15\n", "season=25 form", []string{"--column", "form", "--value", "points", "--last", "2", "--by", "season", "--reset", "season"}, exitPass},
	} {
		code, out, said := audits(t, c.stored, append(ofGames[:len(ofGames):len(ofGames)], c.args...)...)
		require.Equal(t, c.code, code, "%q: %s%s", c.args, out, said)
		require.Contains(t, out, c.says, c.args)
	}
}

func TestMistakesOfAudit(t *testing.T) {
	for _, c := range []struct {
		args []string
		code int
		says string
	}{
		{nil, exitUsage, "audit needs the one file or table"},
		{[]string{"a.csv", "b.csv"}, exitUsage, "audit needs the one file or table"},
		{ofGames, exitUsage, "it names no column"},
		{[]string{"stored.csv", "--column", "points_avg_last_2"}, exitUsage, "entity is missing"},
		{append(ofGames[:len(ofGames):len(ofGames)], "--column", "form"), exitUsage, "the name does not say it"},
		{append(ofGames[:len(ofGames):len(ofGames)], "--column", "form", "--tolerance", "much"), exitUsage, "a number is expected"},
		{append(ofGames[:len(ofGames):len(ofGames)], "--column", "form", "--value", "points", "--last", "2", "--leak-at-most", "100%"), exitUsage, "holds for every table"},
		{[]string{"nowhere.csv", "--column", "points_avg_last_2", "--entity", "player", "--at", "day"}, exitUnknown, ""},
	} {
		code, out, said := audits(t, "player,day,form\nann,2026-01-05,15\n", c.args...)
		require.Equal(t, c.code, code, "%q: %s%s", c.args, out, said)
		require.Contains(t, said, c.says)
	}
}

func TestKeysOfAnAuditMayBeCalledOtherwise(t *testing.T) {
	code, out, said := audits(t, "who,day,form\nann,2026-01-05,15\n", "stored.csv", "--of", "games.csv", "--entity", "who", "--map", "who=player", "--at", "day",
		"--column", "form", "--value", "points", "--last", "2")
	require.Equal(t, exitPass, code, out+said)
}
