package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/league"
	"github.com/intactdata/intact/quality"
)

// leagueSet asks for the usage rate of a game, its average over the ten games before, and
// by what a player scored, which is a whole of parts.
const leagueSet = `features: usage_v1
table: nba.store
source: store.csv
key: [player, game_date]
at: game_date
label: points
by: season
expect: ["2022-23", "2023-24", "2025-26"]
rows: {at_least: 10000}
set:
  usage_rate: {populated: 95%, range: [0, 100]}
  usage_rate_avg_last_10:
    populated: 95%
    distinct: {at_least: 50}
    window: {of: usage_rate, last: 10, reset: season, counted: minutes > 0 AND minutes IS NOT NULL, from: {source: games.csv}}
  pct_two: {populated: 80%, group: shares}
  pct_three: {populated: 80%, group: shares}
  pct_free: {populated: 80%, group: shares}
groups:
  shares: {total: 100, tolerance: 1, same: [two_source, free_source]}
`

// trained is a row of the store, and what a naive reading of the games says of it.
type trained struct {
	key    string
	season string
	cells  []string
	// the ten games before, of which some may have no usage rate
	before, known int
	owed          bool // there are ten, or one of the fewer has no usage rate, which is a fault
	whole         bool // the parts add up
}

// storeOf makes the store of games as a pipeline does that averages what happens to be
// there; of the players of one team the free throws come from another source where that
// is broken.
func storeOf(games []league.PlayerGame, broken bool) []trained {
	slices.SortFunc(games, func(a, b league.PlayerGame) int {
		return strings.Compare(a.GameDate.String()+a.GameID+a.PlayerLookup, b.GameDate.String()+b.GameID+b.PlayerLookup)
	})
	past := map[string][]*float64{}
	var out []trained
	for _, g := range games {
		if g.MinutesPlayed == nil || *g.MinutesPlayed <= 0 {
			continue
		}
		of := g.PlayerLookup + g.Season
		row := trained{key: g.PlayerLookup + "," + g.GameDate.String(), season: g.Season}
		usage, average, shares := "", "", []string{"", "", ""}
		if g.UsageRate != nil {
			usage = strconv.FormatFloat(*g.UsageRate, 'g', -1, 64)
		}
		row.owed = len(past[of]) >= 10 || slices.Contains(past[of], nil)
		if n := len(past[of]); n >= 10 {
			sum := 0.0
			row.before = 10
			for _, x := range past[of][n-10:] {
				if x != nil {
					sum, row.known = sum+*x, row.known+1
				}
			}
			if row.known > 0 {
				average = strconv.FormatFloat(sum/float64(row.known), 'g', -1, 64)
			}
		}
		past[of] = append(past[of], g.UsageRate)
		sources := ","
		if points := float64(*g.Points); points > 0 {
			three, free := 300*float64(*g.ThreePointersMade)/points, 100*float64(*g.FreeThrowsMade)/points
			two := 100 - three - free
			sources, row.whole = "box,box", true
			if broken && g.Team == "LAL" {
				free, sources, row.whole = free+7.5, "box,feed", false
			}
			for i, x := range []float64{two, three, free} {
				shares[i] = strconv.FormatFloat(x, 'f', 4, 64)
			}
		}
		row.cells = append([]string{row.key, g.Season, strconv.FormatInt(*g.Points, 10), usage, average}, append(shares, sources)...)
		out = append(out, row)
	}
	return out
}

func storeText(rows []trained) string {
	var b strings.Builder
	b.WriteString("player,game_date,season,points,usage_rate,usage_rate_avg_last_10,pct_two,pct_three,pct_free,two_source,free_source\n")
	for _, r := range rows {
		b.WriteString(strings.Join(r.cells, ",") + "\n")
	}
	return b.String()
}

func gamesText(games []league.PlayerGame) string {
	var b strings.Builder
	b.WriteString("player,game_date,season,minutes,usage_rate\n")
	for _, g := range games {
		minutes, usage := "", ""
		if g.MinutesPlayed != nil {
			minutes = strconv.FormatFloat(*g.MinutesPlayed, 'g', -1, 64)
		}
		if g.UsageRate != nil {
			usage = strconv.FormatFloat(*g.UsageRate, 'g', -1, 64)
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s\n", g.PlayerLookup, g.GameDate, g.Season, minutes, usage)
	}
	return b.String()
}

func TestTheGateOfALeague(t *testing.T) {
	c := league.TestdataConfig()
	l, err := league.Generate(c)
	require.NoError(t, err)
	offense := league.TeamOffense(l.Lines)
	state := func(offense []league.TeamGame, broken bool) (string, []trained) {
		games := league.PlayerGames(l.Lines, offense)
		rows := storeOf(games, broken)
		return write(t, map[string]string{"set.yaml": leagueSet, "games.csv": gamesText(games), "store.csv": storeText(rows)}), rows
	}
	check := []string{"features", "check", "set.yaml", "--certificate", "usage.json", "--rows-at-fault", "0"}

	t.Run("night", func(t *testing.T) {
		dir, rows := state(league.Overwrite(c.Seed, offense, league.NightBackfills()), true)
		got := run(t, dir, check...)
		assert.Equal(t, 1, got.code, got.stderr)
		type counts struct{ right, judged, stored, owed, whole, parts int64 }
		of := map[string]*counts{}
		for _, r := range rows {
			if of[r.season] == nil {
				of[r.season] = new(counts)
			}
			n := of[r.season]
			if r.owed {
				n.owed++
			}
			if r.known > 0 {
				n.judged, n.stored = n.judged+1, n.stored+1
			}
			if r.known == 10 {
				n.right++
			}
			if r.cells[5] != "" {
				n.parts++
			}
			if r.whole {
				n.whole++
			}
		}
		for season, n := range of {
			says := func(format string, args ...any) {
				assert.Contains(t, got.stdout, "fail season="+season+" "+fmt.Sprintf(format, args...))
			}
			if n.judged > 0 {
				says("usage_rate_avg_last_10: %s of %s values of usage_rate_avg_last_10, stored or due, are right", quality.Grouped(n.right), quality.Grouped(n.judged))
			}
			says("usage_rate_avg_last_10: %s of %s values that are owed", quality.Grouped(n.stored), quality.Grouped(n.owed))
			assert.Contains(t, got.stdout, fmt.Sprintf("fail season=%s: %s of %s rows with a total", season, quality.Grouped(n.whole), quality.Grouped(n.parts)))
		}
		for _, says := range []string{
			"fail season=2022-23: 12,087 of 25,244 rows where POPULATED(points) (47.9%), not at_least 95%: 11,895 rows short",
			"fail season=2023-24: 12,068 of 25,285 rows",
			"fail season=2025-26: 0 of 10,970 rows",
			"CLOSED",
		} {
			assert.Contains(t, got.stdout, says)
		}
		assert.NoFileExists(t, filepath.Join(dir, "usage.json"))
	})

	t.Run("clean", func(t *testing.T) {
		dir, rows := state(offense, false)
		got := run(t, dir, check...)
		require.Zero(t, got.code, got.stdout+got.stderr)
		warmup := 0
		for _, r := range rows {
			if r.before < 10 {
				warmup++
			}
		}
		share := float64(warmup) / float64(len(rows))
		assert.InDelta(t, 0.2, share, 0.05, "about a fifth of the rows owe no average, and close nothing")

		line := slices.IndexFunc(rows, func(r trained) bool { return r.before == 10 && strings.Contains(r.key, "2023-12-1") })
		other := line + slices.IndexFunc(rows[line+1:], func(r trained) bool { return r.before == 10 && r.cells[4] != rows[line].cells[4] }) + 1
		alter := func(change func([]trained) []trained) outcome {
			copies := make([]trained, len(rows))
			for i, r := range rows {
				r.cells = slices.Clone(r.cells)
				copies[i] = r
			}
			require.NoError(t, os.WriteFile(filepath.Join(dir, "altered.csv"), []byte(storeText(change(copies))), 0o600))
			return run(t, dir, "features", "verify", "usage.json", "--data", "nba.store=altered.csv")
		}
		const place = "usage_rate_avg_last_10 season=2023-24 month=2023-12-01: "
		require.Zero(t, alter(func(r []trained) []trained { return r }).code)
		for name, change := range map[string]func([]trained) []trained{
			"one altered cell": func(r []trained) []trained { r[line].cells[4] = "12.5"; return r },
			"a swapped pair": func(r []trained) []trained {
				r[line].cells[4], r[other].cells[4] = r[other].cells[4], r[line].cells[4]
				return r
			},
			"a doubled pair": func(r []trained) []trained { return append(r, r[line], r[line]) },
		} {
			got := alter(change)
			assert.Equal(t, 1, got.code, name)
			assert.Contains(t, got.stdout, place, name)
			for _, says := range strings.Split(strings.TrimSpace(got.stdout), "\n") {
				assert.True(t, strings.Contains(says, "season=2023-24 month=2023-12-01: ") || strings.HasPrefix(says, "CHANGED"), "%s: %s", name, says)
			}
		}
	})
}
