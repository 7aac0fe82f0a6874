package audit_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/rolling/audit"
	"github.com/intactdata/intact/rolling/panel"
)

// A game of a player; who did not play has no numbers.
type game struct {
	player, season        string
	day                   int
	dnp                   bool
	minutes               float64
	points, made, attempt float64
}

// seasons are two seasons of players, with days off, and games that they sat out.
func seasons(players int) []game {
	r := rand.New(rand.NewPCG(7, 11))
	var out []game
	for p := range players {
		for season := range 2 {
			day := season * 300
			for range 40 {
				day += 1 + r.IntN(3)
				g := game{player: fmt.Sprint("p", p), season: fmt.Sprint("s", season), day: day, dnp: r.IntN(5) == 0, points: math.NaN(), made: math.NaN(), attempt: math.NaN(), minutes: math.NaN()}
				if !g.dnp {
					g.points, g.made, g.attempt, g.minutes = float64(r.IntN(40)), float64(r.IntN(9)), float64(9+r.IntN(9)), 10+float64(r.IntN(300))/10
				}
				out = append(out, g)
			}
		}
	}
	return out
}

// window is the games that a rule takes for the one at hand, the newest first.
func window(all []game, at int, takes func(g game) bool, full func(taken []game, g game) bool) []game {
	var out []game
	for i := at; i >= 0 && all[i].player == all[at].player; i-- {
		if takes(all[i]) {
			if full(out, all[i]) {
				break
			}
			out = append(out, all[i])
		}
	}
	return out
}

func points(g game) float64 { return g.points }

func mean(of []game, value func(game) float64) float64 {
	sum, n := 0.0, 0.0
	for _, g := range of {
		if v := value(g); v == v {
			sum, n = sum+v, n+1
		}
	}
	return sum / n
}

// A rule makes a column by hand; NaN is no value.
type rule func(all []game, at int) float64

// last is a statistic of the newest n games that were played before the one at hand.
func last(n int, reset bool, statistic func([]game) float64) rule {
	return func(all []game, at int) float64 {
		me := all[at]
		w := window(all, at, func(g game) bool { return !g.dnp && g.day < me.day && (!reset || g.season == me.season) },
			func(taken []game, _ game) bool { return len(taken) == n })
		if len(w) < n {
			return math.NaN()
		}
		return statistic(w)
	}
}

// days is the mean of what was played in so many days before; none where they reach back
// before the first game of the season.
func days(d int, value func(game) float64) rule {
	return func(all []game, at int) float64 {
		me := all[at]
		season := window(all, at, func(g game) bool { return g.season == me.season }, func([]game, game) bool { return false })
		if season[len(season)-1].day > me.day-d {
			return math.NaN()
		}
		return mean(window(all, at, func(g game) bool { return !g.dnp && g.day < me.day && g.day >= me.day-d && g.season == me.season },
			func([]game, game) bool { return false }), value)
	}
}

// anyLast is a mean of the newest n games of any kind, of which there may be fewer.
func anyLast(n int, value func(game) float64) rule {
	return func(all []game, at int) float64 {
		me := all[at]
		return mean(window(all, at, func(g game) bool { return g.day < me.day && g.season == me.season }, func(taken []game, _ game) bool { return len(taken) == n }), value)
	}
}

func averagePoints(w []game) float64 { return mean(w, points) }

func sumOf(value func(game) float64) func([]game) float64 {
	return func(w []game) float64 { return mean(w, value) * float64(len(w)) }
}

func made(g game) float64    { return g.made }
func attempt(g game) float64 { return g.attempt }
func minutes(g game) float64 { return g.minutes }

const played = "is_dnp IS NOT TRUE AND minutes_played > 0"

// The columns, how each was made, and what is to be found.
var columns = []struct {
	name    string
	rule    rule
	window  string // as rolling names it
	reset   string
	reading panel.Reading
	lies    string
	keeps   bool
}{
	{"points_avg_last_10", last(10, true, averagePoints), "points_avg_last_10", "season", panel.Present, "", true},
	{"points_career_avg_l5", last(5, false, averagePoints), "points_avg_last_5", "", panel.Present, "", true},
	{"minutes_avg_7d", days(7, minutes), "minutes_played_avg_7d", "season", panel.Present, "", true},
	{"avg_points_last_7_games", days(7, points), "points_avg_7d", "season", panel.Present, "the name says 7 rows and they are 7 days", true},
	{"avg_pts_14d", last(14, true, averagePoints), "points_avg_last_14", "season", panel.Present, "the name says 14 days and they are 14 rows", true},
	{"points_avg_last_9", last(8, true, averagePoints), "points_avg_last_8", "season", panel.Present, "the name says 9 rows and they are 8 rows", true},
	{"points_sum_last_3", last(3, true, sumOf(points)), "points_sum_last_3", "season", panel.Present, "", true},
	{"pointsMaxLast20", last(20, true, func(w []game) float64 {
		most := 0.0
		for _, g := range w {
			most = max(most, g.points)
		}
		return most
	}), "points_max_last_20", "season", panel.Present, "", true},
	{"shots_pct_last_6", last(6, true, func(w []game) float64 { return sumOf(made)(w) / sumOf(attempt)(w) }), "shots_made_per_shots_tried_ratio_last_6", "season", panel.Present, "", true},
	{"points_rounded_avg_last_11", last(11, true, func(w []game) float64 { return math.Round(averagePoints(w)*10) / 10 }), "points_avg_last_11", "season", panel.Present, "", true},
	{"points_avg_zeros_last_12", anyLast(12, func(g game) float64 {
		if g.dnp {
			return 0
		}
		return g.points
	}), "points_avg_last_12", "season", panel.Zeros, "", false},
	{"points_avg_dropped_last_15", anyLast(15, points), "points_avg_last_15", "season", panel.Dropped, "", false},
}

// leaky sees the game at hand.
func leaky(all []game, at int) float64 {
	me := all[at]
	w := window(all, at, func(g game) bool { return !g.dnp && g.season == me.season }, func(taken []game, _ game) bool { return len(taken) == 4 })
	if len(w) < 4 {
		return math.NaN()
	}
	return averagePoints(w)
}

// weighted is a mean that forgets, which is no window.
func weighted(all []game, at int) float64 {
	sum, weight, total := 0.0, 1.0, 0.0
	for i := at - 1; i >= 0 && all[i].player == all[at].player; i-- {
		if g := all[i]; !g.dnp {
			sum, total, weight = sum+weight*g.points, total+weight, weight*0.8
		}
	}
	return sum / total
}

func dateOf(day int) civil.Date {
	return civil.Date{Year: 2024, Month: time.January, Day: 1}.AddDays(day)
}

// stored are the games as a table, and the columns that rules make of them.
func stored(t *testing.T, all []game, rules map[string]rule) (from, to expr.Source) {
	t.Helper()
	column := func(name string, value func(i int) float64) rows.Column {
		c := rows.Column{Name: name}
		values := make([]float64, len(all))
		for i := range all {
			values[i] = value(i)
			c.Valid = append(c.Valid, !math.IsNaN(values[i]))
		}
		c.Values = values
		return c
	}
	var players, seasons []string
	var dates []civil.Date
	var dnps []bool
	for _, g := range all {
		players, seasons, dates, dnps = append(players, g.player), append(seasons, g.season), append(dates, dateOf(g.day)), append(dnps, g.dnp)
	}
	keys := []rows.Column{{Name: "player", Values: players}, {Name: "day", Values: dates}, {Name: "season", Values: seasons}}
	from, err := rows.Columns(append(slices.Clone(keys), rows.Column{Name: "is_dnp", Values: dnps},
		column("minutes_played", func(i int) float64 { return all[i].minutes }), column("points", func(i int) float64 { return all[i].points }),
		column("shots_made", func(i int) float64 { return all[i].made }), column("shots_tried", func(i int) float64 { return all[i].attempt }))...)
	require.NoError(t, err)
	names := make([]string, 0, len(rules))
	for name := range rules {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		keys = append(keys, column(name, func(i int) float64 { return rules[name](all, i) }))
	}
	to, err = rows.Columns(keys...)
	require.NoError(t, err)
	return from, to
}

func guess(t *testing.T, all []game, rules map[string]rule) map[string]audit.Answer {
	t.Helper()
	from, to := stored(t, all, rules)
	answers, err := audit.Guess(t.Context(), audit.Question{
		Stored: panel.Table{Name: "form", Source: to}, Rows: panel.Table{Name: "games", Source: from},
		Keys: panel.Spec{Entity: []string{"player"}, At: "day"},
	})
	require.NoError(t, err)
	out := map[string]audit.Answer{}
	for _, a := range answers {
		out[a.Column] = a
	}
	require.Len(t, out, len(rules))
	return out
}

// Each of twelve rules is found, though nothing is said of who played or of seasons, and
// a thirteenth is none of them.
func TestGuessFindsHowColumnsWereMade(t *testing.T) {
	rules := map[string]rule{"points_ewma_last_10": weighted, "points_avg_last_4": leaky}
	for _, m := range columns {
		rules[m.name] = m.rule
	}
	answers := guess(t, seasons(5), rules)
	for _, m := range columns {
		t.Run(m.name, func(t *testing.T) {
			a := answers[m.name]
			require.False(t, a.None())
			b := a.Best
			require.Equal(t, m.window, b.Spec.Name())
			require.Equal(t, m.reset, b.Reset)
			require.Equal(t, m.reading, b.Reading)
			require.Equal(t, played, b.Counted.String())
			require.Equal(t, m.lies, a.Lies)
			require.Equal(t, b.Values, b.Equal)
			require.Equal(t, m.keeps, b.Keeps())
		})
	}
	require.True(t, answers["points_ewma_last_10"].None())
	leak := answers["points_avg_last_4"]
	require.Equal(t, "points_avg_last_4_incl", leak.Best.Spec.Name())
	require.True(t, leak.Best.Keeps())
}

// Where no window of the name's fits, other sizes are tried, and then other numbers and
// statistics, on a part of the rows first.
func TestGuessTriesMoreThanTheNameSays(t *testing.T) {
	answers := guess(t, seasons(15), map[string]rule{
		"points_avg_l4": last(10, true, averagePoints),
		"form_7":        last(7, true, sumOf(minutes)),
	})
	for name, window := range map[string]string{"points_avg_l4": "points_avg_last_10", "form_7": "minutes_played_sum_last_7"} {
		b := answers[name].Best
		require.Equal(t, window, b.Spec.Name())
		require.True(t, b.Keeps(), "%d of %d", b.Equal, b.Values)
		require.EqualValues(t, answers[name].Values, b.Values, "all rows were looked at")
	}
	require.Equal(t, "the name says 4 rows and they are 10 rows", answers["points_avg_l4"].Lies)
	require.Empty(t, answers["form_7"].Lies)
}

// What was said is preferred to what fits as well.
func TestGuessHeedsWhatIsKnown(t *testing.T) {
	from, to := stored(t, seasons(3), map[string]rule{"points_avg_last_5": last(5, true, averagePoints)})
	answers, err := audit.Guess(t.Context(), audit.Question{
		Stored: panel.Table{Name: "form", Source: to}, Rows: panel.Table{Name: "games", Source: from}, Columns: []string{"points_avg_last_5"},
		Keys: panel.Spec{Entity: []string{"player"}, At: "day", Reset: "season", Counted: expr.Col("is_dnp").IsNotTrue()},
	})
	require.NoError(t, err)
	best := answers[0].Best
	require.Equal(t, "is_dnp IS NOT TRUE", best.Counted.String())
	require.Equal(t, []string{"is_dnp IS NOT TRUE AND minutes_played > 0", "points IS NOT NULL"}, texts(best.Same))
	require.Equal(t, "season", best.Reset)
	require.Empty(t, answers[0].Alike)
}

// Over days who sat out takes no place: that values are stored before seven days are over
// is all there is to tell.
func TestGuessTakesADayWindowForNoOtherReading(t *testing.T) {
	b := guess(t, seasons(3), map[string]rule{"points_avg_7d": func(all []game, at int) float64 {
		me := all[at]
		return mean(window(all, at, func(g game) bool { return !g.dnp && g.day < me.day && g.day >= me.day-7 && g.season == me.season },
			func([]game, game) bool { return false }), points)
	}})["points_avg_7d"].Best
	require.Equal(t, panel.Present, b.Reading)
	require.Equal(t, b.Values, b.Equal)
	require.Positive(t, b.Partial)
}

// A table of averages alone tells nothing of how they were made.
func TestGuessMakesNoColumnFromThoseAskedAbout(t *testing.T) {
	_, to := stored(t, seasons(3), map[string]rule{"points_avg_last_1": last(1, true, averagePoints), "points_avg_last_2": last(2, true, averagePoints)})
	answers, err := audit.Guess(t.Context(), audit.Question{
		Stored: panel.Table{Name: "form", Source: to}, Rows: panel.Table{Name: "form", Source: to}, Keys: panel.Spec{Entity: []string{"player"}, At: "day"},
	})
	require.NoError(t, err)
	for _, a := range answers {
		require.True(t, a.None(), a.Column)
	}
}

func texts(of []expr.Expr) []string {
	var out []string
	for _, e := range of {
		out = append(out, e.String())
	}
	return out
}
