package main_test

import (
	"strconv"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/league"
)

// realSeason is a season of real box scores with their own sheet.
func realSeason(t *testing.T) month {
	t.Helper()
	var m month
	for _, line := range outsideRows(t, "unlicensed", "boxscore_with_dnp_2023-24.csv.gz") {
		if line["Starters"] == "Team Totals" || line["MP"] == "MP" {
			continue // the table repeats its header and ends each team with a total
		}
		id := line["game_id"]
		day, err := civil.ParseDate(id[:4] + "-" + id[4:6] + "-" + id[6:8])
		require.NoError(t, err)
		p := league.PlayerGame{PlayerLookup: line["Starters"], Team: line["team"], GameDate: day}
		status := league.StatusDNP
		whole, seconds, ran := strings.Cut(line["MP"], ":")
		if idle := !ran; idle { // words in place of minutes
			p.IsDNP = &idle
		} else {
			p.IsDNP = &idle
			minutes, err := strconv.ParseFloat(whole, 64)
			require.NoError(t, err)
			rest, err := strconv.ParseFloat(seconds, 64)
			require.NoError(t, err)
			minutes += rest / 60
			points, err := strconv.ParseInt(line["PTS"], 10, 64)
			require.NoError(t, err)
			p.MinutesPlayed, p.Points, status = &minutes, &points, league.StatusPlayed
		}
		m.players = append(m.players, p)
		m.sheet = append(m.sheet, league.SheetRow{GameDate: day, PlayerLookup: p.PlayerLookup, Status: status})
	}
	for _, line := range outsideRows(t, "unlicensed", "schedule_2023-24.csv.gz") {
		day, err := civil.ParseDate(line["date"])
		require.NoError(t, err)
		m.schedule = append(m.schedule, league.Game{GameDate: day, HomeTeam: line["home_team"], AwayTeam: line["away_team"], Status: league.StatusFinal})
	}
	return m
}

func tally(answers []string) map[string]int {
	n := map[string]int{}
	for _, a := range answers {
		switch a {
		case "gap", "warmup", "null", "duplicate":
			n[a]++
		default:
			n["whole"]++
		}
	}
	return n
}

// A real season has no hole; without one of its games just the windows that span
// it are gaps.
func TestWindowOnARealSeason(t *testing.T) {
	const n = 10
	m := realSeason(t)
	whole := m.files(t, m.players)
	for name, list := range map[string][]string{"sheet": bySheet, "team": byTeam} {
		got := windowsOf(t, whole, n, list...)
		t.Logf("by %s: %v", name, tally(got))
		assert.Zero(t, tally(got)["gap"]+tally(got)["null"]+tally(got)["duplicate"], name)
	}
	assert.Equal(t, naive(m.players, n, m.bySheet()), windowsOf(t, whole, n, bySheet...))

	const team = "Denver Nuggets"
	rest := m.without(lost{team, m.gamesOf(team)[40]})
	holed := m.files(t, rest)
	for name, c := range map[string]struct {
		list []string
		miss missing
	}{"sheet": {bySheet, m.bySheet()}, "team": {byTeam, m.byTeam(rest)}} {
		got := windowsOf(t, holed, n, c.list...)
		t.Logf("by %s without a game: %v", name, tally(got))
		assert.Equal(t, naive(rest, n, c.miss), got, name)
		assert.NotZero(t, tally(got)["gap"], name)
	}
}
