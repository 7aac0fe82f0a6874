package main_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A list that can find nothing missing judges nothing, and that is no pass: the
// rows are written and the exit is 3.
func TestWindowNothingToJudgeIsNoPass(t *testing.T) {
	games := gameHeader + game("ann", "2026-01-01", "4") + game("ann", "2026-01-02", "6")
	const teams = "player,team,game_date,points\nann,BOS,2026-01-01,4\nann,BOS,2026-01-02,6\n"
	byTeam := []string{"--expected", "list.csv", "--expected-by", "team"}
	for name, c := range map[string]struct {
		games, list string
		args        []string
		says        string // "" is judged
	}{
		"a list with a header alone": {games, "player,game_date\n", []string{"--expected", "list.csv"}, "nothing to judge: --expected: list.csv holds no key"},
		"nobody owes a row": {
			games, "player,game_date,status\nann,2026-01-01,out\nann,2026-01-02,out\n", []string{"--expected", "list.csv", "--expected-where", "status = 'played'"},
			"nothing to judge: --expected-where: status = 'played' is FALSE for all 2 keys of list.csv",
		},
		"only what is known to owe none is excused": {
			games, "player,game_date,status\nann,2026-01-01,\nann,2026-01-02,\n", []string{"--expected", "list.csv", "--expected-where", "status = 'played'"}, "",
		},
		"one key owes a row": {
			games, "player,game_date,status\nann,2026-01-01,played\nann,2026-01-02,out\n", []string{"--expected", "list.csv", "--expected-where", "status = 'played'"}, "",
		},
		"other players": {games, "player,game_date\nann b,2026-01-01\n", []string{"--expected", "list.csv"}, "nothing to judge: --expected: no player of list.csv is one of games.csv"},
		"only other players owe a row": {
			games, "player,game_date,status\nann,2026-01-01,out\nbob,2026-01-01,played\n", []string{"--expected", "list.csv", "--expected-where", "status = 'played'"},
			"nothing to judge: --expected: no player of list.csv that owes a row is one of games.csv",
		},
		"the player in another year": {games, "player,game_date\nann,2027-01-01\n", []string{"--expected", "list.csv"}, "nothing to judge: --expected: no key of list.csv is that of a row of games.csv"},
		"the player at other hours": {
			"player,game_date,points\nann,2026-01-01T01:00:00Z,4\nann,2026-01-01T02:00:00Z,6\n", "player,game_date\nann,2026-01-01T12:00:00Z\n", []string{"--expected", "list.csv"},
			"nothing to judge: --expected: no key of list.csv",
		},
		"the player in another season": {
			"player,season,game_date,points\nann,s1,2026-01-01,4\nann,s1,2026-01-02,6\n", "player,season,game_date\nann,s2,2026-01-01\nann,s2,2026-01-02\n",
			[]string{"--expected", "list.csv", "--reset", "season"}, "nothing to judge: --expected: no key of list.csv",
		},
		"rows that owed nothing": {
			games, "player,game_date,status\nann,2026-01-01,out\nann,2026-01-02,out\nann,2026-01-03,played\n", []string{"--expected", "list.csv", "--expected-where", "status = 'played'"}, "",
		},
		"no row at all of who is asked about": {
			games, "player,game_date\nbob,2026-01-09\n", []string{"--expected", "list.csv", "--points", "list.csv"}, "",
		},
		"games of the teams on other days": {
			teams, "team,game_date\nBOS,2026-01-03\nBOS,2026-01-04\n", byTeam, "nothing to judge: --expected: no key of list.csv is that of a row of games.csv",
		},
		"what owes nothing needs no key": {
			games, "player,game_date,status\nann,2026-01-01,final\nann,2026-01-02,final\nann,,planned\n,2026-01-03,planned\n",
			[]string{"--expected", "list.csv", "--expected-where", "status = 'final'"}, "",
		},
		"nothing owes anything, with a key or without": {
			games, "player,game_date,status\nann,2026-01-01,planned\nann,,planned\n", []string{"--expected", "list.csv", "--expected-where", "status = 'final'"},
			"nothing to judge: --expected-where: status = 'final' is FALSE for all 2 keys of list.csv",
		},
		"other teams": {teams, "team,game_date\nBoston,2026-01-01\n", byTeam, "nothing to judge: --expected: no team of list.csv is one of games.csv"},
		"teams that owe nothing": {
			teams, "team,game_date,status\nBOS,2026-01-01,off\nBOS,2026-01-02,off\n", append(byTeam, "--expected-where", "status = 'final'"),
			"nothing to judge: --expected-where: status = 'final' is FALSE for all 2 keys of list.csv",
		},
		"games before the first row": {teams, "team,game_date\nBOS,2025-12-31\n", byTeam, "nothing to judge: --expected-by: no team has a game in list.csv at or after its first row in games.csv"},
		"the team's own games":       {teams, "team,game_date\nBOS,2026-01-01\nBOS,2026-01-02\n", byTeam, ""},
		"points with a header alone": {games, "player,game_date\n", []string{"--points", "list.csv"}, "nothing to judge: --points: list.csv holds no key, so no window was asked for"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, map[string]string{"games.csv": c.games, "list.csv": c.list})
			for _, strict := range [][]string{nil, {"--strict"}} {
				got := run(t, dir, append(windowArgs(c.args...), strict...)...)
				assert.Contains(t, got.stdout, "points_avg_last_1_reason", "the rows are written all the same")
				if c.says == "" {
					assert.Equal(t, 0, got.code, got.stderr)
					assert.NotContains(t, got.stderr, "nothing to judge")
					continue
				}
				assert.Equal(t, 3, got.code, got.stderr)
				assert.Equal(t, 1, strings.Count(got.stderr, c.says), got.stderr)
			}
		})
	}
}

// A key that is expected twice is named by its lines, its owner and what differs.
func TestWindowExpectedTwice(t *testing.T) {
	const games = "player,game_date,season,points\nann,2026-01-01,s1,4\nann,2026-01-02,s1,6\n"
	const sheet = "player,game_date,season,status,due\n" +
		"ann,2026-01-01,s1,played,2026-01-02\nann,2026-01-02,s1,played,2026-01-03\nann,2026-01-01,s2,out,2026-01-04\n"
	const where = "--expected: sheet.csv:2 and sheet.csv:4: ann at 2026-01-01 is expected twice and they differ: "
	for name, c := range map[string]struct {
		args []string
		says string
	}{
		"in the reset":      {[]string{"--reset", "season"}, where + "season is s1 and s2: keep the one that is right"},
		"in what is owed":   {[]string{"--expected-where", "status = 'played'"}, where + "--expected-where status = 'played' is FALSE at sheet.csv:4 alone"},
		"in when it is due": {[]string{"--expected-due", "due"}, where + "due says 2026-01-03T00:00:00Z and 2026-01-05T00:00:00Z"},
		"in two":            {[]string{"--reset", "season", "--expected-due", "due"}, where + "season is s1 and s2, due says 2026-01-03T00:00:00Z and 2026-01-05T00:00:00Z"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := write(t, map[string]string{"games.csv": games, "sheet.csv": sheet})
			got := run(t, dir, windowArgs(append(c.args, "--expected", "sheet.csv")...)...)
			require.Equal(t, 3, got.code, got.stderr)
			assert.Contains(t, got.stderr, c.says)
			assert.Empty(t, got.stdout)
		})
	}
	dir := write(t, map[string]string{"games.csv": games, "sheet.csv": sheet})
	got := run(t, dir, windowArgs("--expected", "sheet.csv")...)
	assert.Equal(t, 0, got.code, "two that are alike are one: %s", got.stderr)
}

// A predicate that is NULL, and a value that is rightly NULL, are told apart.
func TestWindowSaysHowToMendNull(t *testing.T) {
	games := gameHeader + game("ann", "2026-01-01", "4") + game("ann", "2026-01-02", "–") + game("ann", "2026-01-03", "6")
	got := runWith(t, t.TempDir(), games, "window", "--entity", "player", "--at", "game_date", "--value", "points", "--last", "1", "--counted", "minutes_played > 0")
	require.Equal(t, 0, got.code, got.stderr)
	assert.Contains(t, got.stderr, "null: ann as of 2026-01-03 (standard input:4): 2026-01-02 without a usable value: the predicate or the reset is NULL there")
	assert.Contains(t, got.stderr, "as in is_dnp IS NOT TRUE AND minutes_played > 0")
}
