package main_test

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/league"
)

// A month of a league's games, and the lists of what was due.
type month struct {
	players  []league.PlayerGame
	sheet    []league.SheetRow
	schedule []league.Game
}

func newMonth(t *testing.T) month {
	t.Helper()
	l, err := league.Generate(league.Config{
		Seed: 7, Seasons: []string{"2023-24"}, Teams: []string{"BOS", "LAL"},
		Through: civil.Date{Year: 2023, Month: time.December, Day: 10},
	})
	require.NoError(t, err)
	return month{league.PlayerGames(l.Lines, league.TeamOffense(l.Lines)), l.Sheet, l.Schedule}
}

// lost is a team's game whose rows were never saved.
type lost struct {
	team string
	date civil.Date
}

// without returns the rows but for those of a game.
func (m month) without(g lost) (kept []league.PlayerGame) {
	for _, p := range m.players {
		if p.Team != g.team || p.GameDate != g.date {
			kept = append(kept, p)
		}
	}
	return kept
}

func csvOf(t *testing.T, rows [][]string) string {
	t.Helper()
	var b strings.Builder
	w := csv.NewWriter(&b)
	require.NoError(t, w.WriteAll(rows))
	return b.String()
}

func (m month) files(t *testing.T, players []league.PlayerGame) map[string]string {
	games := [][]string{{"game_date", "team", "player", "is_dnp", "minutes_played", "points"}}
	for _, p := range players {
		minutes, points := "", ""
		if p.MinutesPlayed != nil {
			minutes = strconv.FormatFloat(*p.MinutesPlayed, 'f', -1, 64)
		}
		if p.Points != nil {
			points = strconv.FormatInt(*p.Points, 10)
		}
		games = append(games, []string{p.GameDate.String(), p.Team, p.PlayerLookup, strconv.FormatBool(*p.IsDNP), minutes, points})
	}
	sheet := [][]string{{"game_date", "player", "status"}}
	for _, s := range m.sheet {
		sheet = append(sheet, []string{s.GameDate.String(), s.PlayerLookup, s.Status})
	}
	schedule := [][]string{{"game_date", "home_team", "away_team", "status"}}
	for _, g := range m.schedule {
		schedule = append(schedule, []string{g.GameDate.String(), g.HomeTeam, g.AwayTeam, g.Status})
	}
	return map[string]string{"games.csv": csvOf(t, games), "sheet.csv": csvOf(t, sheet), "schedule.csv": csvOf(t, schedule)}
}

// A missing says whether a player's row of a day is missing, in a way that the
// naive answers below can ask for each day.
type missing func(player string, day civil.Date) bool

// naive answers the mean of the last n by walking back day by day from each row.
func naive(players []league.PlayerGame, n int, miss missing) []string {
	type key struct {
		player string
		day    civil.Date
	}
	rows := map[key]league.PlayerGame{}
	first := players[0].GameDate
	for _, p := range players {
		rows[key{p.PlayerLookup, p.GameDate}] = p
		if p.GameDate.Before(first) {
			first = p.GameDate
		}
	}
	var out []string
	for _, p := range players {
		places, gap, sum := 0, false, int64(0)
		for day := p.GameDate.AddDays(-1); places < n && !day.Before(first.AddDays(-1)); day = day.AddDays(-1) {
			row, there := rows[key{p.PlayerLookup, day}]
			switch {
			case there && !*row.IsDNP && *row.MinutesPlayed > 0:
				places, sum = places+1, sum+*row.Points
			case !there && miss(p.PlayerLookup, day):
				places, gap = places+1, true
			}
		}
		switch {
		case gap:
			out = append(out, "gap")
		case places < n:
			out = append(out, "warmup")
		default:
			out = append(out, strconv.FormatFloat(float64(sum)/float64(n), 'f', -1, 64))
		}
	}
	return out
}

// bySheet: whoever was dressed has a row.
func (m month) bySheet() missing {
	dressed := map[string]bool{}
	for _, s := range m.sheet {
		if s.Status != league.StatusInactive {
			dressed[s.PlayerLookup+s.GameDate.String()] = true
		}
	}
	return func(player string, day civil.Date) bool { return dressed[player+day.String()] }
}

// byTeam: a game of which a team has no row at all is missing for whoever was
// last in that team.
func (m month) byTeam(players []league.PlayerGame) missing {
	due, there := map[lost]bool{}, map[lost]bool{}
	for _, g := range m.schedule {
		if g.Status == league.StatusFinal {
			due[lost{g.HomeTeam, g.GameDate}], due[lost{g.AwayTeam, g.GameDate}] = true, true
		}
	}
	of := map[string][]league.PlayerGame{}
	for _, p := range players {
		there[lost{p.Team, p.GameDate}] = true
		of[p.PlayerLookup] = append(of[p.PlayerLookup], p)
	}
	holes := map[civil.Date]bool{}
	for g := range due {
		holes[g.date] = holes[g.date] || !there[g]
	}
	return func(player string, day civil.Date) bool {
		if !holes[day] {
			return false
		}
		team, newest := "", civil.Date{}
		for _, p := range of[player] {
			if p.GameDate.Before(day) && (team == "" || newest.Before(p.GameDate)) {
				team, newest = p.Team, p.GameDate
			}
		}
		g := lost{team, day}
		return due[g] && !there[g]
	}
}

func windowsOf(t *testing.T, files map[string]string, n int, args ...string) []string {
	t.Helper()
	args = append([]string{"window", "games.csv", "--entity", "player", "--at", "game_date", "--value", "points", "--last", fmt.Sprint(n), "--counted", played}, args...)
	got := run(t, write(t, files), args...)
	require.Equal(t, 0, got.code, got.stderr)
	var out []string
	for _, r := range records(t, got.stdout) {
		name := fmt.Sprintf("points_avg_last_%d", n)
		answer := r[name]
		if reason := r[name+"_reason"]; reason != "whole" {
			require.Empty(t, answer)
			answer = reason
		}
		out = append(out, answer)
	}
	return out
}

var (
	bySheet = []string{"--expected", "sheet.csv", "--expected-where", "status != 'inactive'"}
	byTeam  = []string{"--expected", "schedule.csv", "--expected-where", "status = 'final'", "--expected-by", "team", "--expected-map", "team=home_team,team=away_team"}
)

// gamesOf are the days on which a team has rows.
func (m month) gamesOf(team string) (days []civil.Date) {
	for _, p := range m.players {
		if p.Team == team && !slices.Contains(days, p.GameDate) {
			days = append(days, p.GameDate)
		}
	}
	slices.SortFunc(days, civil.Date.Compare)
	return days
}

// Without a team's game just the windows that span it are gaps, whoever was due,
// by the sheet and by the schedule.
func TestWindowWithoutAGame(t *testing.T) {
	const n = 5
	m := newMonth(t)
	whole := m.files(t, m.players)
	assert.Equal(t, naive(m.players, n, m.bySheet()), windowsOf(t, whole, n, bySheet...), "by sheet, as it stands")
	assert.Equal(t, naive(m.players, n, m.byTeam(m.players)), windowsOf(t, whole, n, byTeam...), "by team, as it stands")
	assert.NotContains(t, windowsOf(t, whole, n, bySheet...), "gap")
	assert.NotContains(t, windowsOf(t, whole, n, byTeam...), "gap")

	rest := m.without(lost{"BOS", m.gamesOf("BOS")[8]})
	holed := m.files(t, rest)
	got := windowsOf(t, holed, n, bySheet...)
	assert.Contains(t, got, "gap")
	assert.Equal(t, naive(rest, n, m.bySheet()), got, "by sheet, without a game")
	got = windowsOf(t, holed, n, byTeam...)
	assert.Contains(t, got, "gap")
	assert.Equal(t, naive(rest, n, m.byTeam(rest)), got, "by team, without a game")

	assert.NotContains(t, windowsOf(t, holed, n), "gap", "without a list no hole can be seen")
}
