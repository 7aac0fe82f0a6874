package engines_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"cloud.google.com/go/civil"
	"github.com/stretchr/testify/require"

	"github.com/intactdata/intact/harness/internal/league"
	"github.com/intactdata/intact/quality"
	"github.com/intactdata/intact/quality/expr"
	"github.com/intactdata/intact/quality/rows"
	"github.com/intactdata/intact/rolling"
	"github.com/intactdata/intact/rolling/audit"
	"github.com/intactdata/intact/rolling/panel"
)

// A leagueGame is a player's row in a game of the league; its numbers are NULL where he
// did not play.
type leagueGame struct {
	Player   string     `bigquery:"player"`
	GameDate civil.Date `bigquery:"game_date"`
	Season   string     `bigquery:"season"`
	IsDNP    *bool      `bigquery:"is_dnp"`
	Minutes  *float64   `bigquery:"minutes"`
	Points   *int64     `bigquery:"points"`
	Rebounds *int64     `bigquery:"rebounds"`
	Assists  *int64     `bigquery:"assists"`
	Made     *int64     `bigquery:"made"`
	Tried    *int64     `bigquery:"tried"`
	Changed  time.Time  `bigquery:"changed"`
}

// A leagueFeature is the stored averages of a player before a game.
type leagueFeature struct {
	Player   *string    `bigquery:"player"`
	GameDate civil.Date `bigquery:"game_date"`
	Season   string     `bigquery:"season"`
	StoredAt time.Time  `bigquery:"stored_at"`
	Points   *float64   `bigquery:"points_avg_last_10"`
	Minutes  *float64   `bigquery:"minutes_avg_last_5"`
	Rebounds *float64   `bigquery:"rebounds_avg_7d"`
	Assists  *float64   `bigquery:"assists_sum_last_3"`
	Shots    *float64   `bigquery:"made_per_tried_ratio_last_10"`
}

func (f *leagueFeature) values() []**float64 {
	return []**float64{&f.Points, &f.Minutes, &f.Rebounds, &f.Assists, &f.Shots}
}

// A leagueKey is a game of a player as he was due for it, by day.
type leagueKey struct {
	day       int
	there     bool // its row is
	played    bool
	changed   bool // after everything was stored
	numerator []float64
	per       []float64
}

// A leagueWindow is one of the stored columns, computed one value at a time.
type leagueWindow struct {
	column     int
	last, days int
	statistic  func(x, per []float64) float64
}

var leagueWindows = []leagueWindow{
	{0, 10, 0, meanOf}, {1, 5, 0, meanOf}, {2, 0, 7, meanOf},
	{3, 3, 0, func(x, _ []float64) float64 { return meanOf(x, nil) * float64(len(x)) }}, // the sum of nothing is nothing
	{4, 10, 0, func(x, per []float64) float64 { return sumOf(x) / sumOf(per) }},
}

func sumOf(x []float64) (sum float64) {
	for _, v := range x {
		sum += v
	}
	return sum
}

func meanOf(x, _ []float64) float64 { return sumOf(x) / float64(len(x)) }

// over is what a way of reading makes of the window of so many rows or days; NaN is
// nothing.
func (w leagueWindow) over(history []leagueKey, day, last, days int, including bool, as string) float64 {
	var x, per []float64
	places := 0
	for _, k := range slices.Backward(history) {
		age := day - k.day
		if including {
			age++
		}
		switch {
		case age < 1, !k.there, as == "present" && !k.played:
			continue
		case last > 0 && places == last, days > 0 && age > days:
			return w.statistic(x, per)
		}
		places++
		switch {
		case k.played:
			x, per = append(x, k.numerator[w.column]), append(per, k.per[w.column])
		case as == "zeros":
			x, per = append(x, 0), append(per, 0)
		}
	}
	return w.statistic(x, per)
}

// declared is the window as it is declared; NaN where it is refused.
func (w leagueWindow) declared(history []leagueKey, begins, day int) float64 {
	places := 0
	for _, k := range slices.Backward(history) {
		age := day - k.day
		if age < 1 || k.there && !k.played {
			continue
		}
		if w.last > 0 && places == w.last || w.days > 0 && age > w.days {
			break
		}
		if !k.there {
			return math.NaN()
		}
		places++
	}
	if w.last > 0 && places < w.last || w.days > 0 && (places == 0 || begins > day-w.days) {
		return math.NaN()
	}
	return w.over(history, day, w.last, w.days, false, "present")
}

// changed reports whether a row of the window was changed late.
func (w leagueWindow) changed(history []leagueKey, day int) bool {
	places := 0
	for _, k := range slices.Backward(history) {
		age := day - k.day
		if age < 1 || !k.there || !k.played {
			continue
		}
		if w.last > 0 && places == w.last || w.days > 0 && age > w.days {
			break
		}
		if places++; k.changed {
			return true
		}
	}
	return false
}

// others are the values of the ways to be wrong, by class; several of one.
func (w leagueWindow) others(history []leagueKey, day int) map[audit.Class][]float64 {
	over := func(last, days int, including bool, as string) float64 {
		return w.over(history, day, last, days, including, as)
	}
	out := map[audit.Class][]float64{
		audit.Leak:        {over(w.last, w.days, true, "present")},
		audit.AsZero:      {over(w.last, w.days, false, "zeros")},
		audit.DroppedLate: {over(w.last, w.days, false, "dropped")},
		audit.Partial:     {over(w.last, w.days, false, "present")},
	}
	if w.last > 0 {
		out[audit.OtherWindow] = []float64{over(w.last-1, 0, false, "present"), over(w.last+1, 0, false, "present"), over(0, w.last, false, "present")}
	} else {
		out[audit.OtherWindow] = []float64{over(0, w.days-1, false, "present"), over(0, w.days+1, false, "present"), over(w.days, 0, false, "present")}
	}
	return out
}

// A brokenLeague is a season with stored averages that are broken in every way, and how
// often each was.
type brokenLeague struct {
	r        *rand.Rand
	games    []leagueGame
	sheet    []league.SheetRow
	features []leagueFeature
	histories
	injected []map[audit.Class]int64
}

// histories are the games of players in their order, and the first day of each.
type histories struct {
	of     map[string][]leagueKey
	begins map[string]int
}

func newBrokenLeague(t *testing.T) *brokenLeague {
	l, err := league.Generate(league.Config{Seed: 4, Seasons: []string{"2023-24"}})
	require.NoError(t, err)
	b := &brokenLeague{r: rand.New(rand.NewPCG(1, 2)), histories: histories{map[string][]leagueKey{}, map[string]int{}}}
	lines := league.PlayerGames(l.Lines, league.TeamOffense(l.Lines))
	slices.SortStableFunc(lines, func(x, y league.PlayerGame) int { return x.GameDate.DaysSince(y.GameDate) })
	for _, g := range lines {
		b.game(g)
	}
	for _, s := range l.Sheet {
		b.sheet = append(b.sheet, s)
		day := int(rolling.Day(s.GameDate))
		if first, ok := b.begins[s.PlayerLookup]; !ok || day < first {
			b.begins[s.PlayerLookup] = day
		}
	}
	for range leagueWindows {
		b.injected = append(b.injected, map[audit.Class]int64{})
	}
	for _, g := range lines {
		b.feature(g)
	}
	return b
}

var (
	madeThen    = time.Date(2024, 5, 1, 6, 0, 0, 0, time.UTC)
	changedLate = time.Date(2024, 6, 1, 6, 0, 0, 0, time.UTC)
)

func (b *brokenLeague) game(g league.PlayerGame) {
	k := leagueKey{day: int(rolling.Day(g.GameDate)), there: b.r.IntN(400) > 0, changed: b.r.IntN(60) == 0}
	k.played = (g.IsDNP == nil || !*g.IsDNP) && g.MinutesPlayed != nil && *g.MinutesPlayed > 0
	row := leagueGame{Player: g.PlayerLookup, GameDate: g.GameDate, Season: g.Season, IsDNP: g.IsDNP, Changed: madeThen.Add(-time.Hour)}
	if k.changed {
		row.Changed = changedLate
	}
	if k.played {
		row.Minutes, row.Points, row.Rebounds, row.Assists, row.Made, row.Tried = g.MinutesPlayed, g.Points, g.Rebounds, g.Assists, g.FieldGoalsMade, g.FieldGoalAttempts
		k.numerator = []float64{float64(*g.Points), *g.MinutesPlayed, float64(*g.Rebounds), float64(*g.Assists), float64(*g.FieldGoalsMade)}
		k.per = []float64{0, 0, 0, 0, float64(*g.FieldGoalAttempts)}
	}
	if k.there {
		b.games = append(b.games, row)
	}
	b.of[g.PlayerLookup] = append(b.of[g.PlayerLookup], k)
}

// feature stores averages before a game.
func (b *brokenLeague) feature(g league.PlayerGame) {
	f := leagueFeature{Player: &g.PlayerLookup, GameDate: g.GameDate, Season: g.Season, StoredAt: madeThen}
	row := audit.Class(0)
	switch b.r.IntN(500) {
	case 0:
		row, f.Player = audit.Unkeyed, nil
	case 1:
		name := "nobody"
		row, f.Player = audit.Unmatched, &name
	}
	for i, w := range leagueWindows {
		v, class := b.value(w, g)
		if row != 0 {
			v, class = 12.5, row
		}
		if b.injected[i][class]++; !math.IsNaN(v) {
			*f.values()[i] = &v
		}
	}
	b.features = append(b.features, f)
}

// value is what is stored, and what that is: right, unless it can be told from everything
// else that it is broken.
func (b *brokenLeague) value(w leagueWindow, g league.PlayerGame) (float64, audit.Class) {
	day, history := int(rolling.Day(g.GameDate)), b.of[g.PlayerLookup]
	right := w.declared(history, b.begins[g.PlayerLookup], day)
	others := w.others(history, day)
	class := audit.Right
	if math.IsNaN(right) {
		class = audit.RightlyNull
	}
	wanted := audit.Class(b.r.IntN(40))
	x := right
	switch broken := others[wanted]; {
	case len(broken) > 0:
		x = broken[b.r.IntN(len(broken))]
	case wanted == audit.Missing && class == audit.Right:
		return math.NaN(), audit.Missing
	case wanted == audit.Refused && class == audit.RightlyNull, wanted == audit.Wrong && class == audit.Right, wanted == audit.Outdated && class == audit.Right:
		x = 0.123 + float64(b.r.IntN(1000))
		if (wanted == audit.Outdated) != w.changed(history, day) && wanted != audit.Refused {
			return right, class
		}
	default:
		return right, class
	}
	if math.IsNaN(x) || math.IsInf(x, 0) || wanted == audit.Partial && class == audit.Right || math.Abs(x-right) < 1e-6 {
		return right, class
	}
	for other, values := range others { // what is there is partial whatever else is the same
		if other != wanted && wanted != audit.Partial && slices.ContainsFunc(values, func(v float64) bool { return math.Abs(v-x) < 1e-6 }) {
			return right, class
		}
	}
	return x, wanted
}

func (b *brokenLeague) report(t *testing.T) quality.CheckReport {
	t.Helper()
	sources := map[string]expr.Source{}
	var err error
	sources["d.games"], err = rows.Of(b.games)
	require.NoError(t, err)
	sources["d.sheet"], err = rows.Of(b.sheet)
	require.NoError(t, err)
	sources["d.features"], err = rows.Of(b.features)
	require.NoError(t, err)
	check := audit.Stored{
		Keys: panel.Spec{
			Entity: []string{"player"}, At: "game_date", Reset: "season", Counted: expr.Col("is_dnp").IsNotTrue().And(expr.Col("minutes").Gt(0)),
			Expected: panel.Expected{Where: expr.Col("status").Ne(league.StatusInactive), Map: map[string][]string{"player": {"player_lookup"}}},
		},
		From: audit.From{Table: "d.games"}, Expected: "d.sheet", Made: "stored_at", Changed: "changed",
	}
	for _, name := range []string{"points_avg_last_10", "minutes_avg_last_5", "rebounds_avg_7d", "assists_sum_last_3", "made_per_tried_ratio_last_10"} {
		spec, err := rolling.Parse(name)
		require.NoError(t, err)
		check.Columns = append(check.Columns, audit.Column{Name: name, Spec: spec})
	}
	report, err := quality.Run(t.Context(), rows.NewEngine(sources), changedLate, quality.Suite{Name: "features", Table: "d.features", Rules: []quality.Rule{{Check: check}}})
	require.NoError(t, err)
	return report.Suites[0].Checks[0]
}

// A season with five stored windows, some values of which are broken in each way there
// is: what is found is what was broken.
func TestTheAuditFindsWhatWasBrokenInASeason(t *testing.T) {
	b := newBrokenLeague(t)
	found := b.report(t)
	columns := 0
	for _, f := range found.Findings {
		if strings.HasSuffix(f.Subject, " leak") || f.Subject == "player" {
			continue
		}
		got := map[audit.Class]int64{audit.Right: f.Observed.Numerator}
		for _, c := range audit.Classes() {
			for _, d := range f.Details {
				if n := d.Value.Numerator; n > 0 && d.Name == detailOf(c) {
					got[c] = n
				}
			}
		}
		want := b.injected[columns]
		require.Equal(t, want, got, f.Subject)
		t.Log(f.Reason)
		columns++
	}
	require.Equal(t, len(leagueWindows), columns, found.Reason)
	for _, c := range audit.Classes() {
		require.NotZero(t, b.injected[0][c], "no value of points is %s", c)
	}
}

// detailOf is what the number of values of a class is called in findings.
func detailOf(c audit.Class) string { return strings.ReplaceAll(c.String(), " ", "_") + "_rows" }
