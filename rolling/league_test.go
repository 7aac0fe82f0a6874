package rolling_test

import (
	"compress/gzip"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// boxScore is a season of real box scores, did-not-play rows included, columns
// side by side. A line of it is also a line of the game's sheet.
type boxScore struct {
	players, teams rolling.Dictionary
	player, team   []int32
	day            []int32
	counted        []rolling.Truth
	points         []float64
	valid          rolling.Bitmap
}

func readLines(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := os.Open(outside(t, "data", "nba", "unlicensed", name))
	require.NoError(t, err)
	defer file.Close()
	unzipped, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines, err := csv.NewReader(unzipped).ReadAll()
	require.NoError(t, err)
	return lines
}

func readBoxScore(t *testing.T) *boxScore {
	t.Helper()
	lines := readLines(t, "boxscore_with_dnp_2023-24.csv.gz")
	header := lines[0]
	field := func(line []string, name string) string { return line[slices.Index(header, name)] }
	b := &boxScore{valid: rolling.NewBitmap(len(lines))}
	for _, line := range lines[1:] {
		name := field(line, "Starters")
		if name == "Team Totals" || field(line, "MP") == "MP" {
			continue // the table repeats its header and ends each team with a total
		}
		text := field(line, "game_id")[:8]
		day, err := civil.ParseDate(text[:4] + "-" + text[4:6] + "-" + text[6:])
		require.NoError(t, err)
		b.player = append(b.player, b.players.Code(name))
		b.team = append(b.team, b.teams.Code(field(line, "team")))
		b.day = append(b.day, rolling.Day(day))
		// A player who did not play has words in place of minutes and points.
		counted, points := rolling.False, 0.0
		if minutes := field(line, "MP"); strings.Contains(minutes, ":") {
			if counted = rolling.True; strings.Trim(minutes, "0:") == "" {
				counted = rolling.False
			}
			points, err = strconv.ParseFloat(field(line, "PTS"), 64)
			require.NoError(t, err)
			b.valid.Set(len(b.player) - 1)
		}
		b.counted, b.points = append(b.counted, counted), append(b.points, points)
	}
	return b
}

// without returns the box score without a team's rows of a day.
func (b *boxScore) without(team, day int32) *boxScore {
	r := &boxScore{valid: rolling.NewBitmap(len(b.player))}
	for i := range b.player {
		if b.team[i] == team && b.day[i] == day {
			continue
		}
		if b.valid.Valid(i) {
			r.valid.Set(len(r.player))
		}
		r.player, r.team, r.day = append(r.player, b.player[i]), append(r.team, b.team[i]), append(r.day, b.day[i])
		r.counted, r.points = append(r.counted, b.counted[i]), append(r.points, b.points[i])
	}
	return r
}

func (b *boxScore) rows() rolling.Rows {
	return rolling.Rows{Keys: rolling.Keys{Entity: rolling.Coded(b.player), At: rolling.Dates(b.day)}, Counted: b.counted}
}

// sheet is the box score's own (player, date) keys.
func (b *boxScore) sheet() *rolling.Expected {
	return &rolling.Expected{Keys: rolling.Keys{Entity: rolling.Coded(b.player), At: rolling.Dates(b.day)}}
}

// schedule is each team's game days, out of a schedule of the same source.
func (b *boxScore) schedule(t *testing.T) rolling.Expected {
	t.Helper()
	lines := readLines(t, "schedule_2023-24.csv.gz")
	var teams, days []int32
	for _, line := range lines[1:] {
		day, err := civil.ParseDate(line[slices.Index(lines[0], "date")])
		require.NoError(t, err)
		for _, side := range []string{"home_team", "away_team"} {
			teams = append(teams, b.teams.Code(line[slices.Index(lines[0], side)]))
			days = append(days, rolling.Day(day))
		}
	}
	return rolling.Expected{Keys: rolling.Keys{Entity: rolling.Coded(teams), At: rolling.Dates(days)}}
}

// answer is the last-10 mean of points as of each row of full.
func (b *boxScore) answer(t *testing.T, full *boxScore, expected *rolling.Expected) (*rolling.Result, rolling.Windows) {
	t.Helper()
	spec, err := rolling.Parse("points_avg_last_10")
	require.NoError(t, err)
	points := full.sheet().Keys
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &rolling.Batch{
		Rows: b.rows(), Expected: expected, Points: &points,
		Columns: []rolling.Column{rolling.Float64s("points", b.points, b.valid[:(len(b.points)+7)/8])},
		Specs:   []rolling.Spec{spec},
	}))
	return &res, res.Windows(0)
}

func tally(w rolling.Windows) map[string]int {
	n := map[string]int{}
	for i := range w.Len() {
		n[w.Reason(i).String()]++
	}
	return n
}

// deleted are the team games that are taken out, one at a time: a spread over
// teams and the season.
func (b *boxScore) deleted() [][2]int32 {
	seen := map[[2]int32]bool{}
	var games [][2]int32
	for i := range b.player {
		g := [2]int32{b.team[i], b.day[i]}
		if !seen[g] {
			seen[g] = true
			games = append(games, g)
		}
	}
	every := 41
	var some [][2]int32
	for i := 0; i < len(games); i += every {
		some = append(some, games[i])
	}
	return some
}

// A season as it stands has no gap. Without a team's game exactly the windows
// whose span covers it are a gap: those of the players on its sheet, from the
// day after it until ten newer games are played, whether they played in it or
// not, warm-ups included. Nothing else changes.
func TestLostTeamGameAgainstTheSheet(t *testing.T) {
	full := readBoxScore(t)
	_, before := full.answer(t, full, full.sheet())
	t.Logf("%d rows, %d players: %v", len(full.player), full.players.Len(), tally(before))
	require.Zero(t, tally(before)["gap"])
	changed := 0
	for _, g := range full.deleted() {
		onSheet := map[int32]bool{}
		for i := range full.player {
			if full.team[i] == g[0] && full.day[i] == g[1] {
				onSheet[full.player[i]] = true
			}
		}
		lost := full.without(g[0], g[1])
		_, after := lost.answer(t, full, full.sheet())
		gaps, unseen := requireGaps(t, full, before, after, g, func(i int) bool { return onSheet[full.player[i]] })
		require.Empty(t, unseen, "the sheet knows whoever was there")
		changed += gaps
	}
	t.Logf("%d team games taken out one at a time: %d windows turned into a gap, no other changed", len(full.deleted()), changed)
}

// The same with the schedule by team: the span of a player covers the games of
// the team on his newest earlier row, unless he has a row of his own there. What it
// cannot see is the lost row of a debut (no earlier row at all) or of a trade (the
// earlier rows carry the old team): the windows over those are counted apart.
func TestLostTeamGameAgainstTheSchedule(t *testing.T) {
	full := readBoxScore(t)
	schedule := full.schedule(t)
	expected, err := rolling.ByTeam(full.rows(), full.team, schedule)
	require.NoError(t, err)
	_, before := full.answer(t, full, &expected)
	t.Logf("%d rows, by team: %v", len(full.player), tally(before))
	require.Zero(t, tally(before)["gap"])
	changed, debuts, trades := 0, 0, 0
	for _, g := range full.deleted() {
		lost := full.without(g[0], g[1])
		due, err := rolling.ByTeam(lost.rows(), lost.team, schedule)
		require.NoError(t, err)
		_, after := lost.answer(t, full, &due)
		newest := map[int32]int{} // each player's newest row before the game
		elsewhere := map[int32]bool{}
		for i := range lost.player {
			p := lost.player[i]
			if lost.day[i] == g[1] {
				elsewhere[p] = true // traded, he played for another team that day
			}
			if k, ok := newest[p]; lost.day[i] < g[1] && (!ok || lost.day[i] > lost.day[k]) {
				newest[p] = i
			}
		}
		gaps, unseen := requireGaps(t, full, before, after, g, func(i int) bool {
			k, ok := newest[full.player[i]]
			return ok && lost.team[k] == g[0] && !elsewhere[full.player[i]]
		})
		changed += gaps
		for _, i := range unseen {
			if _, ok := newest[full.player[i]]; ok {
				trades++
			} else {
				debuts++
			}
		}
	}
	t.Logf("%d team games taken out one at a time: %d windows turned into a gap, %d of debuts and %d of trades could not", len(full.deleted()), changed, debuts, trades)
	require.Equal(t, 169, debuts)
	require.Equal(t, 38, trades)
}

// requireGaps holds answers without a game against those with it, and returns
// how many turned into a gap, and the rows whose windows lost a row of the day that
// nothing expects. A window whose player is affected covers the lost day if fewer
// than ten games played lie between it and the point.
func requireGaps(t *testing.T, full *boxScore, before, after rolling.Windows, game [2]int32, affected func(int) bool) (gaps int, unseen []int) {
	t.Helper()
	playedSince := map[int32][]int32{} // days played after the lost one, by player
	playedThen := map[int32]bool{}     // whose counted row is lost
	team, day := game[0], game[1]
	for i := range full.player {
		if full.counted[i] == rolling.True && full.day[i] > day {
			playedSince[full.player[i]] = append(playedSince[full.player[i]], full.day[i])
		}
		if full.counted[i] == rolling.True && full.day[i] == day && full.team[i] == team {
			playedThen[full.player[i]] = true
		}
	}
	for i := range full.player {
		since := 0
		for _, d := range playedSince[full.player[i]] {
			if d < full.day[i] {
				since++
			}
		}
		if affected(i) && full.day[i] > day && since < 10 {
			require.Equal(t, "gap", after.Reason(i).String(), "row %d covers the lost game", i)
			gaps++
			continue
		}
		if playedThen[full.player[i]] && !affected(i) && full.day[i] > day && since < 10 {
			unseen = append(unseen, i) // by the schedule he was with another team, or none
			continue
		}
		require.Equal(t, before.Reason(i).String(), after.Reason(i).String(), "row %d does not cover the lost game", i)
		x, _ := before.Float64(i)
		y, reason := after.Float64(i)
		if reason == rolling.Whole {
			require.Equal(t, x, y, "row %d", i)
		}
	}
	return gaps, unseen
}
