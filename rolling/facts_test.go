package rolling_test

import (
	"slices"
	"testing"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/rolling"
)

// game is a row of a box score, or a line of a sheet.
type game struct {
	player, id, season string
	date               civil.Date
	points             float64
	null               bool // points are NULL
	dnp                bool // did not play
}

func date(text string) civil.Date {
	d, err := civil.ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// newestFirst makes a player's games on the days before a date, one a day.
func newestFirst(before string, points ...float64) []game {
	var games []game
	for i, p := range points {
		games = append(games, game{player: "p", date: date(before).AddDays(-1 - i), points: p, dnp: p < 0})
	}
	slices.Reverse(games)
	return games
}

var gameFields = rolling.Fields[game]{
	Entity: func(g game) string { return g.player },
	Date:   func(g game) civil.Date { return g.date },
	Counted: func(g game) rolling.Truth {
		if g.dnp {
			return rolling.False
		}
		return rolling.True
	},
	Values: map[string]func(game) (float64, bool){
		"points": func(g game) (float64, bool) { return g.points, !g.dnp && !g.null },
	},
}

// ask computes windows over games as of points; without expected keys if the sheet is nil.
func ask(t *testing.T, fields rolling.Fields[game], games, sheet, points []game, names ...string) *rolling.Result {
	t.Helper()
	var d rolling.Dictionary
	rows, err := rolling.Read(&d, games, fields)
	require.NoError(t, err)
	b := rolling.Batch{Rows: rows.Rows(), Columns: rows.Values}
	keys := fields
	keys.Values, keys.Counted = nil, nil
	if sheet != nil {
		due, err := rolling.Read(&d, sheet, keys)
		require.NoError(t, err)
		b.Expected = due.Expected()
	}
	keys.Order = nil
	at, err := rolling.Read(&d, points, keys)
	require.NoError(t, err)
	b.Points = at.Points()
	for _, name := range names {
		spec, err := rolling.Parse(name)
		require.NoError(t, err)
		b.Specs = append(b.Specs, spec)
	}
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &b))
	return &res
}

func requireMean(t *testing.T, want float64, w rolling.Windows, i int) {
	t.Helper()
	got, reason := w.Float64(i)
	require.Equal(t, rolling.Whole, reason, reason.String())
	require.Equal(t, want, got)
}

func TestGamesNotPlayedTakeNoPlace(t *testing.T) {
	games := newestFirst("2026-01-30", 21, 28, 24, -1, -1, -1, 33, 35, 26, 26)
	res := ask(t, gameFields, games, games, []game{{player: "p", date: date("2026-01-30")}}, "points_avg_last_5")
	requireMean(t, 28.2, res.Windows(0), 0)

	games = append(newestFirst("2025-11-12", 31, 28, 29, 24, 46), game{player: "p", date: date("2025-11-12"), dnp: true})
	res = ask(t, gameFields, games, games, []game{{player: "p", date: date("2025-11-15")}}, "points_avg_last_5")
	requireMean(t, 31.6, res.Windows(0), 0)
}

func TestGamesPlayedWithoutAPointCount(t *testing.T) {
	games := newestFirst("2026-01-30", 5, 0, 2, 0, 2)
	res := ask(t, gameFields, games, games, []game{{player: "p", date: date("2026-01-30")}}, "points_avg_last_5")
	requireMean(t, 1.8, res.Windows(0), 0)
}

func TestTheDaysOwnGameIsNotSeen(t *testing.T) {
	games := newestFirst("2025-01-10", 32, 13, 32, 40, 18, 19)
	res := ask(t, gameFields, games, games, []game{{player: "p", date: date("2025-01-09")}}, "points_avg_last_5", "points_avg_last_5_incl")
	requireMean(t, 24.4, res.Windows(0), 0)
	requireMean(t, 27.0, res.Windows(1), 0)
}

func TestMeanOfDecimals(t *testing.T) {
	pace := newestFirst("2026-01-30", 100.4, 114.6, 102.2, 104.4, 108.6, 103.5, 107.9, 98.1, 100.6, 107.4)
	res := ask(t, gameFields, pace, pace, []game{{player: "p", date: date("2026-01-30")}}, "points_avg_last_10")
	requireMean(t, 104.77, res.Windows(0), 0)
}

func TestBreakIsEmptyAndNoGap(t *testing.T) {
	var games []game
	for d := date("2026-01-20"); d.Before(date("2026-02-12")); d = d.AddDays(2) {
		games = append(games, game{player: "resting", date: d, points: 10}, game{player: "playing", date: d, points: 10})
	}
	games = append(games, game{player: "playing", date: date("2026-02-12"), points: 20})
	day := date("2026-02-19")
	res := ask(t, gameFields, games, games, []game{{player: "resting", date: day}, {player: "playing", date: day}},
		"points_avg_7d", "points_sum_7d", "points_count_7d")
	require.Equal(t, rolling.Empty, res.Windows(0).Reason(0))
	require.Zero(t, res.Windows(0).Detail(0).Expected)
	requireMean(t, 20, res.Windows(0), 1)
	requireMean(t, 0, res.Windows(1), 0)
	n, reason := res.Windows(2).Int64(0)
	require.Equal(t, rolling.Whole, reason)
	require.Zero(t, n)
}

func TestPostponedGameKeepsItsIDAndDoesNotCollide(t *testing.T) {
	fields := gameFields
	fields.Order = func(g game) int64 { return map[string]int64{"0022500500": 1, "0022500600": 2}[g.id] }
	games := []game{
		{player: "p", date: date("2026-01-08"), id: "0022500500", points: 10},
		{player: "p", date: date("2026-01-15"), id: "0022500600", points: 20},
		{player: "p", date: date("2026-01-29"), id: "0022500500", points: 30},
	}
	res := ask(t, fields, games, games, []game{{player: "p", date: date("2026-01-30")}}, "points_avg_last_3")
	requireMean(t, 20, res.Windows(0), 0)
}

func TestTwoGamesOnADayAreTwoObservations(t *testing.T) {
	fields := gameFields
	fields.Order = func(g game) int64 { return int64(len(g.id)) }
	games := []game{
		{player: "p", date: date("2026-01-08"), id: "a", points: 10},
		{player: "p", date: date("2026-01-09"), id: "a", points: 20},
		{player: "p", date: date("2026-01-09"), id: "bb", points: 60},
	}
	res := ask(t, fields, games, games, []game{{player: "p", date: date("2026-01-09")}, {player: "p", date: date("2026-01-10")}},
		"points_avg_last_1", "points_avg_last_3")
	requireMean(t, 10, res.Windows(0), 0) // neither game of the day sees the other
	requireMean(t, 30, res.Windows(1), 1)

	fields.Order = nil // without a tie-break they have one key
	res = ask(t, fields, games, games, []game{{player: "p", date: date("2026-01-10")}}, "points_avg_last_1")
	require.Equal(t, rolling.Duplicate, res.Windows(0).Reason(0))
}

func TestSeasonsDoNotMix(t *testing.T) {
	fields := gameFields
	fields.Reset = func(g game) string { return g.season }
	games := []game{
		{player: "p", date: date("2025-04-10"), season: "2024-25", points: 10},
		{player: "p", date: date("2025-10-21"), season: "2025-26", points: 20},
	}
	points := []game{{player: "p", date: date("2025-10-23"), season: "2025-26"}, {player: "p", date: date("2025-10-23"), season: "2024-25"}}
	res := ask(t, fields, games, games, points, "points_avg_last_2", "points_avg_last_1")
	require.Equal(t, rolling.Warmup, res.Windows(0).Reason(0))
	requireMean(t, 20, res.Windows(1), 0)
	requireMean(t, 10, res.Windows(1), 1)
}

func TestLastSeasonsTotalsAreStale(t *testing.T) {
	spec, err := rolling.Parse("points_avg_last_2", rolling.MaxAge(235))
	require.NoError(t, err)
	games := newestFirst("2025-03-01", 10, 20)
	var d rolling.Dictionary
	rows, err := rolling.Read(&d, games, gameFields)
	require.NoError(t, err)
	last := date("2025-02-28")
	points, err := rolling.Read(&d, []game{{player: "p", date: last.AddDays(235)}, {player: "p", date: last.AddDays(236)}}, gameFields)
	require.NoError(t, err)
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &rolling.Batch{Rows: rows.Rows(), Columns: rows.Values, Points: points.Points(), Specs: []rolling.Spec{spec}}))
	requireMean(t, 15, res.Windows(0), 0)
	require.Equal(t, rolling.Stale, res.Windows(0).Reason(1))
}

// A row whose season is NULL is seen by the windows of every season, and they see
// no key that was expected in another.
func TestRowWithoutASeasonMeetsTheKeysOfTheWindowsSeason(t *testing.T) {
	spec, err := rolling.New(rolling.Mean("points"), rolling.Days(5))
	require.NoError(t, err)
	const s1, s2, null = 0, 1, -1
	var res rolling.Result
	require.NoError(t, rolling.Compute(&res, &rolling.Batch{
		Rows: rolling.Rows{Keys: rolling.Keys{
			Entity: rolling.Coded([]int32{0, 0, 0}), At: rolling.Dates([]int32{1, 3, 6}), Reset: []int32{s2, null, s2},
		}},
		Expected: &rolling.Expected{Keys: rolling.Keys{
			Entity: rolling.Coded([]int32{0, 0}), At: rolling.Dates([]int32{1, 3}), Reset: []int32{s2, s1},
		}},
		Columns: []rolling.Column{rolling.Float64s("points", []float64{4, 5, 6}, nil)},
		Specs:   []rolling.Spec{spec},
	}))
	w := res.Windows(0)
	d := w.Detail(2) // as of day 6 in s2
	require.Equal(t, rolling.Null, d.Reason)
	require.Equal(t, 1, d.Expected)
	require.Equal(t, 1, d.Unexpected)
	keys := w.Unexpected(2, nil)
	require.Len(t, keys, 1)
	require.Equal(t, "1970-01-04", keys[0].String())
	require.Equal(t, 1, keys[0].Row)
}

func TestWithoutExpectedKeysNothingIsExpected(t *testing.T) {
	games := newestFirst("2026-01-30", 5, 0, 2)
	res := ask(t, gameFields, games, nil, []game{{player: "p", date: date("2026-01-30")}}, "points_avg_last_3")
	require.Equal(t, -1, res.Windows(0).Detail(0).Expected)
}
